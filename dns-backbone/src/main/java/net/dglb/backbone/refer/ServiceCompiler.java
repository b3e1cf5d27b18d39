package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.duty.ServedLabel;
import net.dglb.backbone.secure.SecureLabel;
import net.dglb.decision.Place;
import net.dglb.net.DomainName;
import net.dglb.service.Mode;
import net.dglb.service.Service;

/** Makes the services' parts of one compilation. */
final class ServiceCompiler {

  private final List<LoadBalancer> loadBalancers;
  private final LabelTable labels;
  private final LabelRankings rankings;
  private final ReferSettings settings;
  private final DemandMarks demand;
  private final Instant now;
  private final NameServerSets sets;
  private final Distances distances;
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final Map<DomainName, List<ServedLabel>> served = new HashMap<>();
  private final List<ServicePart> known;
  private int next;

  /**
   * Begins a compilation.
   *
   * @param labelPlaces where the load balancers stand
   * @param known all parts of the last compilation in their order, if it had the same marks
   */
  ServiceCompiler(
      List<LoadBalancer> loadBalancers,
      LabelPlaces labelPlaces,
      LabelTable labels,
      NameServerSets sets,
      Collection<ServedLabel> served,
      LabelRankings rankings,
      ReferSettings settings,
      DemandMarks demand,
      List<ServicePart> known,
      Instant now) {
    this.loadBalancers = loadBalancers;
    this.labels = labels;
    this.rankings = rankings;
    this.settings = settings;
    this.demand = demand;
    this.known = known;
    this.now = now;
    this.sets = sets;
    this.distances = new Distances(labelPlaces);
    loadBalancers.forEach(lb -> ordinals.put(lb.id(), lb.ordinal()));
    served.forEach(
        label -> this.served.computeIfAbsent(label.service(), _ -> new ArrayList<>()).add(label));
  }

  /**
   * Compiles the next service in the order of the marks; a known part that is the same stays.
   *
   * @param secure what is signed of its labels; nothing if its zone is not signed
   * @param atPlaces for resolvers beside whom nobody measures
   */
  ServicePart compile(Service service, Map<String, SecureLabel> secure, PlacePart atPlaces) {
    int referral = (int) service.ttls().referral().toSeconds();
    int shortTtl = Math.min(referral, settings.shortTtlSeconds());
    LabelPart[] parts =
        rankings
            .firstAnswers(service)
            .parts(distances, sets.of(List.of(LabelTable.BACKBONE), shortTtl));
    for (ServedLabel label : served.getOrDefault(service.name(), List.of())) {
      Integer ordinal = ordinals.get(label.label());
      if (ordinal != null) {
        parts[ordinal] = part(service, label, loadBalancers.get(ordinal), referral, shortTtl);
      }
    }
    secure.forEach((label, signed) -> {
      Integer ordinal = ordinals.get(label);
      if (ordinal != null) {
        parts[ordinal] = parts[ordinal].with(signed, referral, now);
      }
    });
    boolean direct = service.mode() == Mode.DIRECT;
    AddressTypes types = AddressTypes.of(service);
    int number = next++;
    if (number < known.size()
        && known.get(number).isOf(direct, types, referral, shortTtl, parts, atPlaces)) {
      return known.get(number);
    }
    return new ServicePart(
        direct, types, referral, shortTtl, parts, number * labels.size(), demand, atPlaces);
  }

  private LabelPart part(
      Service service, ServedLabel label, LoadBalancer loadBalancer, int referral, int shortTtl) {
    List<Integer> holders = new ArrayList<>();
    for (String holder : label.holders()) {
      Integer ordinal = ordinals.get(holder);
      if (ordinal != null && isNamed(loadBalancers.get(ordinal))) {
        holders.add(ordinal);
      }
    }
    int ttl = holders.isEmpty() ? shortTtl : referral;
    if (holders.size() < NameServerSet.ENOUGH) {
      holders.add(LabelTable.BACKBONE);
    }
    Place place = new Place(label.label(), loadBalancer.location());
    return new LabelPart(
        true,
        label.measured(),
        loadBalancer.inService(),
        sets.of(holders, ttl),
        rankings.addresses(service, place, now),
        null,
        null);
  }

  /** One that is only presumed to live keeps its label, but label addresses answer meanwhile. */
  private static boolean isNamed(LoadBalancer holder) {
    return holder.heard() && !holder.addresses().isEmpty();
  }
}
