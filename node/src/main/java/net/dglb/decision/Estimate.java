package net.dglb.decision;

import java.time.Instant;

/**
 * The time-weighted summary of the measurements of one target from one place.
 *
 * @param latencyMillis time to the first byte on a new connection, 0 and up
 * @param loss share of probes that failed, 0 to 1
 * @param samples successful measurements that it is made of, 1 and up
 * @param updated when the last of them was made
 */
public record Estimate(double latencyMillis, double loss, long samples, Instant updated) {

  /** Checks the ranges. */
  public Estimate {
    if (!(latencyMillis >= 0 && latencyMillis < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("latency: " + latencyMillis + " ms (expected 0 and up)");
    }
    if (!(loss >= 0 && loss <= 1)) {
      throw new IllegalArgumentException("loss: " + loss + " (expected 0 to 1)");
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " (expected 1 and up)");
    }
  }
}
