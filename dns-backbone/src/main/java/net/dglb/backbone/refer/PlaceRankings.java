package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.PlaceTable;
import net.dglb.backbone.index.Places;
import net.dglb.backbone.index.ServiceSet;
import net.dglb.decision.Estimates;
import net.dglb.decision.path.EstimatedPlace;
import net.dglb.dns.zone.AddressSets;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.Service;

/**
 * What services answer at places where nobody measures, as far as they answer there by themselves.
 * Lives on the control thread.
 */
final class PlaceRankings {

  /**
   * The most candidates that are remembered over all services and places; about 150 octets each. At
   * places beyond that resolvers are referred.
   */
  static final int MOST_CANDIDATES = 1_000_000;

  private final EstimatedPlaces estimated;
  private final LabelRankings rankings;
  private Map<DomainName, EstimatedAnswers> last = new HashMap<>();
  private Map<DomainName, EstimatedAnswers> next = new HashMap<>();
  private final Map<String, Estimates> inService = new HashMap<>();
  private int room = MOST_CANDIDATES;

  PlaceRankings(EstimatedPlaces estimated, LabelRankings rankings) {
    this.estimated = estimated;
    this.rankings = rankings;
  }

  /** Takes the load balancers of now. */
  void begin(List<LoadBalancer> loadBalancers) {
    inService.clear();
    loadBalancers.stream()
        .filter(it -> it.inService() && !it.isBackbone())
        .forEach(it -> inService.put(it.id(), rankings.estimates(it.id())));
    room = MOST_CANDIDATES;
  }

  /** What a service answers, by place; the same object while nothing changes. */
  PlaceTable<AddressSets> answers(Service service, Places places, Instant now) {
    EstimatedAnswers known = last.get(service.name());
    EstimatedAnswers answers =
        known != null && known.isOf(service)
            ? known
            : new EstimatedAnswers(service, rankings, id -> Optional.ofNullable(inService.get(id)));
    next.put(service.name(), answers);
    List<EstimatedPlace> sites = estimated.sites(ServiceSet.of(service));
    int candidates = (int) Math.max(1, service.targets().count());
    int most = room / candidates;
    room -= Math.min(most, sites.size()) * candidates;
    return answers.table(sites, most, places, now);
  }

  /** Tells what is answered at each place. */
  void collect(PlaceShares shares) {
    last.values().forEach(it -> it.collect(shares));
  }

  /** What is answered for a service at a place with one family, and why. */
  Optional<PlaceAnswer> explain(
      Service service, AddressFamily family, Location place, Set<String> without) {
    return Optional.ofNullable(last.get(service.name()))
        .filter(it -> it.isOf(service))
        .flatMap(it -> it.explain(family, place, without));
  }

  /**
   * Whether a place would be answered otherwise, were a service as told; nothing is remembered.
   *
   * @param after the same name
   */
  boolean isAnsweredOtherwise(Service before, Service after, Location place, Instant now) {
    EstimatedAnswers known = last.get(before.name());
    return known == null || known.isAnsweredOtherwise(after, place, now);
  }

  /** Forgets services that were not asked for since the last call. */
  void forgetUnused() {
    last = next;
    next = new HashMap<>();
  }
}
