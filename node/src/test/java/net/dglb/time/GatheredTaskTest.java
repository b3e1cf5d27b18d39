package net.dglb.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GatheredTaskTest {

  private static final Duration MOMENT = Duration.ofMillis(20);

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private Duration takes = Duration.ZERO;
  private int runs;
  private final GatheredTask task = new GatheredTask(this::run, MOMENT, timeline);

  @Test
  void runsOnceForAllWhoWantItWithinAMoment() {
    for (int i = 0; i < 1_000; i++) {
      task.soon();
    }
    timeline.advance(MOMENT);
    assertThat(runs).isEqualTo(1);
    timeline.advance(Duration.ofSeconds(1));
    assertThat(runs).as("nobody wants it any more").isEqualTo(1);
  }

  @Test
  void waitsAsLongAsItTookSoThatOthersHaveAtLeastHalfOfTheTime() {
    takes = Duration.ofMillis(300);
    task.soon();
    timeline.advance(MOMENT);
    takes = Duration.ofMillis(5);
    task.soon();
    timeline.advance(Duration.ofMillis(299));
    assertThat(runs).isEqualTo(1);
    timeline.advance(Duration.ofMillis(1));
    assertThat(runs).isEqualTo(2);

    task.soon();
    timeline.advance(MOMENT);
    assertThat(runs).as("quick again").isEqualTo(3);
  }

  @Test
  void doesNotRunAgainForWhatWasDoneAtOnce() {
    task.soon();
    task.now();
    timeline.advance(Duration.ofSeconds(1));
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void runsBeforeSomethingElseOnlyIfItIsDue() {
    task.first(() -> assertThat(runs).isZero());
    task.soon();
    task.first(() -> assertThat(runs).isEqualTo(1));
  }

  private void run() {
    runs++;
    timeline.spend(takes);
  }
}
