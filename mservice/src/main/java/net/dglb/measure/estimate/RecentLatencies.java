package net.dglb.measure.estimate;

import java.util.Arrays;

/** The last latencies of one target, for the percentiles that people look at. */
final class RecentLatencies {

  /** An hour and four minutes at the usual interval. */
  private static final int KEPT = 128;

  private final float[] millis = new float[KEPT];
  private int count;
  private int next;

  void add(double latencyMillis) {
    millis[next] = (float) latencyMillis;
    next = (next + 1) % KEPT;
    count = Math.min(count + 1, KEPT);
  }

  /** By the nearest rank; nothing before the first latency. */
  Percentiles percentiles() {
    float[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return count == 0
        ? Percentiles.NONE
        : new Percentiles(count, rank(sorted, 0.5), rank(sorted, 0.9), rank(sorted, 0.99));
  }

  private static double rank(float[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }
}
