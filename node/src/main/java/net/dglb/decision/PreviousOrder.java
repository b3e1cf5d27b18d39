package net.dglb.decision;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each candidate stands in the ranking that is answered now, found without a search. */
final class PreviousOrder {

  private final List<RankedSite> order;
  private final Map<Key, Integer> ranks;

  private record Key(String siteId, InetAddress address) {}

  PreviousOrder(Optional<Ranking> previous) {
    order = previous.map(Ranking::order).orElse(List.of());
    ranks = HashMap.newHashMap(order.size());
    for (int rank = 0; rank < order.size(); rank++) {
      RankedSite it = order.get(rank);
      ranks.putIfAbsent(new Key(it.siteId(), it.address()), rank);
    }
  }

  /** The same address of the same site as it was ranked. */
  Optional<RankedSite> of(String siteId, InetAddress address) {
    return Optional.ofNullable(ranks.get(new Key(siteId, address))).map(order::get);
  }

  /** Whether it was answered. */
  boolean isFirst(RankedSite site) {
    return Integer.valueOf(0).equals(ranks.get(new Key(site.siteId(), site.address())));
  }

  /** From 0; the largest number if it was not ranked. */
  int rank(Candidate candidate) {
    return ranks.getOrDefault(new Key(candidate.siteId(), candidate.address()), Integer.MAX_VALUE);
  }
}
