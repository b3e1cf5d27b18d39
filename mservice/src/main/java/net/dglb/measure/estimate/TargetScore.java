package net.dglb.measure.estimate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.HealthTracker;
import net.dglb.decision.SiteState;
import net.dglb.decision.TimeWeightedAverage;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Transfer;
import net.dglb.service.Download;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import org.jspecify.annotations.Nullable;

/** What is known of one target: averages of latency, loss and jitter, and dampened health. */
final class TargetScore {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int KEPT_FAILURES = 5;
  private static final int AVERAGED_DOWNLOADS = 3;
  private static final int FRESH_DOWNLOADS = 10;

  private Duration interval;
  private Duration timeConstant;
  private HealthTracker health = HealthTracker.START;
  private @Nullable TimeWeightedAverage latency;
  private @Nullable TimeWeightedAverage loss;
  private @Nullable TimeWeightedAverage jitter;
  private @Nullable TimeWeightedAverage load;
  private @Nullable TimeWeightedAverage throughput;
  private Duration throughputInterval = Duration.ZERO;
  private final EnumMap<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private Optional<Instant> certificateExpires = Optional.empty();
  private final Deque<Failure> failures = new ArrayDeque<>();
  private final RecentLatencies recent = new RecentLatencies();
  private Optional<Instant> lastProbe = Optional.empty();
  private double lastMillis = Double.NaN;
  private long samples;
  private boolean saved;
  private boolean measured;

  /**
   * Begins.
   *
   * @param interval from one probe to the next, in effect
   * @param timeConstant of the averages, in effect
   */
  TargetScore(Duration interval, Duration timeConstant, SiteState before) {
    this.interval = interval;
    this.timeConstant = timeConstant;
    restore(before);
  }

  void change(Duration newInterval, Duration newTimeConstant) {
    interval = newInterval;
    timeConstant = newTimeConstant;
  }

  /** Seeds the averages; a saved average of n samples weighs as n would, up to the steady state. */
  void restore(SiteState before) {
    if (measured || before.equals(SiteState.UNKNOWN)) {
      return;
    }
    saved = true;
    health = HealthTracker.restored(before.health());
    before
        .estimate()
        .ifPresent(estimate -> {
          double steady = timeConstant.toNanos() / (double) interval.toNanos();
          double weight = Math.clamp((double) estimate.samples(), 1.0, Math.max(1, steady));
          samples = estimate.samples();
          latency = seed(estimate.latencyMillis(), weight, estimate.updated());
          loss = seed(estimate.loss(), weight, estimate.updated());
          jitter = seed(estimate.jitterMillis(), weight, estimate.updated());
          estimate
              .bytesPerSecond()
              .ifPresent(known -> throughput = TimeWeightedAverage.of(known, estimate.updated()));
          estimate.load().ifPresent(known -> load = seed(known, weight, estimate.updated()));
        });
  }

  /**
   * Takes a result in.
   *
   * @param mayGoDown whether a target that was up may go down now, asked only if it would
   */
  void accept(Measurement measurement, BooleanSupplier mayGoDown) {
    boolean success = measurement.outcome().isSuccess();
    outcomes.merge(measurement.outcome(), 1L, Long::sum);
    certificateExpires = measurement.certificateExpires().or(() -> certificateExpires);
    HealthCheck check = measurement.target().check();
    measured = true;
    saved = false;
    HealthTracker next = health.after(success, measurement.at(), check);
    boolean falls = health.health() == Health.UP && next.health() == Health.DOWN;
    health = falls && !mayGoDown.getAsBoolean() ? health : next;
    loss = add(loss, success ? 0 : 1, measurement.at());
    if (!success) {
      failed(measurement);
    } else {
      measurement.load().ifPresent(now -> load = add(load, now, measurement.at()));
      succeeded(measurement.latencyNanos() / NANOS_PER_MILLI, measurement.at());
    }
  }

  /** Notes for people that a probe could not be made here: nothing is known by it of the target. */
  void faulted(Measurement measurement) {
    outcomes.merge(measurement.outcome(), 1L, Long::sum);
    failed(measurement);
  }

  /** Takes a download in: the average goes back over a few of them. */
  void accept(Transfer transfer) {
    transfer
        .bytesPerSecond()
        .ifPresent(now -> {
          throughputInterval = throughputInterval(transfer);
          throughput =
              throughput == null
                  ? TimeWeightedAverage.of(now, transfer.at())
                  : throughput.with(
                      now, transfer.at(), throughputInterval.multipliedBy(AVERAGED_DOWNLOADS));
        });
  }

  /** From one download to the next, in effect. */
  private Duration throughputInterval(Transfer transfer) {
    Duration asked = transfer.target().check().exchange().download().orElseThrow().interval();
    Duration least = interval.multipliedBy(Download.TURNS);
    return asked.compareTo(least) >= 0 ? asked : least;
  }

  /** One that was measured long before the latency counts no more. */
  private OptionalDouble bytesPerSecond(Instant now) {
    if (throughput == null) {
      return OptionalDouble.empty();
    }
    Duration age = Duration.between(throughput.updated(), now);
    boolean stale =
        throughputInterval.isPositive()
            && age.compareTo(throughputInterval.multipliedBy(FRESH_DOWNLOADS)) > 0;
    return stale ? OptionalDouble.empty() : OptionalDouble.of(throughput.value());
  }

  private void failed(Measurement measurement) {
    if (failures.size() == KEPT_FAILURES) {
      failures.removeFirst();
    }
    failures.addLast(new Failure(measurement.at(), measurement.outcome(), measurement.detail()));
  }

  private void succeeded(double millis, Instant at) {
    latency = add(latency, millis, at);
    if (!Double.isNaN(lastMillis)) {
      jitter = add(jitter, Math.abs(millis - lastMillis), at);
    }
    lastMillis = millis;
    recent.add(millis);
    samples++;
  }

  Optional<Instant> lastProbe() {
    return lastProbe;
  }

  boolean isDown() {
    return health.health() == Health.DOWN;
  }

  /** A probe ended, whatever it says. */
  void probed(Instant at) {
    lastProbe = Optional.of(at);
  }

  Observed observed() {
    return new Observed(recent.percentiles(), outcomes, List.copyOf(failures), certificateExpires);
  }

  SiteState state() {
    return new SiteState(estimate(), health.health(), saved, health.isChanging());
  }

  private Optional<Estimate> estimate() {
    if (latency == null || loss == null) {
      return Optional.empty();
    }
    double share = Math.clamp(loss.value(), 0, 1);
    double variation = jitter == null ? 0 : jitter.value();
    OptionalDouble inUse =
        load == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.clamp(load.value(), 0, Exchange.LoadUnit.CAPACITY.most()));
    return Optional.of(
        new Estimate(
            latency.value(),
            share,
            variation,
            samples,
            latency.updated(),
            inUse,
            bytesPerSecond(latency.updated()),
            interval));
  }

  private TimeWeightedAverage add(@Nullable TimeWeightedAverage to, double value, Instant at) {
    return to == null ? TimeWeightedAverage.of(value, at) : to.with(value, at, timeConstant);
  }

  private static TimeWeightedAverage seed(double value, double weight, Instant updated) {
    return new TimeWeightedAverage(value * weight, weight, updated);
  }
}
