package net.dglb.decision;

import java.time.Duration;
import java.time.Instant;
import net.dglb.service.HealthCheck;

/**
 * What a target's failures looked like in time: the run of them that goes on, and the two longest
 * of late that ended by themselves. A path that falls silent now and then is given longer to speak
 * again than one that never did. Immutable.
 *
 * @param first failure of the current run; {@link Instant#MAX} without a run
 * @param last failure of the current run
 * @param longest run that ended, as it counted at the last one's end
 * @param second longest: what happened twice is no chance
 * @param asOf when the last one ended that counts
 */
record Silences(Instant first, Instant last, Duration longest, Duration second, Instant asOf) {

  static final Silences NONE =
      new Silences(Instant.MAX, Instant.MAX, Duration.ZERO, Duration.ZERO, Instant.EPOCH);

  /** An exponentially distributed silence is longer than so many times a usual one rarely. */
  private static final int TIMES = 6;

  private static final double FORGOTTEN_IN_SECONDS = 3_600;

  /** Of the failures that mean down, those that the first and the last probe of an outage take. */
  private static final int OTHER_FAILURES = 3;

  Silences failed(Instant at) {
    return new Silences(first.isBefore(at) ? first : at, at, longest, second, asOf);
  }

  /**
   * A run has ended. One of less than half an interval may be probes that were lost each on its
   * own; one that was longer than any that is waited for was an outage.
   */
  Silences succeeded(Instant at, HealthCheck check) {
    if (first.equals(Instant.MAX)) {
      return this;
    }
    Duration run = Duration.between(first, last);
    boolean silence = run.multipliedBy(2).compareTo(check.interval()) >= 0;
    return silence && run.compareTo(most(check)) <= 0
        ? with(run, at)
        : new Silences(Instant.MAX, Instant.MAX, longest, second, asOf);
  }

  private Silences with(Duration run, Instant at) {
    Duration one = left(longest, at);
    Duration other = left(second, at);
    Duration lesser = shorter(run, one);
    return new Silences(Instant.MAX, Instant.MAX, longer(run, one), longer(lesser, other), at);
  }

  /** How long a target has to fail before it is down. */
  Duration patience(Instant at, HealthCheck check) {
    return shorter(left(second, at).multipliedBy(TIMES), most(check));
  }

  /** So that an outage is seen within {@code fall} intervals. */
  private static Duration most(HealthCheck check) {
    return check.interval().multipliedBy(Math.max(0, check.fall() - OTHER_FAILURES));
  }

  private Duration left(Duration silence, Instant at) {
    double age = Math.max(0, Duration.between(asOf, at).toMillis() / 1e3);
    return Duration.ofMillis((long) (silence.toMillis() * Math.exp(-age / FORGOTTEN_IN_SECONDS)));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
