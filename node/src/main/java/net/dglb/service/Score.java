package net.dglb.service;

import java.time.Duration;

/**
 * What a site's averages are boiled down to before sites are compared: a number of milliseconds.
 */
public sealed interface Score {

  /**
   * The score; lower is better.
   *
   * @param latencyMillis average latency, 0 and up
   * @param loss average loss, 0 to 1
   */
  double millis(double latencyMillis, double loss);

  /** The average latency itself; loss counts through health alone. */
  record Latency() implements Score {

    @Override
    public double millis(double latencyMillis, double loss) {
      return latencyMillis;
    }
  }

  /**
   * A prediction of how a small download fares: {@code latency + max(floor, latency) *
   * penalty(loss)} (004, the score function after Table 1). The penalty is a multiple of the loss,
   * and the multiple grows with the loss: {@code loss * (2.1 + 14080 * loss^3)}. The source gives
   * two points only (004, Figure 7: 27 ms with loss 0.125 scores 397, 66 ms with 0.129 scores 483);
   * of the simple growing forms, a constant and a cube meets both and stays positive near zero.
   *
   * @param floor the least latency that a lost packet is thought to cost a multiple of, 0 to 10 s
   *     in whole milliseconds
   */
  record Download(Duration floor) implements Score {

    /** The largest floor. */
    public static final Duration MAX_FLOOR = Duration.ofSeconds(10);

    /** The usual round trip across a continent, as the source takes it. */
    public static final Duration USUAL_FLOOR = Duration.ofMillis(100);

    private static final double LEAST_MULTIPLE = 2.1;
    private static final double GROWTH = 14_080;

    /** Checks the range. */
    public Download {
      Limits.range("floor", floor, Duration.ZERO, MAX_FLOOR);
      Limits.whole("floor", floor, Duration.ofMillis(1));
    }

    @Override
    public double millis(double latencyMillis, double loss) {
      double penalty = loss * (LEAST_MULTIPLE + GROWTH * loss * loss * loss);
      return latencyMillis + Math.max(floor.toNanos() / 1e6, latencyMillis) * penalty;
    }
  }
}
