package net.dglb.lb.answer;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.decision.Estimates;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.net.AddressFamily;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;

/** The estimates that count for a label: whose, and corrected by what. */
final class PlaceView {

  private PlaceView() {}

  /**
   * A place's estimates with this load balancer's own health checks laid over them: a site that is
   * down here is down, unless every site is, which says more about here than about the sites. Once
   * the place is silent its word on health is replaced by what is known here.
   *
   * @param silent whether the place has not been heard for too long
   */
  static Estimates corrected(
      Service service, AddressFamily family, Estimates place, Estimates own, boolean silent) {
    List<ProbeTarget> targets = targets(service, family);
    boolean everythingIsDownHere =
        targets.stream().allMatch(target -> own.of(target).health() == Health.DOWN);
    return target -> {
      SiteState there = place.of(target);
      Health here = own.of(target).health();
      boolean counts = !everythingIsDownHere && here != Health.UNKNOWN;
      if (counts && (here == Health.DOWN || silent || there.health() == Health.UNKNOWN)) {
        return there.withHealth(here);
      }
      return there;
    };
  }

  /**
   * Where nothing is known of one family, or nothing of it works from here while the other does, a
   * site's other family stands in for it: that says more about the path from here, for example
   * because this load balancer has no address of the family, than about the sites.
   */
  static Estimates completed(Service service, AddressFamily family, Estimates estimates) {
    AddressFamily other = family == AddressFamily.IPV4 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    boolean useless = targets(service, family).stream().noneMatch(it -> isUseful(estimates.of(it)));
    boolean otherWorks =
        targets(service, other).stream().anyMatch(it -> isUseful(estimates.of(it)));
    if (!useless || !otherWorks) {
      return estimates;
    }
    Map<InetAddress, InetAddress> standIns = new HashMap<>();
    for (Site site : service.sites()) {
      Optional<InetAddress> standIn = site.addresses(other).stream().findFirst();
      standIn.ifPresent(address -> site.addresses(family).forEach(it -> standIns.put(it, address)));
    }
    return target ->
        estimates.of(service.target(standIns.getOrDefault(target.address(), target.address())));
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
