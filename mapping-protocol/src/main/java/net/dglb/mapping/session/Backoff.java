package net.dglb.mapping.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses between attempts to reach one peer. Not thread-safe. */
final class Backoff {

  private final BackoffSettings settings;
  private final RandomGenerator random;
  private long pauseNanos;

  Backoff(BackoffSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.pauseNanos = settings.first().toNanos();
  }

  /** The pause before the next attempt: from half the planned one to all of it. */
  Duration next() {
    long planned = pauseNanos;
    pauseNanos = Math.min(2 * planned, settings.longest().toNanos());
    return Duration.ofNanos(planned / 2 + (long) (random.nextDouble() * (planned - planned / 2)));
  }

  /** A session lived that long. */
  void lived(Duration time) {
    if (time.compareTo(settings.steadyAfter()) >= 0) {
      pauseNanos = settings.first().toNanos();
    }
  }
}
