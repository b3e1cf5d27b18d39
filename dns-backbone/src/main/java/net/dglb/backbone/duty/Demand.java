package net.dglb.backbone.duty;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Mode;
import net.dglb.service.Service;
import net.dglb.time.Timeline;

/**
 * What resolvers ask for: has load balancers measure it. They get its labels; and those whom no
 * question reaches, since this node answers from what they measure, are told now and then what it
 * was asked for. Lives on the control thread.
 */
public final class Demand {

  /** A load balancer is told no more often. */
  static final Duration PAUSE = Duration.ofMinutes(2);

  /** What one load balancer is to be told, and when it was told something last. */
  private static final class Untold {

    private final Set<DomainName> services = new HashSet<>();
    private Optional<Long> toldAtNanos = Optional.empty();
  }

  private final Duties duties;
  private final BiPredicate<String, Set<DomainName>> outbox;
  private final Timeline timeline;
  private final Map<String, Untold> untold = new HashMap<>();
  private LoadBalancersAround around = new LoadBalancersAround(Set.of());
  private Set<String> known = Set.of();
  private Set<DomainName> direct = Set.of();

  /**
   * Nobody has asked yet.
   *
   * @param outbox tells a load balancer of services; false if there is no session with it
   */
  public Demand(Duties duties, BiPredicate<String, Set<DomainName>> outbox, Timeline timeline) {
    this.duties = duties;
    this.outbox = outbox;
    this.timeline = timeline;
  }

  /** Takes the load balancers and zones as they are now; after {@link Duties#world}. */
  public void world(Collection<LoadBalancer> all, Collection<EnterpriseZone> zones) {
    around = new LoadBalancersAround(all);
    known =
        all.stream()
            .filter(it -> !it.isBackbone() && !it.withdrawn())
            .map(LoadBalancer::id)
            .collect(Collectors.toSet());
    direct =
        zones.stream()
            .flatMap(zone -> zone.services().stream())
            .filter(service -> service.mode() == Mode.DIRECT)
            .map(Service::name)
            .collect(Collectors.toSet());
    untold.keySet().retainAll(known);
  }

  /**
   * A resolver asked for a service, or for its label, that belongs to a load balancer.
   *
   * @return whether the label is new
   */
  public boolean asked(DomainName service, String loadBalancer) {
    if (direct.contains(service) && known.contains(loadBalancer)) {
      tellLater(loadBalancer, service);
    }
    return duties.demand(service, loadBalancer);
  }

  /**
   * A resolver asked for a service that stands where nobody measures.
   *
   * @return whether any label is new
   */
  public boolean asked(Service service, Location place) {
    boolean found = false;
    if (service.answersUnannounced()) {
      for (String id : around.of(place)) {
        found |= tellLater(id, service.name()) && duties.demand(service.name(), id);
      }
    }
    return found;
  }

  private boolean tellLater(String loadBalancer, DomainName service) {
    return untold.computeIfAbsent(loadBalancer, _ -> new Untold()).services.add(service);
  }

  /** Tells every load balancer whose time has come; called now and then. */
  public void tell() {
    long now = timeline.nanoTime();
    untold.forEach((id, each) -> {
      boolean due = each.toldAtNanos.map(told -> now - told >= PAUSE.toNanos()).orElse(true);
      if (due && !each.services.isEmpty() && outbox.test(id, Set.copyOf(each.services))) {
        each.services.clear();
        each.toldAtNanos = Optional.of(now);
      }
    });
  }
}
