package net.dglb.decision.path;

/**
 * What is believed of paths before any is measured. A path's logarithm of {@code (latency + 25 ms)}
 * as a share of what its {@link Way} takes is a random field: 0.01 ms per km is light in fibre,
 * there and back; 25 ms keeps short paths from counting by their ratios. The field is nothing
 * within a city and grows to its full size where a path leads out of it.
 *
 * <p>Two paths are alike as far as both of their ends are near (scale 10,000 km: detours that a
 * pair of regions shares) and as far as one of their ends is near (scale 2,000 km: how well a place
 * is connected at all).
 */
final class PathPrior {

  /** Standard deviations of a path's logarithm, and the squares of them. */
  static final double MEASURED_NOISE = 0.2;

  static final double KNOWN_NOISE = 0.1;
  private static final double PAIR_VARIANCE = 0.5 * 0.5;
  private static final double END_VARIANCE = 0.6 * 0.6;

  private static final double PAIR_KILOMETRES = 10_000;
  private static final double END_KILOMETRES = 2_000;

  private PathPrior() {}

  /** How alike two places are as ends of a pair. */
  static double pairLikeness(double kilometres) {
    return Math.exp(-kilometres / PAIR_KILOMETRES);
  }

  /** How alike two places are in how well they are connected. */
  static double endLikeness(double kilometres) {
    return Math.exp(-kilometres / END_KILOMETRES);
  }

  /**
   * The covariance of two paths, from the likeness of the first one's ends (a, b) with the other
   * one's (c, d).
   */
  static double covariance(Likeness ac, Likeness bd, Likeness ad, Likeness bc) {
    return PAIR_VARIANCE * (ac.pair() * bd.pair() + ad.pair() * bc.pair())
        + END_VARIANCE * (ac.end() + bd.end() + ad.end() + bc.end());
  }

  /** Both likenesses of two places. */
  record Likeness(double pair, double end) {
    static final Likeness SAME = new Likeness(1, 1);

    static Likeness at(double kilometres) {
      return new Likeness(pairLikeness(kilometres), endLikeness(kilometres));
    }
  }
}
