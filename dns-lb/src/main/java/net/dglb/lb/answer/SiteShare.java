package net.dglb.lb.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.decision.Answers;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;

/**
 * A site's part of a service whose policy does not give everybody the same.
 *
 * @param service the balanced name
 * @param site its id
 * @param decided share of the prefixes or turns in which it comes first, 0 to 1, by family, but for
 *     those for whom a site is set by prefix
 * @param observed answers of both families that began with it, since the start
 */
public record SiteShare(
    DomainName service, String site, Map<AddressFamily, Double> decided, long observed) {

  /** Copies the map. */
  public SiteShare {
    decided = Map.copyOf(decided);
  }

  static List<SiteShare> of(DomainName service, LabelZone zone, Map<String, Long> observed) {
    Map<String, Map<AddressFamily, Double>> decided = new TreeMap<>();
    add(AddressFamily.IPV4, zone.ipv4(), decided);
    add(AddressFamily.IPV6, zone.ipv6(), decided);
    List<SiteShare> shares = new ArrayList<>();
    decided.forEach((site, share) ->
        shares.add(new SiteShare(service, site, share, observed.getOrDefault(site, 0L))));
    return shares;
  }

  private static void add(
      AddressFamily family, Answers answers, Map<String, Map<AddressFamily, Double>> decided) {
    answers
        .shares()
        .forEach((site, share) -> {
          if (!site.isEmpty()) {
            decided.computeIfAbsent(site, _ -> new TreeMap<>()).put(family, share);
          }
        });
  }
}
