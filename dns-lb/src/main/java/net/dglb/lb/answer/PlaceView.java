package net.dglb.lb.answer;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.dglb.decision.Estimates;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.net.AddressFamily;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;

/**
 * The estimates that count for a label with one address family: whose, and corrected by what.
 *
 * @param family of the addresses
 * @param estimates what is known of them
 * @param completedAt ids of the places at which the other family stands in for this one
 */
record PlaceView(AddressFamily family, Estimates estimates, List<String> completedAt) {

  /**
   * Where nothing is known of one family, or nothing of it works from here while the other does, a
   * site's other family stands in for it: that says more about the path from here, for example
   * because this load balancer has no address of the family, than about the sites.
   *
   * @param place where this is known
   */
  static PlaceView completed(
      Service service, AddressFamily family, String place, Estimates estimates) {
    AddressFamily other = family.other();
    boolean useless = targets(service, family).stream().noneMatch(it -> isUseful(estimates.of(it)));
    boolean otherWorks =
        targets(service, other).stream().anyMatch(it -> isUseful(estimates.of(it)));
    if (!useless || !otherWorks) {
      return new PlaceView(family, estimates, List.of());
    }
    Map<InetAddress, InetAddress> standIns = new HashMap<>();
    for (Site site : service.sites()) {
      Optional<InetAddress> standIn = site.addresses(other).stream().findFirst();
      standIn.ifPresent(address -> site.addresses(family).forEach(it -> standIns.put(it, address)));
    }
    return new PlaceView(
        family,
        target ->
            estimates.of(service.target(standIns.getOrDefault(target.address(), target.address()))),
        standIns.isEmpty() ? List.of() : List.of(place));
  }

  /**
   * The same with this load balancer's own health checks laid over it: a site that is down here is
   * down, unless every site is, which says more about here than about the sites. Once the place is
   * silent its word on health is replaced by what is known here.
   *
   * @param own what is known here
   * @param silent whether the place has not been heard for too long
   */
  PlaceView corrected(Service service, PlaceView own, boolean silent) {
    boolean everythingIsDownHere =
        targets(service, family).stream()
            .allMatch(target -> own.estimates.of(target).health() == Health.DOWN);
    Estimates corrected =
        target -> {
          SiteState there = estimates.of(target);
          Health here = own.estimates.of(target).health();
          boolean counts = !everythingIsDownHere && here != Health.UNKNOWN;
          if (counts && (here == Health.DOWN || silent || there.health() == Health.UNKNOWN)) {
            return there.withHealth(here);
          }
          return there;
        };
    return new PlaceView(
        family, corrected, Stream.concat(completedAt.stream(), own.completedAt.stream()).toList());
  }

  private static boolean isUseful(SiteState state) {
    return state.health() == Health.UP
        || (state.health() == Health.UNKNOWN && state.estimate().isPresent());
  }

  private static List<ProbeTarget> targets(Service service, AddressFamily family) {
    return service
        .targets()
        .filter(target -> AddressFamily.of(target.address()) == family)
        .toList();
  }
}
