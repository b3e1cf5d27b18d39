package net.dglb.service;

import java.time.Duration;
import java.util.OptionalDouble;

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

  /**
   * The score where throughput may be known.
   *
   * @param bytesPerSecond average throughput of downloads, above 0; empty if none was measured
   */
  default double millis(double latencyMillis, double loss, OptionalDouble bytesPerSecond) {
    return millis(latencyMillis, loss);
  }

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

  /**
   * What the transfer of an object takes: the latency and its bytes at the throughput measured.
   * While none was measured, the round trips that slow start needs for it from ten segments on (RFC
   * 6928), the latency standing for a round trip.
   *
   * @param bytes of the object, {@link #MIN_BYTES} to {@link #MAX_BYTES}
   */
  record Transfer(long bytes) implements Score {

    /** The smallest object. */
    public static final int MIN_BYTES = 1_000;

    /** The largest object. */
    public static final int MAX_BYTES = 1_000_000_000;

    private static final double INITIAL_WINDOW_BYTES = 14_600;

    /** Checks the range. */
    public Transfer {
      if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
        throw new IllegalArgumentException(
            "size: " + bytes + " (expected " + MIN_BYTES + " to " + MAX_BYTES + " bytes)");
      }
    }

    @Override
    public double millis(double latencyMillis, double loss) {
      double roundTrips = Math.log(1 + bytes / INITIAL_WINDOW_BYTES) / Math.log(2);
      return latencyMillis + latencyMillis * roundTrips;
    }

    @Override
    public double millis(double latencyMillis, double loss, OptionalDouble bytesPerSecond) {
      return bytesPerSecond.isPresent()
          ? latencyMillis + 1000.0 * bytes / bytesPerSecond.getAsDouble()
          : millis(latencyMillis, loss);
    }
  }
}
