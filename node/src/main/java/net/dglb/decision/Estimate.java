package net.dglb.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * The time-weighted summary of the measurements of one target from one place.
 *
 * @param latencyMillis time to the first byte on a new connection, 0 and up
 * @param loss share of probes that failed, 0 to 1
 * @param jitterMillis average difference of one latency from the one before it, 0 and up (RFC 3393)
 * @param samples successful measurements that it is made of, 1 and up
 * @param updated when the last of them was made
 * @param load share of its capacity that the site reports to be in use, 0 and up, averaged; empty
 *     if it reports none
 * @param bytesPerSecond throughput of downloads, above 0, averaged; empty if none was measured
 */
public record Estimate(
    double latencyMillis,
    double loss,
    double jitterMillis,
    long samples,
    Instant updated,
    OptionalDouble load,
    OptionalDouble bytesPerSecond) {

  /** The highest load: ten times the capacity. */
  public static final double MAX_LOAD = 10;

  /** An estimate without jitter. */
  public Estimate(double latencyMillis, double loss, long samples, Instant updated) {
    this(latencyMillis, loss, 0, samples, updated);
  }

  /** An estimate of a site that reports no load. */
  public Estimate(
      double latencyMillis, double loss, double jitterMillis, long samples, Instant updated) {
    this(latencyMillis, loss, jitterMillis, samples, updated, OptionalDouble.empty());
  }

  /** An estimate without throughput. */
  public Estimate(
      double latencyMillis,
      double loss,
      double jitterMillis,
      long samples,
      Instant updated,
      OptionalDouble load) {
    this(latencyMillis, loss, jitterMillis, samples, updated, load, OptionalDouble.empty());
  }

  /** The same by a clock that shows so much more. */
  Estimate later(Duration by) {
    return new Estimate(
        latencyMillis, loss, jitterMillis, samples, updated.plus(by), load, bytesPerSecond);
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
    if (load.isPresent() && !(load.getAsDouble() >= 0 && load.getAsDouble() <= MAX_LOAD)) {
      throw new IllegalArgumentException(
          "load: " + load.getAsDouble() + " (expected 0 to " + MAX_LOAD + ")");
    }
    if (bytesPerSecond.isPresent()
        && !(bytesPerSecond.getAsDouble() > 0
            && bytesPerSecond.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "throughput: " + bytesPerSecond.getAsDouble() + " bytes/s (expected above 0)");
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " (expected 1 and up)");
    }
  }
}
