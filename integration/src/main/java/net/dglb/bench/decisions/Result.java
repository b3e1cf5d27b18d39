package net.dglb.bench.decisions;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What came out.
 *
 * @param cities in the matrix
 * @param settings one per share of cities with a load balancer
 */
record Result(int cities, List<Setting> settings) {

  /**
   * One setting.
   *
   * @param fraction of the cities that have a load balancer
   * @param siteSets that were drawn
   * @param rows one per way of choosing, the network's first
   * @param changes only where load balancers were run for whole days
   */
  record Setting(double fraction, int siteSets, List<Row> rows, Optional<Changes> changes) {}

  /**
   * One way of choosing.
   *
   * @param ofGeographic the mean as a share of geographic nearest's
   */
  record Row(
      String way,
      double worseShare,
      double meanMillis,
      double percentile95Millis,
      double ofGeographic,
      double brokenShare,
      long answers) {

    static Row of(String way, Tally tally, Tally geographic) {
      return new Row(
          way,
          tally.worseShare(),
          tally.meanMillis(),
          tally.percentileMillis(0.95),
          tally.meanMillis() / Math.max(1e-9, geographic.meanMillis()),
          tally.brokenShare(),
          tally.answers());
    }
  }

  /**
   * Changes of a client's answer per day, and how long after a site's outage began it was no longer
   * answered to those who had been answered it.
   */
  record Changes(
      int clientDays,
      double mean,
      double needlessMean,
      double needlessPercentile99,
      double needlessPercentile999,
      double outageSeenMeanSeconds,
      double outageSeenMostSeconds) {

    static Changes of(double[] all, double[] needless, double[] outageSeenSeconds) {
      return new Changes(
          all.length,
          mean(all),
          mean(needless),
          Tally.percentile(needless, 0.99),
          Tally.percentile(needless, 0.999),
          mean(outageSeenSeconds),
          Tally.percentile(outageSeenSeconds, 1));
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).average().orElse(0);
    }
  }
}
