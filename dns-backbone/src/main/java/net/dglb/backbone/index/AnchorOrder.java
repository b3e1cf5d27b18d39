package net.dglb.backbone.index;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.net.Location;

/** Puts load balancers in order for each anchor, best first. */
final class AnchorOrder {

  /** How many are kept for each anchor; one after the other is tried until one has the label. */
  static final int LONGEST = 8;

  private final List<LoadBalancer> inService;
  private final Map<String, LoadBalancer> byId;

  AnchorOrder(Collection<LoadBalancer> all) {
    inService =
        all.stream()
            .filter(lb -> lb.inService() && !lb.isBackbone())
            .sorted(Comparator.comparing(LoadBalancer::id))
            .toList();
    byId = all.stream().collect(Collectors.toMap(LoadBalancer::id, Function.identity()));
  }

  /** The ordinals for one anchor. */
  int[] of(Anchor anchor) {
    Set<LoadBalancer> order = new LinkedHashSet<>();
    switch (anchor) {
      case Anchor.Announced announced ->
          addWithNeighbours(announced.loadBalancers().stream().sorted().toList(), order);
      case Anchor.Computed computed -> addWithNeighbours(computed.loadBalancers(), order);
      case Anchor.Located located -> addNearest(Optional.of(located.location()), order);
      case Anchor.Hashed hashed -> addByWeight(hashed.block(), order);
    }
    return order.stream().limit(LONGEST).mapToInt(LoadBalancer::ordinal).toArray();
  }

  /**
   * Those named, then those nearest to the first that was named. One that is lost stays for a long
   * time: its label stands for the place, and what was measured there is better than what is
   * measured elsewhere.
   */
  private void addWithNeighbours(List<String> ids, Set<LoadBalancer> order) {
    List<LoadBalancer> named = ids.stream().map(byId::get).filter(lb -> lb != null).toList();
    named.stream().filter(LoadBalancer::standsForItsPlace).forEach(order::add);
    addNearest(named.stream().findFirst().flatMap(LoadBalancer::location), order);
  }

  private void addNearest(Optional<Location> location, Set<LoadBalancer> order) {
    inService.stream()
        .sorted(Comparator.comparingDouble(lb -> lb.kilometresTo(location)))
        .limit(LONGEST)
        .forEach(order::add);
  }

  /**
   * Rendezvous hashing (Thaler and Ravishankar 1998): each block ranks all by a hash of both, so
   * that one that comes or goes moves only the blocks that it wins or held.
   */
  private void addByWeight(int block, Set<LoadBalancer> order) {
    inService.stream()
        .sorted(Comparator.comparingLong(lb -> weight(block, lb.id())))
        .limit(LONGEST)
        .forEach(order::add);
  }

  private static long weight(int block, String id) {
    long hash = block;
    for (int i = 0; i < id.length(); i++) {
      hash = BlockHash.mix(hash + id.charAt(i));
    }
    return hash;
  }
}
