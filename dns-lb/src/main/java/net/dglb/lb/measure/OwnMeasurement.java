package net.dglb.lb.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import net.dglb.decision.Estimates;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.measure.estimate.DownBrake;
import net.dglb.measure.estimate.Failure;
import net.dglb.measure.estimate.Scoreboard;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Prober;
import net.dglb.measure.probe.Transfer;
import net.dglb.measure.schedule.Lateness;
import net.dglb.measure.schedule.ProbePlan;
import net.dglb.measure.schedule.ProbeScheduler;
import net.dglb.measure.schedule.ScheduleSettings;
import net.dglb.net.DomainName;
import net.dglb.node.BoundedLines;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this load balancer measures: probes the sites of the services that it has labels of, and
 * keeps the estimates. Used on the control thread only.
 */
public final class OwnMeasurement implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OwnMeasurement.class);

  private final Scoreboard scoreboard;
  private final DownBrake brake;
  private final EnumMap<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final EnumMap<Outcome, Long> downloads = new EnumMap<>(Outcome.class);
  private long downloadedBytes;
  private final LocalFaults faults = new LocalFaults();
  private final BoundedLines turns;
  private final BoundedLines braked;
  private Lateness lateness = Lateness.NONE;
  private final Timeline timeline;
  private final ProbeScheduler scheduler;
  private final Consumer<Set<ProbeTarget>> onMeasurement;
  private ProbePlan asked = ProbePlan.EMPTY;
  private ProbePlan plan = ProbePlan.EMPTY;
  private int maxPerSecond;

  /**
   * Probes nothing before {@link #follow}.
   *
   * @param onMeasurement is told which target was measured
   */
  public OwnMeasurement(
      Prober prober,
      Timeline timeline,
      RandomGenerator random,
      ScheduleSettings settings,
      DownBrake.BrakeSettings brakeSettings,
      Consumer<Set<ProbeTarget>> onMeasurement) {
    this.timeline = timeline;
    maxPerSecond = settings.maxPerSecond();
    this.onMeasurement = onMeasurement;
    turns =
        new BoundedLines(
            timeline, rest -> LOG.info("and the health of {} more targets is another", rest));
    braked =
        new BoundedLines(
            timeline,
            rest ->
                LOG.warn("and {} more fail but stay up: too many sites went down at once", rest));
    brake = new DownBrake(brakeSettings);
    scoreboard = new Scoreboard(brake);
    this.scheduler =
        new ProbeScheduler(
            prober,
            timeline,
            random,
            settings,
            this::accept,
            nanos -> lateness = lateness.with(nanos));
    scheduler.onDownload(this::accept);
  }

  /** Keeps to other bounds from now on. */
  public void use(ScheduleSettings bounds, DownBrake.BrakeSettings brakeSettings) {
    scheduler.use(bounds);
    brake.use(brakeSettings);
    maxPerSecond = bounds.maxPerSecond();
    follow(asked);
  }

  private void accept(Measurement measurement) {
    Set<ProbeTarget> targets = scoreboard.sharing(measurement.target());
    Map<ProbeTarget, Health> before = healthOf(targets);
    long held = brake.held();
    outcomes.merge(measurement.outcome(), 1L, Long::sum);
    scoreboard.accept(measurement);
    healthOf(targets)
        .forEach((target, after) -> {
          if (before.get(target) != after && turns.admits()) {
            LOG.info(
                "{} is {} (was {}){}",
                target,
                after,
                before.get(target),
                measurement.detail().isEmpty() ? "" : ": " + measurement.detail());
          }
        });
    if (faults.isNew(measurement)) {
      LOG.warn(
          "{} cannot be probed from here, nor others for the same reason: {}; nothing is known of"
              + " such sites (this is said once; explain shows which)",
          measurement.target(),
          measurement.detail());
    }
    if (brake.held() > held && braked.admits()) {
      LOG.warn(
          "{} fails ({}) but stays up: too many sites went down here at once",
          measurement.target(),
          measurement.detail());
    }
    onMeasurement.accept(targets);
  }

  private Map<ProbeTarget, Health> healthOf(Set<ProbeTarget> targets) {
    return targets.stream()
        .collect(Collectors.toMap(it -> it, target -> scoreboard.of(target).health()));
  }

  private void accept(Transfer transfer) {
    downloads.merge(transfer.outcome(), 1L, Long::sum);
    downloadedBytes += transfer.bytes();
    scoreboard.accept(transfer);
    if (!transfer.detail().isEmpty()) {
      LOG.info("{} gave no download: {}", transfer.target(), transfer.detail());
    }
    onMeasurement.accept(scoreboard.sharing(transfer.target()));
  }

  /**
   * Probes the sites of these services and of no others, rarely where nobody asks.
   *
   * @param probers how many load balancers probe a service's sites
   */
  public void follow(
      Collection<Service> services, ToIntFunction<DomainName> probers, Demand demand) {
    follow(
        ProbePlan.of(
            services,
            it -> probers.applyAsInt(it.name()),
            it -> demand.isIdle(it.name()),
            demand.idleInterval()));
  }

  private void follow(ProbePlan wanted) {
    asked = wanted;
    ProbePlan next = wanted.within(maxPerSecond);
    if (!next.equals(plan)) {
      plan = next;
      scoreboard.follow(next);
      scheduler.follow(next);
    }
  }

  /** What is measured here, for rankings. */
  public Estimates estimates() {
    return scoreboard;
  }

  /** Everything that is known here. */
  public Map<ProbeTarget, SiteState> states() {
    return scoreboard.states();
  }

  /**
   * Whether a service's first round of probes is done, or what was saved and is still fresh stands
   * for each of its targets that was not probed yet.
   */
  public boolean isMeasured(Service service) {
    Instant now = timeline.now();
    return service
        .targets()
        .allMatch(target ->
            scheduler.firstRoundDone(target)
                || isFresh(scoreboard.of(target), service.check(), now));
  }

  /**
   * Whether any target of a service was last probed longer ago than a bound, and than two of its
   * intervals while somebody asks for it.
   *
   * @param probers how many load balancers probe its sites
   */
  public boolean isStale(Service service, int probers, Duration olderThan) {
    Instant now = timeline.now();
    ProbePlan alone = ProbePlan.of(List.of(service), _ -> probers, _ -> false, Duration.ZERO);
    ProbePlan slowed = alone.slowedBy(plan.slowdown());
    return slowed.intervals().keySet().stream()
        .anyMatch(target -> {
          Duration twice = slowed.interval(target).multipliedBy(2);
          Instant oldest = now.minus(twice.compareTo(olderThan) > 0 ? twice : olderThan);
          return scoreboard.lastProbe(target).map(last -> last.isBefore(oldest)).orElse(true);
        });
  }

  private static boolean isFresh(SiteState state, HealthCheck check, Instant now) {
    return state
        .estimate()
        .map(estimate -> estimate.isFresh(check, now))
        .orElse(state.health() == Health.DOWN);
  }

  /** How many targets are probed. */
  public int targets() {
    return scoreboard.probed();
  }

  /** How many of them are down. */
  public int targetsDown() {
    return scoreboard.probedDown();
  }

  /** How many probes ended how since the start. */
  public Map<Outcome, Long> outcomes() {
    return Map.copyOf(outcomes);
  }

  /** How late they began, also downloads, since the start. */
  public Lateness lateness() {
    return lateness;
  }

  /** How many downloads ended how since the start. */
  public Map<Outcome, Long> downloads() {
    return Map.copyOf(downloads);
  }

  /** How much they brought. */
  public long downloadedBytes() {
    return downloadedBytes;
  }

  /** How often a failing target was kept up because too many went down at once. */
  public long keptUp() {
    return brake.held();
  }

  /** Every target with what is known of it and how old that is, for people. */
  public Map<String, Object> status() {
    Map<String, Object> tree = new TreeMap<>();
    for (ProbeTarget target : plan.intervals().keySet()) {
      tree.put(
          target.toString(),
          TargetStatus.of(scoreboard.of(target), scoreboard.observed(target), timeline.now()));
    }
    return tree;
  }

  /** How the last failed probes of a target ended, oldest first. */
  public List<Failure> failures(ProbeTarget target) {
    return scoreboard.observed(target).failures();
  }

  /** Writes what is known under the name of a place. */
  public void save(String place, SavedEstimates saved) {
    saved.save(List.of(new PlaceEstimates(place, states())));
  }

  /** Takes back what was kept; to be called before the first {@link #follow}. */
  public void restore(SavedEstimates saved) {
    saved.load().forEach(estimates -> scoreboard.restore(estimates.states()));
  }

  /** Ends all probing. */
  @Override
  public void close() {
    scheduler.close();
  }
}
