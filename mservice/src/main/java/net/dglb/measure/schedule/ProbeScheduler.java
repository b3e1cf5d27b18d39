package net.dglb.measure.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Prober;
import net.dglb.measure.probe.Transfer;
import net.dglb.measure.schedule.ProbePlan.Pace;
import net.dglb.service.ProbeTarget;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the targets of a plan, each at its interval with jitter, a new one at once. A target never
 * has two probes under way; one that left the plan is never probed again and what comes back from
 * it is dropped. Targets that differ in the time constant alone share their probes, which carry the
 * usual one. All methods, and the receiver of measurements, run on the timeline's thread.
 */
public final class ProbeScheduler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProbeScheduler.class);

  /**
   * A busy machine runs this thread every few milliseconds only. What is queued makes up for that:
   * were one probe begun each time, their rate would stay far behind the bound.
   */
  private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Prober prober;
  private final Timeline timeline;
  private final RandomGenerator random;
  private ScheduleSettings settings;
  private final Consumer<Measurement> receiver;
  private Consumer<Transfer> downloads = _ -> {};
  private final LongConsumer lateness;
  private final Map<ProbeTarget, ProbedTarget> targets = new HashMap<>();

  /** Left the plan with a probe under way; if it comes back, that probe is its first. */
  private final Map<ProbeTarget, ProbedTarget> leaving = new HashMap<>();

  private final Deque<ProbedTarget> due = new ArrayDeque<>();
  private int inFlight;
  private long nextStartNanos;
  private boolean wakeUpPlanned;

  /** Whether probes wait for their turn without a break since the last one began. */
  private boolean isQueued;

  /** Begins with an empty plan. */
  public ProbeScheduler(
      Prober prober,
      Timeline timeline,
      RandomGenerator random,
      ScheduleSettings settings,
      Consumer<Measurement> receiver) {
    this(prober, timeline, random, settings, receiver, _ -> {});
  }

  /**
   * Begins with an empty plan.
   *
   * @param lateness is told of every probe but a target's first by how many nanoseconds it began
   *     later than planned
   */
  public ProbeScheduler(
      Prober prober,
      Timeline timeline,
      RandomGenerator random,
      ScheduleSettings settings,
      Consumer<Measurement> receiver,
      LongConsumer lateness) {
    this.lateness = lateness;
    this.prober = prober;
    this.timeline = timeline;
    this.random = random;
    this.settings = settings;
    this.receiver = receiver;
    nextStartNanos = timeline.nanoTime();
  }

  /** Keeps to other bounds from now on. */
  public void use(ScheduleSettings next) {
    settings = next;
    nextStartNanos = timeline.nanoTime();
    startDue();
  }

  /** Who is told of downloads, which take turns of probes; to be called before the first plan. */
  public void onDownload(Consumer<Transfer> receives) {
    downloads = receives;
  }

  /**
   * Takes a new plan into effect at once; targets in both keep their rhythm, unless it gets
   * quicker.
   */
  public void follow(ProbePlan plan) {
    Map<ProbeTarget, Pace> paces = plan.paces();
    targets.values().removeIf(probed -> leaves(probed, paces));
    paces.forEach(this::join);
    startDue();
  }

  private boolean leaves(ProbedTarget probed, Map<ProbeTarget, Pace> paces) {
    if (paces.containsKey(probed.target())) {
      return false;
    }
    probed.leave();
    if (probed.isUnderWay()) {
      leaving.put(probed.target(), probed);
    }
    return true;
  }

  private void join(ProbeTarget target, Pace pace) {
    @Nullable ProbedTarget known = targets.get(target);
    if (known != null) {
      known.changePace(pace, timeline, this::becameDue);
      return;
    }
    @Nullable ProbedTarget back = leaving.remove(target);
    if (back != null) {
      back.rejoin(pace);
      targets.put(target, back);
      return;
    }
    ProbedTarget added = new ProbedTarget(target, pace);
    targets.put(target, added);
    due.add(added);
  }

  /** Whether a target of the plan was probed at least once since it joined the plan. */
  public boolean firstRoundDone(ProbeTarget target) {
    @Nullable ProbedTarget known = targets.get(target.probed());
    return known != null && known.isProbedOnce();
  }

  /** Whether all of them were. */
  public boolean firstRoundDone(Collection<ProbeTarget> all) {
    return all.stream().allMatch(this::firstRoundDone);
  }

  /** Probes under way. */
  public int inFlight() {
    return inFlight;
  }

  /** Ends all probing. */
  @Override
  public void close() {
    follow(ProbePlan.EMPTY);
  }

  private void startDue() {
    while (!due.isEmpty() && inFlight < settings.maxInFlight()) {
      if (due.getFirst().hasLeft()) {
        due.removeFirst();
        continue;
      }
      long now = timeline.nanoTime();
      if (nextStartNanos - now > 0) {
        isQueued = true;
        wakeUpAfter(Duration.ofNanos(nextStartNanos - now));
        return;
      }
      long began = isQueued ? Math.max(nextStartNanos, now - CATCH_UP_NANOS) : now;
      nextStartNanos = began + TimeUnit.SECONDS.toNanos(1) / settings.maxPerSecond();
      start(due.removeFirst());
    }
    isQueued = false;
  }

  private void wakeUpAfter(Duration wait) {
    if (!wakeUpPlanned) {
      wakeUpPlanned = true;
      timeline.after(
          wait,
          () -> {
            wakeUpPlanned = false;
            startDue();
          });
    }
  }

  private void start(ProbedTarget probed) {
    inFlight++;
    long now = timeline.nanoTime();
    if (probed.isProbedOnce()) {
      lateness.accept(Math.max(0, now - probed.dueNanos()));
    }
    probed.started(now);
    if (probed.isDownloadDue(now)) {
      probed.downloading(now);
      var _ =
          prober
              .download(probed.target())
              .whenComplete((transfer, _) -> timeline.execute(() -> fetched(probed, transfer)));
    } else {
      var _ =
          prober
              .probe(probed.target())
              .whenComplete((measurement, failure) ->
                  timeline.execute(() -> ended(probed, measurement, failure)));
    }
  }

  /** A download took the turn of a probe; it says nothing about health. */
  private void fetched(ProbedTarget probed, @Nullable Transfer transfer) {
    inFlight--;
    probed.ended();
    if (probed.hasLeft()) {
      leaving.remove(probed.target(), probed);
    } else {
      probed.planNext(timeline, random, settings.jitter(), this::becameDue);
      if (transfer != null) {
        downloads.accept(transfer);
      }
    }
    startDue();
  }

  private void ended(
      ProbedTarget probed, @Nullable Measurement measurement, @Nullable Throwable failure) {
    inFlight--;
    probed.ended();
    if (probed.hasLeft()) {
      leaving.remove(probed.target(), probed);
    } else {
      if (measurement != null && measurement.outcome().isAboutSite()) {
        probed.measured(measurement.outcome().isSuccess());
      }
      probed.planNext(timeline, random, settings.jitter(), this::becameDue);
      if (measurement != null) {
        receiver.accept(measurement);
      } else {
        LOG.warn("probe of {} was not made: {}", probed.target(), String.valueOf(failure));
      }
    }
    startDue();
  }

  private void becameDue(ProbedTarget probed) {
    due.add(probed);
    startDue();
  }
}
