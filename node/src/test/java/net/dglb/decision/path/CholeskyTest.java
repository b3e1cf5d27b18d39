package net.dglb.decision.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {

  @Test
  void solvesWhatItFactored() {
    Cholesky factor = new Cholesky(new double[][] {{4}, {2, 5}, {-2, 1, 6}});
    double[] x = factor.solve(new double[] {4 + 4 - 6, 2 + 10 + 3, -2 + 2 + 18});
    assertThat(x).containsExactly(new double[] {1, 2, 3}, within(1e-12));
  }

  @Test
  void refusesWhatIsNotPositiveDefinite() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cholesky(new double[][] {{1}, {2, 1}}))
        .withMessageContaining("row 1");
  }
}
