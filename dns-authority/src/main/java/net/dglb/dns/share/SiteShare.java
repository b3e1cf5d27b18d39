package net.dglb.dns.share;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;

/**
 * A site's part of a service whose policy does not give everybody the same.
 *
 * @param service the balanced name
 * @param site its id
 * @param decided share of the prefixes or turns in which it comes first, 0 to 1, by family, but for
 *     those for whom a site is set by prefix; the mean over all places that count
 * @param observed answers of both families that began with it, since the start
 */
public record SiteShare(
    DomainName service, String site, Map<AddressFamily, Double> decided, long observed) {

  /** Copies the map. */
  public SiteShare {
    decided = Map.copyOf(decided);
  }

  /**
   * The parts of a service's sites, in the order of their ids.
   *
   * @param places the share of the answers by site, of each family at every place that counts; what
   *     was decided is the mean over them
   * @param observed answers by site, since the start
   */
  public static List<SiteShare> of(
      DomainName service,
      Map<AddressFamily, List<Map<String, Double>>> places,
      Map<String, Long> observed) {
    Map<String, Map<AddressFamily, Double>> decided = new TreeMap<>();
    places.forEach((family, shares) -> add(family, shares, decided));
    List<SiteShare> shares = new ArrayList<>();
    decided.forEach((site, share) ->
        shares.add(new SiteShare(service, site, share, observed.getOrDefault(site, 0L))));
    return shares;
  }

  private static void add(
      AddressFamily family,
      List<Map<String, Double>> places,
      Map<String, Map<AddressFamily, Double>> decided) {
    for (Map<String, Double> shares : places) {
      shares.forEach((site, share) -> {
        if (!site.isEmpty()) {
          decided
              .computeIfAbsent(site, _ -> new EnumMap<>(AddressFamily.class))
              .merge(family, share / places.size(), Double::sum);
        }
      });
    }
  }
}
