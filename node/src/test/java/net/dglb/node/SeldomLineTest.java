package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SeldomLineTest {

  private long nanos = Long.MAX_VALUE - 10; // a clock that only goes forward, also over its end
  private final SeldomLine seldom = new SeldomLine(() -> nanos);
  private final List<String> log = new ArrayList<>();

  @Test
  void theFirstIsToldAndThenOneAMinuteWithHowManyThereWereBetween() {
    tell(3);
    nanos += TimeUnit.SECONDS.toNanos(59);
    tell(2);
    assertThat(log).containsExactly("refused");

    nanos += TimeUnit.SECONDS.toNanos(1);
    tell(2);
    nanos += TimeUnit.SECONDS.toNanos(61);
    tell(1);
    assertThat(log)
        .containsExactly(
            "refused",
            "refused (and 4 more since the last such line)",
            "refused (and 1 more since the last such line)");

    nanos += TimeUnit.SECONDS.toNanos(61);
    tell(1);
    assertThat(log).hasSize(4).endsWith("refused");
  }

  private void tell(int times) {
    for (int i = 0; i < times; i++) {
      seldom.tell(more -> log.add("refused" + more));
    }
  }
}
