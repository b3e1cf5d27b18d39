package net.dglb.backbone.refer;

import java.util.List;
import java.util.function.BiConsumer;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.Service;

/**
 * One compilation: the zones of the main address and of the label address. Immutable but for marks.
 */
public final class Referrals {

  private final List<ReferralZone> zones;
  private final List<LabelAnswers> labelZones;
  private final DemandMarks demand;
  private final List<DomainName> services;
  private final List<String> loadBalancers;
  private final PlaceMarks places;

  Referrals(
      List<ReferralZone> zones,
      List<LabelAnswers> labelZones,
      DemandMarks demand,
      List<DomainName> services,
      List<String> loadBalancers,
      PlaceMarks places) {
    this.zones = zones;
    this.labelZones = labelZones;
    this.demand = demand;
    this.services = services;
    this.loadBalancers = loadBalancers;
    this.places = places;
  }

  /** Nothing is served. */
  public static Referrals none() {
    return new Referrals(
        List.of(), List.of(), new DemandMarks(0), List.of(), List.of(), PlaceMarks.none());
  }

  /** Whether the marks of these would stand where they stand here. */
  boolean isOf(List<DomainName> otherServices, List<String> otherLoadBalancers) {
    return services.equals(otherServices) && loadBalancers.equals(otherLoadBalancers);
  }

  /** Where the DNS threads mark what is asked for. */
  DemandMarks demand() {
    return demand;
  }

  /** For the main address. */
  public List<ReferralZone> zones() {
    return zones;
  }

  /** For the label address. */
  public List<LabelAnswers> labelZones() {
    return labelZones;
  }

  /** Gives every (service, load balancer) that resolvers asked for since the last call. */
  public void collectDemand(BiConsumer<DomainName, String> consumer) {
    demand.collect(bit ->
        consumer.accept(
            services.get(bit / loadBalancers.size()),
            loadBalancers.get(bit % loadBalancers.size())));
  }

  /** Gives every place where nobody measures that resolvers asked from since the last call. */
  public void collectPlaces(BiConsumer<Service, Location> consumer) {
    places.collect(consumer);
  }
}
