package net.dglb.decision.path;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.dglb.decision.AdminStates;
import net.dglb.decision.Basis;
import net.dglb.decision.Estimate;
import net.dglb.decision.Estimates;
import net.dglb.decision.Place;
import net.dglb.decision.Ranker;
import net.dglb.decision.Ranking;
import net.dglb.decision.SiteState;
import net.dglb.net.AddressFamily;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;

/**
 * Ranks the sites of a service for a place where nobody measures, by the service's own policy: the
 * estimate stands in for the latency, everything else is what is known around. Pure.
 */
public final class EstimatedRanker {

  private EstimatedRanker() {}

  /**
   * Ranks every (site, address) of one family.
   *
   * @param place with its estimate; costs count as seen from the load balancer nearest to it
   * @param around what the load balancers around it know
   * @param admin what operators say of sites
   * @param previous the ranking that is answered there now, if any
   */
  public static Ranking rank(
      Service service,
      AddressFamily family,
      EstimatedPlace place,
      StatesAround around,
      AdminStates admin,
      Optional<Ranking> previous) {
    Ranking ranking =
        Ranker.rank(
            service,
            family,
            place(place),
            estimates(service, family, place, around),
            admin,
            previous,
            place.at());
    return ranking.basis() == Basis.MEASURED && ranking.best().isPresent()
        ? new Ranking(
            ranking.service(), ranking.family(), ranking.order(), Basis.ESTIMATED, ranking.spread())
        : ranking;
  }

  /** The place that costs and distances count for. */
  public static Place place(EstimatedPlace estimated) {
    String nearest = estimated.around().stream().findFirst().orElse("");
    return new Place(nearest, Optional.of(estimated.location()));
  }

  private static Estimates estimates(
      Service service, AddressFamily family, EstimatedPlace place, StatesAround around) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    for (Site site : service.sites()) {
      Optional<Double> millis = Optional.ofNullable(place.millis().get(site.id()));
      for (InetAddress address : site.addresses(family)) {
        ProbeTarget target = service.target(address);
        states.put(target, state(around.of(target), millis, place));
      }
    }
    return target -> states.getOrDefault(target, SiteState.UNKNOWN);
  }

  private static SiteState state(SiteState known, Optional<Double> millis, EstimatedPlace place) {
    return new SiteState(
        millis.map(it -> estimate(it, known.estimate(), place)),
        known.health(),
        false,
        known.changing());
  }

  private static Estimate estimate(double millis, Optional<Estimate> known, EstimatedPlace place) {
    return known
        .map(it ->
            new Estimate(
                millis,
                it.loss(),
                it.jitterMillis(),
                it.samples(),
                place.at(),
                it.load(),
                it.bytesPerSecond(),
                it.interval()))
        .orElseGet(() -> new Estimate(millis, 0, 1, place.at()));
  }
}
