package net.dglb.measure.schedule;

/**
 * Bounds of the probing of one node.
 *
 * @param maxInFlight probes under way at the same time, 1 to 100,000
 * @param maxPerSecond probes begun per second, 1 to 1,000,000; they are spaced evenly
 * @param jitter share of the interval by which each probe is moved to and fro, 0 to 0.5
 */
public record ScheduleSettings(int maxInFlight, int maxPerSecond, double jitter) {

  /** 256 under way, 500 per second, a tenth of the interval. */
  public static final ScheduleSettings DEFAULT = new ScheduleSettings(256, 500, 0.1);

  /** Checks the ranges. */
  public ScheduleSettings {
    range("probes in flight", maxInFlight, 100_000);
    range("probes per second", maxPerSecond, 1_000_000);
    if (!(jitter >= 0 && jitter <= 0.5)) {
      throw new IllegalArgumentException("jitter: " + jitter + " (expected 0 to 0.5)");
    }
  }

  private static void range(String what, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(what + ": " + value + " (expected 1 to " + max + ")");
    }
  }
}
