package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.dns.share.ObservedAnswers;
import net.dglb.dns.share.SiteShare;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.service.Policy;
import net.dglb.service.Service;

/**
 * What part of this node's own answers each site is to get: of each service the mean over all
 * places that have a ranking, as much for each. Lives on the control thread.
 */
final class PlaceShares {

  private final Map<DomainName, List<List<LabelRankings.Best>>> places = new HashMap<>();

  /**
   * Takes what is answered at one more place.
   *
   * @param best for IPv4, then for IPv6
   */
  void add(Service service, List<LabelRankings.Best> best) {
    if (service.policy() instanceof Policy.Chain) { // no other gives different answers
      places.computeIfAbsent(service.name(), _ -> new ArrayList<>()).add(best);
    }
  }

  /** The parts of all sites of services that do not give everybody the same. */
  List<SiteShare> of(ObservedAnswers observed) {
    List<SiteShare> shares = new ArrayList<>();
    places.values().removeIf(PlaceShares::isSameForAll);
    new TreeMap<>(places)
        .forEach((service, of) ->
            shares.addAll(SiteShare.of(service, byFamily(of), observed.counts(service))));
    return shares;
  }

  private static boolean isSameForAll(List<List<LabelRankings.Best>> places) {
    for (List<LabelRankings.Best> place : places) {
      for (LabelRankings.Best best : place) {
        if (!best.answers().isSameForAll()) {
          return false;
        }
      }
    }
    return true;
  }

  private static Map<AddressFamily, List<Map<String, Double>>> byFamily(
      List<List<LabelRankings.Best>> places) {
    return Map.of(
        AddressFamily.IPV4,
        places.stream().map(it -> it.getFirst().shares()).toList(),
        AddressFamily.IPV6,
        places.stream().map(it -> it.getLast().shares()).toList());
  }
}
