package net.dglb.measure.estimate;

/**
 * How the last latencies of a target are spread, for people; nothing is decided by it.
 *
 * @param count of latencies, at most the last 128 since the process started
 * @param medianMillis half of them were not longer
 * @param ninetiethMillis nine tenths were not longer
 * @param ninetyNinthMillis 99 % were not longer
 */
public record Percentiles(
    int count, double medianMillis, double ninetiethMillis, double ninetyNinthMillis) {

  /** Nothing was measured yet. */
  public static final Percentiles NONE = new Percentiles(0, 0, 0, 0);
}
