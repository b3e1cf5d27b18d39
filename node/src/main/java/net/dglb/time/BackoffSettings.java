package net.dglb.time;

import java.time.Duration;

/**
 * When to try again after a failure: the pause doubles from the first to the longest, and each is
 * shortened by a random part of up to one half, so that many do not come back at once.
 *
 * @param first the first pause
 * @param longest the longest pause, not shorter than the first
 * @param steadyAfter what lived this long brings the pause back to the first
 */
public record BackoffSettings(Duration first, Duration longest, Duration steadyAfter) {

  /** Checks the order. */
  public BackoffSettings {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff: " + first + " to " + longest + " (expected 0 < first <= longest)");
    }
    if (steadyAfter.isNegative()) {
      throw new IllegalArgumentException("steady-after: " + steadyAfter + " (expected 0 and up)");
    }
  }

  /** From 200 ms to 30 s; back to the first after 10 s that went well. */
  public static BackoffSettings defaults() {
    return new BackoffSettings(
        Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(10));
  }
}
