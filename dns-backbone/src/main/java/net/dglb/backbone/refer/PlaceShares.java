package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.decision.Answers;
import net.dglb.dns.share.ObservedAnswers;
import net.dglb.dns.share.SiteShare;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;

/**
 * What part of this node's own answers each site is to get: of each service the mean over all
 * places that have a ranking, as much for each. Lives on the control thread.
 */
final class PlaceShares {

  private final Map<DomainName, List<List<LabelRankings.Best>>> places = new TreeMap<>();

  /**
   * Takes what is answered at one more place.
   *
   * @param best for IPv4, then for IPv6
   */
  void add(DomainName service, List<LabelRankings.Best> best) {
    places.computeIfAbsent(service, _ -> new ArrayList<>()).add(best);
  }

  /** The parts of all sites of services that do not give everybody the same. */
  List<SiteShare> of(ObservedAnswers observed) {
    List<SiteShare> shares = new ArrayList<>();
    places.forEach((service, of) -> {
      if (of.stream().flatMap(List::stream).anyMatch(it -> !it.answers().isSameForAll())) {
        shares.addAll(SiteShare.of(service, byFamily(of), observed.counts(service)));
      }
    });
    return shares;
  }

  private static Map<AddressFamily, List<Answers>> byFamily(List<List<LabelRankings.Best>> places) {
    return Map.of(
        AddressFamily.IPV4,
        places.stream().map(it -> it.getFirst().answers()).toList(),
        AddressFamily.IPV6,
        places.stream().map(it -> it.getLast().answers()).toList());
  }
}
