package net.dglb.decision.path;

import net.dglb.net.Location;

/**
 * The latency between two locations, the same in both directions.
 *
 * @param one an end
 * @param other the other end
 * @param latencyMillis an average over many measurements, 0 and up
 */
public record MeasuredPath(Location one, Location other, double latencyMillis) {

  /** Checks the range. */
  public MeasuredPath {
    if (!(latencyMillis >= 0 && latencyMillis < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("latency: " + latencyMillis + " ms (expected 0 and up)");
    }
  }
}
