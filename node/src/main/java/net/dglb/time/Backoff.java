package net.dglb.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses between attempts at one thing, such as reaching a peer. Not thread-safe. */
public final class Backoff {

  private final BackoffSettings settings;
  private final RandomGenerator random;
  private long pauseNanos;

  /** Begins with the first pause. */
  public Backoff(BackoffSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    this.pauseNanos = settings.first().toNanos();
  }

  /** The pause before the next attempt: from half the planned one to all of it. */
  public Duration next() {
    long planned = pauseNanos;
    pauseNanos = Math.min(2 * planned, settings.longest().toNanos());
    return Duration.ofNanos(planned / 2 + (long) (random.nextDouble() * (planned - planned / 2)));
  }

  /** What an attempt brought about lived that long. */
  public void lived(Duration time) {
    if (time.compareTo(settings.steadyAfter()) >= 0) {
      pauseNanos = settings.first().toNanos();
    }
  }
}
