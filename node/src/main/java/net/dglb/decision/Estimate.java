package net.dglb.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;

/**
 * The time-weighted summary of the measurements of one target from one place.
 *
 * @param latencyMillis time to the first byte on a new connection, 0 and up
 * @param loss share of probes that failed, 0 to 1
 * @param jitterMillis average difference of one latency from the one before it, 0 and up (RFC 3393)
 * @param samples successful measurements that it is made of, 1 and up
 * @param updated when the last of them was made
 * @param load that the site reports, 0 and up, averaged: the share of its capacity that is in use,
 *     or a number where its check says so; empty if it reports none
 * @param bytesPerSecond throughput of downloads, above 0, averaged; empty if none was measured
 * @param interval from one probe of the target to the next there, as planned now: the check's, or
 *     longer where a cap on probes or missing demand stretches it; 0 if nobody said
 */
public record Estimate(
    double latencyMillis,
    double loss,
    double jitterMillis,
    long samples,
    Instant updated,
    OptionalDouble load,
    OptionalDouble bytesPerSecond,
    Duration interval) {

  /** The highest load: ten times the capacity. */
  public static final double MAX_LOAD = 10;

  /** The same of a capacity: what a site reports in numbers. */
  private static final double MAX_REPORTED = Exchange.LoadUnit.CAPACITY.most();

  /** No cap on probes stretches an interval further. */
  public static final Duration MAX_INTERVAL = Duration.ofSeconds(1_000_000_000);

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
    this(
        latencyMillis,
        loss,
        jitterMillis,
        samples,
        updated,
        load,
        OptionalDouble.empty(),
        Duration.ZERO);
  }

  /** Of so many intervals none may have brought a success until an estimate counts no more. */
  private static final int FRESH_INTERVALS = 10;

  /** Until the first round of probes is done, an old estimate is better than none. */
  private static final Duration SAVED_FRESHNESS = Duration.ofDays(7);

  /** How long every estimate counts. */
  public static final Duration LEAST_FRESHNESS = Duration.ofMinutes(5);

  /**
   * How long it counts: ten intervals in effect, but at least five minutes. An older one is
   * unknown.
   *
   * @param check of the target
   */
  public Duration freshness(HealthCheck check) {
    Duration inEffect = interval.compareTo(check.interval()) > 0 ? interval : check.interval();
    Duration counts = inEffect.multipliedBy(FRESH_INTERVALS);
    return counts.compareTo(LEAST_FRESHNESS) > 0 ? counts : LEAST_FRESHNESS;
  }

  /**
   * The same of one that may be of before the start: that counts for a week, until the first own
   * measurement.
   */
  public Duration freshness(HealthCheck check, boolean saved) {
    return saved ? SAVED_FRESHNESS : freshness(check);
  }

  /** Whether it counts. */
  public boolean isFresh(HealthCheck check, Instant now) {
    return !updated.isBefore(now.minus(freshness(check)));
  }

  /** How many times as long as by the check it is from one probe to the next, 1 and up. */
  public double stretch(HealthCheck check) {
    return Math.max(1, interval.toNanos() / (double) check.interval().toNanos());
  }

  /**
   * The same with a load that was reported in numbers as a share of a capacity; of none no load.
   */
  Estimate ofCapacity(double capacity) {
    OptionalDouble share =
        load.isPresent() && capacity > 0
            ? OptionalDouble.of(Math.min(load.getAsDouble() / capacity, MAX_LOAD))
            : OptionalDouble.empty();
    return new Estimate(
        latencyMillis, loss, jitterMillis, samples, updated, share, bytesPerSecond, interval);
  }

  /** The same by a clock that shows so much more. */
  Estimate later(Duration by) {
    return new Estimate(
        latencyMillis,
        loss,
        jitterMillis,
        samples,
        updated.plus(by),
        load,
        bytesPerSecond,
        interval);
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
    if (load.isPresent() && !(load.getAsDouble() >= 0 && load.getAsDouble() <= MAX_REPORTED)) {
      throw new IllegalArgumentException(
          "load: " + load.getAsDouble() + " (expected 0 to " + MAX_REPORTED + ")");
    }
    if (bytesPerSecond.isPresent()
        && !(bytesPerSecond.getAsDouble() > 0
            && bytesPerSecond.getAsDouble() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "throughput: " + bytesPerSecond.getAsDouble() + " bytes/s (expected above 0)");
    }
    if (interval.isNegative() || interval.compareTo(MAX_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "interval: " + interval + " (expected 0 to " + MAX_INTERVAL + ")");
    }
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " (expected 1 and up)");
    }
  }
}
