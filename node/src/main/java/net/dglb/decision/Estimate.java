package net.dglb.decision;

import java.time.Instant;

/**
 * The time-weighted summary of the measurements of one target from one place.
 *
 * @param latencyMillis time to the first byte on a new connection, 0 and up
 * @param loss share of probes that failed, 0 to 1
 * @param jitterMillis average difference of one latency from the one before it, 0 and up (RFC 3393)
 * @param samples successful measurements that it is made of, 1 and up
 * @param updated when the last of them was made
 */
public record Estimate(
    double latencyMillis, double loss, double jitterMillis, long samples, Instant updated) {

  /** An estimate without jitter. */
  public Estimate(double latencyMillis, double loss, long samples, Instant updated) {
    this(latencyMillis, loss, 0, samples, updated);
  }

  /** Checks the ranges. */
  public Estimate {
    if (!(latencyMillis >= 0 && latencyMillis < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("latency: " + latencyMillis + " ms (expected 0 and up)");
    }
    if (!(loss >= 0 && loss <= 1)) {
      throw new IllegalArgumentException("loss: " + loss + " (expected 0 to 1)");
    }
    if (!(jitterMillis >= 0 && jitterMillis < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("jitter: " + jitterMillis + " ms (expected 0 and up)");
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " (expected 1 and up)");
    }
  }
}
