package net.dglb.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimelineTest {

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final List<String> ran = new ArrayList<>();

  @Test
  void runsTasksInTheOrderInWhichTheyAreDue() {
    timeline.after(seconds(3), note("c"));
    timeline.after(seconds(1), note("a"));
    timeline.after(seconds(1), note("b"));
    timeline.advance(seconds(2));
    assertThat(ran).containsExactly("a@1", "b@1");
    timeline.advance(seconds(1));
    assertThat(ran).containsExactly("a@1", "b@1", "c@3");
  }

  @Test
  void repeatsAtPlannedMoments() {
    timeline.every(seconds(1), seconds(2), note("x"));
    timeline.advance(seconds(5));
    assertThat(ran).containsExactly("x@1", "x@3", "x@5");
  }

  @Test
  void runsNothingThatWasCalledOff() {
    timeline.after(seconds(1), note("a")).cancel();
    Cancellable repeated = timeline.every(seconds(1), seconds(1), note("b"));
    timeline.after(Duration.ofMillis(1500), repeated::cancel);
    timeline.advance(seconds(5));
    assertThat(ran).containsExactly("b@1");
  }

  @Test
  void letsATaskCallItselfOff() {
    List<Cancellable> self = new ArrayList<>();
    self.add(
        timeline.every(
            seconds(1),
            seconds(1),
            () -> {
              note("x").run();
              self.getFirst().cancel();
            }));
    timeline.advance(seconds(5));
    assertThat(ran).containsExactly("x@1");
  }

  @Test
  void runsWhatATaskSchedulesWithinTheSameAdvance() {
    timeline.after(seconds(1), () -> timeline.after(seconds(1), note("later")));
    timeline.execute(() -> timeline.execute(note("now")));
    timeline.advance(seconds(2));
    assertThat(ran).containsExactly("now@0", "later@2");
    assertThat(timeline.now()).isEqualTo(Instant.EPOCH.plusSeconds(2));
    assertThat(timeline.nanoTime()).isEqualTo(2_000_000_000L);
  }

  private Runnable note(String name) {
    return () -> ran.add(name + "@" + timeline.now().getEpochSecond());
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
