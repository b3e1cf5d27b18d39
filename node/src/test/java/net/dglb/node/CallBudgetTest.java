package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallBudgetTest {

  private final AtomicLong now = new AtomicLong(-5);
  private final CallBudget budget = new CallBudget(2, now::get);

  @Test
  void tenSecondsWorthIsLeftAtOnceThenAsManyAsThereAreSeconds() {
    assertThat(takenBy("a")).isEqualTo(20);
    assertThat(budget.take("a")).as("seconds to wait").isEqualTo(1);

    pass(500);
    assertThat(takenBy("a")).isEqualTo(1);
    pass(3_000);
    assertThat(takenBy("a")).isEqualTo(6);
    pass(3_600_000);
    assertThat(takenBy("a")).as("no more is saved up").isEqualTo(20);
  }

  @Test
  void everyCallerHasABudgetOfItsOwn() {
    assertThat(takenBy("a")).isEqualTo(20);
    assertThat(takenBy("b")).isEqualTo(20);
  }

  @Test
  void callersOfLongAgoAreForgotten() {
    assertThat(takenBy("a")).isEqualTo(20);
    for (int i = 0; i < 1_000; i++) {
      assertThat(budget.take("other " + i)).isZero();
    }
    assertThat(budget.take("a")).isZero();
  }

  private int takenBy(String caller) {
    int taken = 0;
    while (budget.take(caller) == 0) {
      taken++;
    }
    return taken;
  }

  private void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
