package net.dglb.decision.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WayTest {

  @ParameterizedTest(name = "{0} km: {1}")
  @CsvSource({"0, 0", "10, 0.181", "50, 0.632", "150, 0.950", "5000, 1"})
  void leadsOutOfACityTheFartherItGoes(double kilometres, double outward) {
    assertThat(new Way(kilometres).outward()).isCloseTo(outward, within(0.001));
  }

  @ParameterizedTest(name = "{0} km: at least {1} ms, {2} ms with the offset")
  @CsvSource({"0, 0, 25", "1000, 10, 35", "12000, 120, 145"})
  void takesLightsTimeInFibre(double kilometres, double floor, double base) {
    assertThat(new Way(kilometres).floorMillis()).isCloseTo(floor, within(1e-9));
    assertThat(new Way(kilometres).baseMillis()).isCloseTo(base, within(1e-9));
  }
}
