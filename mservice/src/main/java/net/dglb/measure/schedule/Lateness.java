package net.dglb.measure.schedule;

import java.util.concurrent.TimeUnit;

/**
 * By how much probes began later than planned: where the bounds of {@link ScheduleSettings}, or
 * what the machine can do, hold them up. A target's first probe has no plan and does not count.
 *
 * @param probes that were planned and began
 * @param seconds by which they were late, all together
 * @param late those that were late by more than a second
 */
public record Lateness(long probes, double seconds, long late) {

  /** None began yet. */
  public static final Lateness NONE = new Lateness(0, 0, 0);

  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** One more, late by so much. */
  public Lateness with(long nanos) {
    return new Lateness(
        probes + 1,
        seconds + nanos / (double) NANOS_PER_SECOND,
        late + (nanos > NANOS_PER_SECOND ? 1 : 0));
  }
}
