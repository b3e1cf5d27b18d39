package net.dglb.decision;

import java.time.Duration;
import java.time.Instant;
import net.dglb.service.HealthCheck;

/**
 * What a target's failures looked like in time: the run of them that goes on, and the longest of
 * late that ended by itself. A path that falls silent now and then is given longer to speak again
 * than one that never did. Immutable.
 *
 * @param first failure of the current run; {@link Instant#MAX} without a run
 * @param last failure of the current run
 * @param longest run that ended, as it counted at its end
 * @param ended when that was
 */
record Silences(Instant first, Instant last, Duration longest, Instant ended) {

  static final Silences NONE = new Silences(Instant.MAX, Instant.MAX, Duration.ZERO, Instant.EPOCH);

  /** An exponentially distributed silence is longer than so many times a usual one rarely. */
  private static final int TIMES = 4;

  private static final double FORGOTTEN_IN_SECONDS = 3_600;

  /** Of the failures that mean down, those that the first and the last probe of an outage take. */
  private static final int OTHER_FAILURES = 3;

  Silences failed(Instant at) {
    return new Silences(first.isBefore(at) ? first : at, at, longest, ended);
  }

  /**
   * A run has ended. One of less than half an interval may be probes that were lost each on its own;
   * one that was longer than any that is waited for was an outage.
   */
  Silences succeeded(Instant at, HealthCheck check) {
    if (first.equals(Instant.MAX)) {
      return this;
    }
    Duration run = Duration.between(first, last);
    boolean silence = run.multipliedBy(2).compareTo(check.interval()) >= 0;
    boolean counts = silence && run.compareTo(most(check)) <= 0 && run.compareTo(longest(at)) > 0;
    return counts
        ? new Silences(Instant.MAX, Instant.MAX, run, at)
        : new Silences(Instant.MAX, Instant.MAX, longest, ended);
  }

  /** How long a target has to fail before it is down. */
  Duration patience(Instant at, HealthCheck check) {
    Duration wanted = longest(at).multipliedBy(TIMES);
    Duration most = most(check);
    return wanted.compareTo(most) < 0 ? wanted : most;
  }

  /** So that an outage is seen within {@code fall} intervals. */
  private static Duration most(HealthCheck check) {
    return check.interval().multipliedBy(Math.max(0, check.fall() - OTHER_FAILURES));
  }

  private Duration longest(Instant at) {
    double age = Math.max(0, Duration.between(ended, at).toMillis() / 1e3);
    double left = longest.toMillis() * Math.exp(-age / FORGOTTEN_IN_SECONDS);
    return Duration.ofMillis((long) left);
  }
}
