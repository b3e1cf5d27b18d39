package net.dglb.bench.decisions;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import net.dglb.decision.Basis;
import net.dglb.decision.Health;
import net.dglb.decision.Place;
import net.dglb.decision.Ranker;
import net.dglb.decision.Ranking;
import net.dglb.decision.SiteState;
import net.dglb.decision.path.VantagePoint;
import net.dglb.measure.estimate.Scoreboard;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.schedule.ProbePlan;
import net.dglb.measure.schedule.ProbeScheduler;
import net.dglb.measure.schedule.ScheduleSettings;
import net.dglb.net.AddressFamily;
import net.dglb.service.ProbeTarget;
import net.dglb.time.VirtualTimeline;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer in one city: the real schedule, estimates, health and ranking over simulated
 * probes. Counts how often its answer changes, and how often without need: the site that was
 * answered works, and the new one is not truly better by a millisecond.
 */
final class SimulatedLoadBalancer {

  private final Internet internet;
  private final int city;
  private final SimulatedService service;
  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final Scoreboard scoreboard = new Scoreboard();
  private final Place place;
  private @Nullable Ranking ranking;
  private final AnswerChanges changes;
  private final DoubleStream.Builder outageSeenSeconds = DoubleStream.builder();

  SimulatedLoadBalancer(
      Internet internet, int city, SimulatedService service, SplittableRandom random) {
    this.internet = internet;
    this.city = city;
    this.service = service;
    changes = new AnswerChanges(internet, city);
    place = new Place("lb-" + city, Optional.of(internet.matrix().location(city)));
    ProbePlan plan = ProbePlan.of(List.of(service.service()));
    scoreboard.follow(plan);
    for (ProbeTarget target : service.targets()) {
      probe(target, plan, random.split());
    }
  }

  /** A schedule per site: chance must not depend on the order in which a map lists the sites. */
  private void probe(ProbeTarget target, ProbePlan plan, SplittableRandom random) {
    ProbeScheduler scheduler =
        new ProbeScheduler(
            new SimulatedProber(internet, city, service, timeline, random.split()),
            timeline,
            random.split(),
            ScheduleSettings.DEFAULT,
            this::measured);
    Map<ProbeTarget, Duration> intervals = new HashMap<>(plan.intervals());
    intervals.keySet().retainAll(Set.of(target));
    scheduler.follow(new ProbePlan(intervals, plan.leasts(), plan.slowdown()));
  }

  void advance(Duration by) {
    timeline.advance(by);
  }

  private void measured(Measurement measurement) {
    scoreboard.accept(measurement);
    int before = answer();
    ranking =
        Ranker.rank(
            service.service(),
            AddressFamily.IPV4,
            place,
            scoreboard,
            Optional.ofNullable(ranking).filter(it -> it.basis() != Basis.UNMEASURED),
            timeline.now());
    if (before >= 0 && answer() != before) {
      count(before, answer());
    }
  }

  private void count(int before, int after) {
    long now = timeline.nanoTime();
    changes.count(before, after, now);
    internet.outSince(before, now).ifPresent(since -> outageSeenSeconds.add((now - since) / 1e9));
  }

  /** The number of the site that is answered now; -1 before the first measurement. */
  int answer() {
    return ranking == null
        ? -1
        : ranking.best().map(it -> SimulatedService.number(it.siteId())).orElse(-1);
  }

  int changes() {
    return changes.all();
  }

  int needlessChanges() {
    return changes.needless();
  }

  /** How long after the beginning of each outage its site was no longer answered. */
  DoubleStream outageSeenSeconds() {
    return outageSeenSeconds.build();
  }

  int city() {
    return city;
  }

  String id() {
    return place.id();
  }

  boolean holdsDown(int site) {
    return scoreboard.of(service.targets().get(site)).health() == Health.DOWN;
  }

  /** What it reports to the backbone of each target. */
  Map<ProbeTarget, SiteState> known() {
    Map<ProbeTarget, SiteState> known = new HashMap<>();
    service.targets().forEach(target -> known.put(target, scoreboard.of(target)));
    return known;
  }

  /** What it would report now. */
  VantagePoint vantagePoint() {
    Map<String, Double> latencies = new HashMap<>();
    for (int site = 0; site < service.targets().size(); site++) {
      SiteState state = scoreboard.of(service.targets().get(site));
      String id = SimulatedService.id(site);
      if (state.health() != Health.DOWN) {
        state.estimate().ifPresent(estimate -> latencies.put(id, estimate.latencyMillis()));
      }
    }
    return new VantagePoint(id(), internet.matrix().location(city), latencies);
  }
}
