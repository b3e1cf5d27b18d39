package net.dglb.backbone.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.net.Location;
import net.dglb.service.Service;

/** The places at which a set of services was asked for. Lives on the control thread. */
final class PlacesOfSet {

  private final Service service;
  private final Map<Location, Place> places = new LinkedHashMap<>();
  private Optional<ResolverIndex> compiledFor = Optional.empty();
  private PlaceOrders compiled = PlaceOrders.NONE;

  PlacesOfSet(Service service) {
    this.service = service;
  }

  Service service() {
    return service;
  }

  int size() {
    return places.size();
  }

  /** A resolver there asked; a new place needs room. */
  void wanted(Location location, long now, BooleanSupplier room) {
    Place place = places.get(location);
    if (place != null) {
      place.wantedAtNanos = now;
    } else if (room.getAsBoolean()) {
      places.put(location, new Place(now));
    }
  }

  /** Places whose order is missing, or old and asked for. */
  List<Location> due(int most) {
    List<Location> due = new ArrayList<>();
    places.forEach((location, place) -> {
      if (due.size() < most && place.isDue()) {
        due.add(location);
      }
    });
    return due;
  }

  /** Takes orders; returns whether any differs from the one before. */
  boolean take(Map<Location, List<String>> orders, long now) {
    boolean differs = false;
    for (Map.Entry<Location, List<String>> estimated : orders.entrySet()) {
      Place place = places.get(estimated.getKey());
      if (place != null) {
        differs |= !estimated.getValue().equals(place.order);
        place.order = estimated.getValue();
        place.madeAtNanos = Optional.of(now);
      }
    }
    if (differs) {
      compiledFor = Optional.empty();
    }
    return differs;
  }

  void forgetUnused(long now) {
    places
        .values()
        .removeIf(place -> now - place.wantedAtNanos > EstimatedPlaces.KEPT_FOR.toNanos());
  }

  /** The orders in the numbers of an index; the same object while nothing changes. */
  PlaceOrders orders(ResolverIndex index, List<LoadBalancer> all) {
    if (!compiledFor.equals(Optional.of(index))) {
      Map<String, Integer> ordinals = new HashMap<>();
      all.stream()
          .filter(LoadBalancer::inService)
          .forEach(lb -> ordinals.put(lb.id(), lb.ordinal()));
      Map<Integer, int[]> byPlace = new HashMap<>();
      places.forEach((location, place) -> {
        int number = index.places().at(location);
        int[] order =
            place.order.stream()
                .filter(ordinals::containsKey)
                .mapToInt(id -> ordinals.getOrDefault(id, 0))
                .toArray();
        if (number != Places.NONE && order.length > 0) {
          byPlace.put(number, order);
        }
      });
      compiled = new PlaceOrders(byPlace);
      compiledFor = Optional.of(index);
    }
    return compiled;
  }

  /** One place: when it was asked for, when its order was made, and the order. */
  private static final class Place {

    private long wantedAtNanos;
    private Optional<Long> madeAtNanos = Optional.empty();
    private List<String> order = List.of();

    Place(long wantedAtNanos) {
      this.wantedAtNanos = wantedAtNanos;
    }

    boolean isDue() {
      return madeAtNanos
          .map(made -> wantedAtNanos - made > EstimatedPlaces.GOOD_FOR.toNanos())
          .orElse(true);
    }
  }
}
