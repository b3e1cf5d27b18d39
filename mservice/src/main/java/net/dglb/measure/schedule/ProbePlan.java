package net.dglb.measure.schedule;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import net.dglb.decision.Estimate;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;

/**
 * What is to be probed: a function of the services that a node has. Services that share an address
 * and a check share the probes, at the shortest interval that one of them asks for: a service's cap
 * counts for the probes that it would cause alone. Services that differ in the time constant have
 * targets of their own, with the same probes.
 *
 * @param intervals that are asked for, per target: the same for those that share probes
 * @param leasts how far apart caps and missing demand keep them at least, also while health turns;
 *     none where nothing does
 * @param slowdown how many times as long all of them are in effect, 1 and up: above 1 where they
 *     ask for more probes per second than the node may make
 */
public record ProbePlan(
    Map<ProbeTarget, Duration> intervals, Map<ProbeTarget, Duration> leasts, double slowdown) {

  /**
   * How many times as often a target is probed while its health turns, where nothing forbids it.
   */
  private static final int RETRIES_PER_INTERVAL = 5;

  /** Nothing is to be probed. */
  public static final ProbePlan EMPTY = new ProbePlan(Map.of());

  /**
   * How the probes of one address and check follow each other.
   *
   * @param interval in effect
   * @param retry the same while health turns: a fifth of it, or as much longer as caps and missing
   *     demand have it
   */
  record Pace(Duration interval, Duration retry) {}

  /** Copies the maps. */
  public ProbePlan {
    intervals = Map.copyOf(intervals);
    leasts = Map.copyOf(leasts);
  }

  /** A plan that the node keeps to as it is, without caps. */
  public ProbePlan(Map<ProbeTarget, Duration> intervals) {
    this(intervals, Map.of(), 1);
  }

  /** The plan for these services; a service's cap on probes stretches the interval. */
  public static ProbePlan of(Collection<Service> services) {
    return of(services, _ -> 1, _ -> false, Duration.ZERO);
  }

  /**
   * The same where others probe as well, and nobody asks for some of the services.
   *
   * @param probers how many nodes probe a service's sites, this one among them: the service's cap
   *     is divided among them
   * @param idle for which of them
   * @param idleInterval how often targets are probed at most that only those have
   */
  public static ProbePlan of(
      Collection<Service> services,
      ToIntFunction<Service> probers,
      Predicate<Service> idle,
      Duration idleInterval) {
    Map<ProbeTarget, Duration> leasts = new HashMap<>();
    Map<ProbeTarget, Duration> intervals = new HashMap<>();
    for (Service service : services) {
      Duration idlest = idle.test(service) ? idleInterval : Duration.ZERO;
      for (Site site : service.sites()) {
        Duration least = longer(capped(service, site, probers.applyAsInt(service)), idlest);
        for (InetAddress address : site.addresses()) {
          ProbeTarget target = service.target(address);
          intervals.put(target, target.check().interval());
          leasts.merge(target.probed(), least, ProbePlan::shorter);
        }
      }
    }
    intervals.replaceAll((target, own) -> longer(own, least(leasts, target)));
    return new ProbePlan(intervals, leasts, 1);
  }

  private static Duration least(Map<ProbeTarget, Duration> leasts, ProbeTarget target) {
    return leasts.getOrDefault(target.probed(), Duration.ZERO);
  }

  /** How far apart a service's cap keeps the probes of an address of a site by each who probes. */
  private static Duration capped(Service service, Site site, int probers) {
    if (service.probeCapPerSecond() == 0) {
      return Duration.ZERO;
    }
    double seconds = probers * site.addresses().size() / service.probeCapPerSecond();
    double most = Estimate.MAX_INTERVAL.toSeconds();
    return Duration.ofMillis((long) Math.ceil(Math.min(seconds, most) * 1000));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /**
   * The same by a node that makes so many probes per second at most, however many are asked for.
   */
  public ProbePlan within(int maxPerSecond) {
    double asked =
        probed().values().stream().mapToDouble(it -> 1e9 / it.toNanos()).sum() / maxPerSecond;
    return slowedBy(Math.max(1, asked));
  }

  /** The same by a node that makes all probes so many times as rarely, 1 and up. */
  public ProbePlan slowedBy(double times) {
    return new ProbePlan(intervals, leasts, times);
  }

  /** From one probe to the next, in effect. */
  public Duration interval(ProbeTarget target) {
    return slowed(Objects.requireNonNull(intervals.get(target)));
  }

  /**
   * Of the averages of a target, in effect: as many probes count as by the check's interval,
   * however far they are apart.
   */
  public Duration timeConstant(ProbeTarget target) {
    double stretch = interval(target).toNanos() / (double) target.check().interval().toNanos();
    return Duration.ofNanos(Math.round(target.timeConstant().toNanos() * Math.max(1, stretch)));
  }

  /** By what is probed. */
  Map<ProbeTarget, Pace> paces() {
    Map<ProbeTarget, Pace> paces = new HashMap<>();
    probed()
        .forEach((target, asked) ->
            paces.put(target, new Pace(slowed(asked), slowed(retry(target, asked)))));
    return paces;
  }

  private Duration retry(ProbeTarget target, Duration asked) {
    return longer(asked.dividedBy(RETRIES_PER_INTERVAL), least(leasts, target));
  }

  private Map<ProbeTarget, Duration> probed() {
    Map<ProbeTarget, Duration> probed = new HashMap<>();
    intervals.forEach((target, asked) -> probed.put(target.probed(), asked));
    return probed;
  }

  private Duration slowed(Duration asked) {
    Duration slowed = Duration.ofNanos(Math.round(asked.toNanos() * slowdown));
    return shorter(slowed, Estimate.MAX_INTERVAL);
  }
}
