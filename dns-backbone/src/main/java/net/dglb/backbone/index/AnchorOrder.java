package net.dglb.backbone.index;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
  private final List<Optional<Direction>> directions;
  private final Map<String, LoadBalancer> byId;

  AnchorOrder(Collection<LoadBalancer> all) {
    inService =
        all.stream()
            .filter(lb -> lb.inService() && !lb.isBackbone())
            .sorted(Comparator.comparing(LoadBalancer::id))
            .toList();
    directions = inService.stream().map(lb -> lb.location().map(Direction::of)).toList();
    byId = all.stream().collect(Collectors.toMap(LoadBalancer::id, Function.identity()));
  }

  /** The ordinals for one anchor. */
  int[] of(Anchor anchor) {
    return ranked(anchor).keySet().stream()
        .limit(LONGEST)
        .mapToInt(LoadBalancer::ordinal)
        .toArray();
  }

  /** The same with the reasons. */
  List<Ordered> explain(Anchor anchor) {
    return ranked(anchor).entrySet().stream()
        .limit(LONGEST)
        .map(it -> new Ordered(it.getKey(), it.getValue()))
        .toList();
  }

  /** How the orders would be made, were these load balancers lost. */
  AnchorOrder without(Set<String> lost) {
    return new AnchorOrder(
        byId.values().stream().map(lb -> lost.contains(lb.id()) ? lb.lost() : lb).toList());
  }

  private Map<LoadBalancer, Ordered.Why> ranked(Anchor anchor) {
    Map<LoadBalancer, Ordered.Why> order = new LinkedHashMap<>();
    switch (anchor) {
      case Anchor.Announced announced ->
          addWithNeighbours(
              announced.loadBalancers().stream().sorted().toList(), Ordered.Why.ANNOUNCED, order);
      case Anchor.Computed computed ->
          addWithNeighbours(computed.loadBalancers(), Ordered.Why.COMPUTED, order);
      case Anchor.Located located -> addNearest(Optional.of(located.location()), order);
      case Anchor.Hashed hashed -> addByWeight(hashed.block(), order);
    }
    return order;
  }

  /**
   * Those named, then those nearest to the first that was named. One that is lost stays for a long
   * time: its label stands for the place, and what was measured there is better than what is
   * measured elsewhere.
   */
  private void addWithNeighbours(
      List<String> ids, Ordered.Why why, Map<LoadBalancer, Ordered.Why> order) {
    List<LoadBalancer> named = named(ids);
    named.stream().filter(LoadBalancer::standsForItsPlace).forEach(lb -> order.put(lb, why));
    addNearest(named.stream().findFirst().flatMap(LoadBalancer::location), order);
  }

  /** The nearest ones, equally far ones by id, without sorting all. */
  private void addNearest(Optional<Location> location, Map<LoadBalancer, Ordered.Why> order) {
    Optional<Direction> here = location.map(Direction::of);
    LoadBalancer[] nearest = new LoadBalancer[LONGEST];
    double[] nearness = new double[LONGEST];
    int count = 0;
    for (int i = 0; i < inService.size(); i++) {
      double near = nearness(here, directions.get(i));
      int at = count;
      while (at > 0 && nearness[at - 1] < near) {
        at--;
      }
      if (at < LONGEST) {
        count = Math.min(count + 1, LONGEST);
        System.arraycopy(nearest, at, nearest, at + 1, count - at - 1);
        System.arraycopy(nearness, at, nearness, at + 1, count - at - 1);
        nearest[at] = inService.get(i);
        nearness[at] = near;
      }
    }
    for (int i = 0; i < count; i++) {
      order.putIfAbsent(nearest[i], Ordered.Why.NEAREST);
    }
  }

  private static double nearness(Optional<Direction> here, Optional<Direction> there) {
    return here.isPresent() && there.isPresent()
        ? here.get().cosine(there.get())
        : Double.NEGATIVE_INFINITY;
  }

  /** A location as seen from the centre of the earth: comparing distances costs no arc then. */
  private record Direction(double x, double y, double z) {

    static Direction of(Location location) {
      double latitude = Math.toRadians(location.latitude());
      double longitude = Math.toRadians(location.longitude());
      return new Direction(
          Math.cos(latitude) * Math.cos(longitude),
          Math.cos(latitude) * Math.sin(longitude),
          Math.sin(latitude));
    }

    /** The greater, the nearer. */
    double cosine(Direction other) {
      return x * other.x + y * other.y + z * other.z;
    }
  }

  /**
   * Where an anchor's resolvers stand if no load balancer's label stands for their place; rounded.
   */
  Optional<Location> unmeasured(Anchor anchor) {
    return switch (anchor) {
      case Anchor.Announced announced ->
          unmeasured(announced.loadBalancers().stream().sorted().toList());
      case Anchor.Computed computed -> unmeasured(computed.loadBalancers());
      case Anchor.Located located -> Optional.of(located.location());
      case Anchor.Hashed _ -> Optional.empty();
    };
  }

  private Optional<Location> unmeasured(List<String> ids) {
    List<LoadBalancer> named = named(ids);
    return named.stream().anyMatch(LoadBalancer::standsForItsPlace)
        ? Optional.empty()
        : named.stream()
            .findFirst()
            .flatMap(LoadBalancer::location)
            .map(it -> Anchor.Located.near(it).location());
  }

  private List<LoadBalancer> named(List<String> ids) {
    return ids.stream().map(byId::get).filter(lb -> lb != null).toList();
  }

  /**
   * Rendezvous hashing (Thaler and Ravishankar 1998): each block ranks all by a hash of both, so
   * that one that comes or goes moves only the blocks that it wins or held.
   */
  private void addByWeight(int block, Map<LoadBalancer, Ordered.Why> order) {
    inService.stream()
        .sorted(Comparator.comparingLong(lb -> weight(block, lb.id())))
        .limit(LONGEST)
        .forEach(lb -> order.put(lb, Ordered.Why.HASHED));
  }

  private static long weight(int block, String id) {
    long hash = block;
    for (int i = 0; i < id.length(); i++) {
      hash = BlockHash.mix(hash + id.charAt(i));
    }
    return hash;
  }
}
