package net.dglb.bench.decisions;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** What is true at each moment of one trial: latencies without jitter, and which sites work. */
class Internet {

  private static final double DAY_NANOS = Duration.ofDays(1).toNanos();

  private final RoundTripMatrix matrix;
  private final int[] sites;
  private final Conditions conditions;
  private final double[][] phases;
  private final long[][] outages;

  /**
   * Draws phases and outages.
   *
   * @param sites the cities in which the sites stand
   * @param length of the trial
   */
  Internet(
      RoundTripMatrix matrix,
      int[] sites,
      Conditions conditions,
      Duration length,
      SplittableRandom random) {
    this.matrix = matrix;
    this.sites = sites;
    this.conditions = conditions;
    phases = new double[matrix.size()][sites.length];
    for (double[] row : phases) {
      for (int site = 0; site < row.length; site++) {
        row[site] = random.nextDouble() * 2 * Math.PI;
      }
    }
    outages = new long[sites.length][];
    for (int site = 0; site < sites.length; site++) {
      outages[site] = outages(length, random);
    }
  }

  private long[] outages(Duration length, SplittableRandom random) {
    double expected = conditions.outagesPerSiteDay() * length.toNanos() / DAY_NANOS;
    int count = (int) expected + (random.nextDouble() < expected - Math.floor(expected) ? 1 : 0);
    return random.longs(count, 0, length.toNanos()).toArray();
  }

  RoundTripMatrix matrix() {
    return matrix;
  }

  int[] sites() {
    return sites;
  }

  Conditions conditions() {
    return conditions;
  }

  double millis(int city, int site, long nanos) {
    double wave = Math.sin(2 * Math.PI * nanos / DAY_NANOS + phases[city][site]);
    return matrix.millis(city, sites[site]) * (1 + conditions.drift() * wave);
  }

  boolean works(int site, long nanos) {
    return outSince(site, nanos).isEmpty();
  }

  /** The share of the probes on a path that get no answer. */
  double loss(int city, int site, long nanos) {
    return conditions.loss();
  }

  /** When the outage began because of which a site does not work, if it does not. */
  OptionalLong outSince(int site, long nanos) {
    for (long start : outages[site]) {
      if (nanos >= start && nanos - start < conditions.outage().toNanos()) {
        return OptionalLong.of(start);
      }
    }
    return OptionalLong.empty();
  }

  /** The lowest latency of the sites that work; infinite if none does. */
  double bestMillis(int city, long nanos) {
    double best = Double.POSITIVE_INFINITY;
    for (int site = 0; site < sites.length; site++) {
      if (works(site, nanos)) {
        best = Math.min(best, millis(city, site, nanos));
      }
    }
    return best;
  }
}
