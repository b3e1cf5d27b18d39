package net.dglb.measure.schedule;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.dglb.measure.schedule.ProbePlan.Pace;
import net.dglb.service.Download;
import net.dglb.service.ProbeTarget;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;

/** A target in the plan with its rhythm. Belongs to the scheduler's thread. */
final class ProbedTarget {

  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

  private final ProbeTarget target;
  private Pace pace;
  private long startedNanos;
  private long dueNanos;
  private int rounds;
  private boolean underWay;
  private boolean left;
  private boolean waits;
  private boolean works;
  private boolean fetched;
  private int probesSinceFetched;
  private long fetchedNanos;
  private Turn turn = Turn.NONE;
  private Cancellable next = () -> {};

  ProbedTarget(ProbeTarget target, Pace pace) {
    this.target = target;
    this.pace = pace;
  }

  ProbeTarget target() {
    return target;
  }

  /**
   * Counts from the next probe on, which comes sooner if it would be late by a shorter interval.
   */
  void changePace(Pace newPace, Timeline timeline, Consumer<ProbedTarget> onDue) {
    long sooner = startedNanos + newPace.interval().toNanos();
    boolean isLate =
        newPace.interval().compareTo(pace.interval()) < 0 && waits && sooner < dueNanos;
    pace = newPace;
    if (isLate) {
      next.cancel();
      plan(sooner, timeline, onDue);
    }
  }

  private void plan(long nanos, Timeline timeline, Consumer<ProbedTarget> onDue) {
    long now = timeline.nanoTime();
    dueNanos = Math.max(nanos, now); // not before the last one has ended
    waits = true;
    long wait = dueNanos - now;
    next =
        timeline.after(
            Duration.ofNanos(wait),
            () -> {
              waits = false;
              onDue.accept(this);
            });
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
  void rejoin(Pace newPace) {
    pace = newPace;
    rounds = 0;
    left = false;
  }

  /** When the next probe was to begin; only after {@link #planNext}. */
  long dueNanos() {
    return dueNanos;
  }

  boolean isProbedOnce() {
    return rounds > 0;
  }

  boolean hasLeft() {
    return left;
  }

  void leave() {
    left = true;
    waits = false;
    next.cancel();
  }

  /** Takes the result of a probe: one that differs from those before has the next come sooner. */
  void measured(boolean success) {
    probesSinceFetched++;
    turn = turn.after(success, target.check());
    works = success;
  }

  /**
   * Whether the next turn is one to download in: now and then, while the target works; at most
   * every {@link Download#TURNS} turns, however far apart they are.
   */
  boolean isDownloadDue(long nowNanos) {
    return works
        && !turn.isUnderWay()
        && target
            .check()
            .exchange()
            .download()
            .filter(it ->
                !fetched
                    || (nowNanos - fetchedNanos >= it.interval().toNanos()
                        && probesSinceFetched >= Download.TURNS - 1))
            .isPresent();
  }

  void downloading(long nowNanos) {
    fetched = true;
    probesSinceFetched = 0;
    fetchedNanos = nowNanos;
  }

  /**
   * Plans the next probe from the start of the last. All targets of a new plan begin together; a
   * random part of an interval before the second probe spreads them evenly from then on. While the
   * health turns, the next probe comes after a fifth of the interval with the same jitter, at least
   * a second; but no sooner than a cap on probes or missing demand allows.
   */
  void planNext(
      Timeline timeline, RandomGenerator random, double jitter, Consumer<ProbedTarget> onDue) {
    rounds++;
    long gapNanos = gapNanos(random, jitter);
    plan(startedNanos + gapNanos, timeline, onDue);
  }

  private long gapNanos(RandomGenerator random, double jitter) {
    long whole = pace.interval().toNanos();
    if (turn.isUnderWay()) {
      long retry = (long) (pace.retry().toNanos() * moved(random, jitter));
      return Math.min(whole, Math.max(SHORTEST_RETRY.toNanos(), retry));
    }
    return (long) (whole * (rounds == 1 ? random.nextDouble() : moved(random, jitter)));
  }

  private static double moved(RandomGenerator random, double jitter) {
    return 1 + jitter * (2 * random.nextDouble() - 1);
  }
}
