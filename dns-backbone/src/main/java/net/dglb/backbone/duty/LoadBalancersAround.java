package net.dglb.backbone.duty;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.decision.path.UnmeasuredClients;
import net.dglb.net.Location;

/**
 * The load balancers around places: the one that is nearest to a place, and those nearest to that
 * one. They are those whose word on health counts there, once they have measured. Not thread-safe.
 */
final class LoadBalancersAround {

  private final List<LoadBalancer> located;
  private final Map<Location, List<String>> byPlace = new HashMap<>();
  private final Map<String, List<String>> byNearest = new HashMap<>();

  /** Takes those that are in service and of which it is known where they stand. */
  LoadBalancersAround(Collection<LoadBalancer> all) {
    located =
        all.stream()
            .filter(it -> it.inService() && !it.isBackbone() && it.location().isPresent())
            .toList();
  }

  /** Ids of the load balancers around a place, the nearest to it first. */
  List<String> of(Location place) {
    return byPlace.computeIfAbsent(place, this::find);
  }

  private List<String> find(Location place) {
    return located.stream()
        .min(byDistance(Optional.of(place)))
        .map(nearest -> byNearest.computeIfAbsent(nearest.id(), _ -> around(nearest)))
        .orElse(List.of());
  }

  private List<String> around(LoadBalancer middle) {
    return located.stream()
        .sorted(byDistance(middle.location()))
        .limit(UnmeasuredClients.AROUND)
        .map(LoadBalancer::id)
        .toList();
  }

  private static Comparator<LoadBalancer> byDistance(Optional<Location> place) {
    return Comparator.comparingDouble((LoadBalancer it) -> it.kilometresTo(place))
        .thenComparing(LoadBalancer::id);
  }
}
