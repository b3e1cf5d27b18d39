package net.dglb.measure.schedule;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.dglb.service.ProbeTarget;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;

/** A target in the plan with its rhythm. Belongs to the scheduler's thread. */
final class ProbedTarget {

  private final ProbeTarget target;
  private Duration interval;
  private long startedNanos;
  private int rounds;
  private boolean underWay;
  private boolean left;
  private Cancellable next = () -> {};

  ProbedTarget(ProbeTarget target, Duration interval) {
    this.target = target;
    this.interval = interval;
  }

  ProbeTarget target() {
    return target;
  }

  /** Counts from the next probe on. */
  void changeInterval(Duration newInterval) {
    interval = newInterval;
  }

  void started(long nanos) {
    startedNanos = nanos;
    underWay = true;
  }

  void ended() {
    underWay = false;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** Takes part again as if new, but for the probe that is under way. */
  void rejoin(Duration newInterval) {
    interval = newInterval;
    rounds = 0;
    left = false;
  }

  boolean isProbedOnce() {
    return rounds > 0;
  }

  boolean hasLeft() {
    return left;
  }

  void leave() {
    left = true;
    next.cancel();
  }

  /**
   * Plans the next probe from the start of the last. All targets of a new plan begin together; a
   * random part of an interval before the second probe spreads them evenly from then on.
   */
  void planNext(
      Timeline timeline, RandomGenerator random, double jitter, Consumer<ProbedTarget> onDue) {
    rounds++;
    double share = rounds == 1 ? random.nextDouble() : 1 + jitter * (2 * random.nextDouble() - 1);
    long gapNanos = (long) (interval.toNanos() * share);
    long wait = startedNanos + gapNanos - timeline.nanoTime();
    next = timeline.after(Duration.ofNanos(Math.max(0, wait)), () -> onDue.accept(this));
  }
}
