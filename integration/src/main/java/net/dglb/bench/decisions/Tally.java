package net.dglb.bench.decisions;

import java.util.Arrays;

/** Collects the regret of many answers of one way of choosing. */
final class Tally {

  /** From here on a choice counts as worse than the best. */
  static final double WORSE_MILLIS = 5;

  private double[] regrets = new double[1024];
  private int count;
  private long broken;

  /** Adds an answer; one to a site that does not work has no regret and is counted apart. */
  void add(Internet internet, int city, int site, long nanos) {
    double best = internet.bestMillis(city, nanos);
    if (best == Double.POSITIVE_INFINITY) {
      return;
    }
    if (!internet.works(site, nanos)) {
      broken++;
      return;
    }
    if (count == regrets.length) {
      regrets = Arrays.copyOf(regrets, 2 * count);
    }
    regrets[count++] = internet.millis(city, site, nanos) - best;
  }

  double meanMillis() {
    return Arrays.stream(regrets, 0, count).average().orElse(0);
  }

  double percentileMillis(double share) {
    return percentile(Arrays.copyOf(regrets, count), share);
  }

  double worseShare() {
    return Arrays.stream(regrets, 0, count).filter(it -> it > WORSE_MILLIS).count()
        / (double) Math.max(1, count);
  }

  double brokenShare() {
    return broken / (double) Math.max(1, count + broken);
  }

  long answers() {
    return count + broken;
  }

  /** The smallest value that at least this share of the values does not exceed; 0 of nothing. */
  static double percentile(double[] values, double share) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
