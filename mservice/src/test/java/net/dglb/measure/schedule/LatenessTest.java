package net.dglb.measure.schedule;

import static net.dglb.measure.schedule.ProbeSchedulerTest.planOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class LatenessTest {

  private static final long SECOND = 1_000_000_000L;

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private FakeProber prober = new FakeProber(timeline, Duration.ofMillis(20));

  @Test
  void tellsHowLateProbesBeginThatWaitTheirTurn() {
    assertThat(latenessOf(new ScheduleSettings(2, 1000, 0.1)))
        .satisfies(busy -> {
          assertThat(busy.late()).isPositive().isLessThanOrEqualTo(busy.probes());
          assertThat(busy.seconds())
              .as("each at least a second")
              .isGreaterThan((double) busy.late());
        });
    Lateness idle = latenessOf(ScheduleSettings.DEFAULT);
    assertThat(idle.probes()).isPositive();
    assertThat(idle.late()).isZero();
    assertThat(idle.seconds() / idle.probes()).isLessThan(0.01);
  }

  /** Of forty targets that take two seconds each. */
  private Lateness latenessOf(ScheduleSettings settings) {
    List<Long> late = new ArrayList<>();
    prober = new FakeProber(timeline, Duration.ofSeconds(2));
    new ProbeScheduler(prober, timeline, new Random(1), settings, _ -> {}, late::add)
        .follow(planOf(40));
    timeline.advance(Duration.ofMinutes(5));
    Lateness lateness = Lateness.NONE;
    for (long nanos : late) {
      lateness = lateness.with(nanos);
    }
    return lateness;
  }

  /** Of a busy machine: timers ring every twelve milliseconds only. */
  private final class CoarseTimeline implements Timeline {
    @Override
    public Cancellable after(Duration delay, Runnable task) {
      long tick = Duration.ofMillis(12).toNanos();
      long end = timeline.nanoTime() + delay.toNanos();
      return timeline.after(delay.plusNanos((tick - end % tick) % tick), task);
    }

    @Override
    public Cancellable every(Duration first, Duration period, Runnable task) {
      return timeline.every(first, period, task);
    }

    @Override
    public void execute(Runnable task) {
      after(Duration.ZERO, task);
    }

    @Override
    public Instant now() {
      return timeline.now();
    }

    @Override
    public long nanoTime() {
      return timeline.nanoTime();
    }
  }

  @Test
  void aBusyMachineKeepsUpWithTheRateAllTheSame() {
    List<Long> late = new ArrayList<>();
    new ProbeScheduler(
            prober,
            new CoarseTimeline(),
            new Random(1),
            new ScheduleSettings(1000, 120, 0.1),
            _ -> {},
            late::add)
        .follow(planOf(3_000));
    timeline.advance(Duration.ofMinutes(5));
    assertThat(late.subList(late.size() - 3_000, late.size()))
        .as("of a hundred probes per second where 120 may be")
        .allMatch(nanos -> nanos < SECOND);
  }
}
