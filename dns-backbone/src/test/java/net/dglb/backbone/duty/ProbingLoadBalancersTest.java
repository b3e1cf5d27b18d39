package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbingLoadBalancersTest {

  @Test
  void isNeverTooLowAndAtMostAnEighthTooHighAndRarelyAnother() {
    int changes = 0;
    for (int count = 2; count <= 10_000; count++) {
      int told = ProbingLoadBalancers.roundedUp(count);
      assertThat(told).isGreaterThanOrEqualTo(count).isLessThanOrEqualTo(count + count / 8);
      changes += told == ProbingLoadBalancers.roundedUp(count - 1) ? 0 : 1;
    }
    assertThat(ProbingLoadBalancers.roundedUp(15)).isEqualTo(15);
    assertThat(changes).isLessThan(110);
  }
}
