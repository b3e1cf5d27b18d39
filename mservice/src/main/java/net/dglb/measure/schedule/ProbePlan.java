package net.dglb.measure.schedule;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;

/**
 * What is to be probed: a function of the services that a node has. Services that share a target
 * share its probes.
 *
 * @param terms per target
 */
public record ProbePlan(Map<ProbeTarget, Terms> terms) {

  /** Nothing is to be probed. */
  public static final ProbePlan EMPTY = new ProbePlan(Map.of());

  /**
   * How one target is probed and averaged.
   *
   * @param interval from one probe to the next
   * @param timeConstant of the averages
   */
  public record Terms(Duration interval, Duration timeConstant) {

    private Terms notMoreOftenThan(Duration least) {
      return interval.compareTo(least) >= 0 ? this : new Terms(least, timeConstant);
    }

    /** What satisfies both: the slower probing, the quicker average. */
    Terms and(Terms other) {
      return new Terms(
          interval.compareTo(other.interval) >= 0 ? interval : other.interval,
          timeConstant.compareTo(other.timeConstant) <= 0 ? timeConstant : other.timeConstant);
    }
  }

  /** Copies the map. */
  public ProbePlan {
    terms = Map.copyOf(terms);
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
    Map<ProbeTarget, Terms> terms = new HashMap<>();
    for (Service service : services) {
      Duration timeConstant = service.policy().timeConstant();
      for (Site site : service.sites()) {
        Terms own = new Terms(interval(service, site, probers.applyAsInt(service)), timeConstant);
        site.addresses()
            .forEach(
                address -> terms.merge(new ProbeTarget(address, service.check()), own, Terms::and));
      }
    }
    Set<ProbeTarget> asked = new HashSet<>();
    services.stream().filter(idle.negate()).flatMap(Service::targets).forEach(asked::add);
    terms.replaceAll(
        (target, it) -> asked.contains(target) ? it : it.notMoreOftenThan(idleInterval));
    return new ProbePlan(terms);
  }

  private static Duration interval(Service service, Site site, int probers) {
    Duration interval = service.check().interval();
    if (service.probeCapPerSecond() == 0) {
      return interval;
    }
    double seconds = probers * site.addresses().size() / service.probeCapPerSecond();
    Duration capped = Duration.ofMillis((long) Math.ceil(Math.min(seconds, 1e9) * 1000));
    return capped.compareTo(interval) > 0 ? capped : interval;
  }
}
