package net.dglb.backbone.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.decision.path.EstimatedPlace;
import net.dglb.net.Location;
import net.dglb.service.Service;

/** The places at which a set of services was asked for. Lives on the control thread. */
final class PlacesOfSet {

  private final Service service;
  private final Map<Location, Place> places = new LinkedHashMap<>();
  private Optional<ResolverIndex> compiledFor = Optional.empty();
  private PlaceTable<int[]> compiled = PlaceTable.none();
  private List<EstimatedPlace> sites = List.of();
  private boolean sitesChanged;

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

  /** Places whose estimate is missing, or old and asked for. */
  List<Location> due(int most) {
    List<Location> due = new ArrayList<>();
    places.forEach((location, place) -> {
      if (due.size() < most && place.isDue()) {
        due.add(location);
      }
    });
    return due;
  }

  /** Takes estimates; one that rests on nothing leaves one that was made before. */
  void take(Map<Location, Estimated> estimates, long now) {
    estimates.forEach((location, estimated) -> {
      Place place = places.get(location);
      if (place != null) {
        place.madeAtNanos = Optional.of(now);
        if (estimated.sites().isFounded() || place.estimated.isEmpty()) {
          take(place, estimated);
        }
      }
    });
  }

  private void take(Place place, Estimated estimated) {
    if (!estimated.order().equals(place.order())) {
      compiledFor = Optional.empty();
    }
    place.estimated = Optional.of(estimated);
    sitesChanged = true;
  }

  /** Every place that was estimated; the same object while nothing changes. */
  List<EstimatedPlace> sites() {
    if (sitesChanged) {
      List<EstimatedPlace> all = new ArrayList<>();
      places.values().forEach(place -> place.estimated.map(Estimated::sites).ifPresent(all::add));
      sites = List.copyOf(all);
      sitesChanged = false;
    }
    return sites;
  }

  void forgetUnused(long now) {
    sitesChanged |=
        places
            .values()
            .removeIf(place -> now - place.wantedAtNanos > EstimatedPlaces.KEPT_FOR.toNanos());
  }

  /** The orders in the numbers of an index; the same object while nothing changes. */
  PlaceTable<int[]> orders(ResolverIndex index, List<LoadBalancer> all) {
    if (!compiledFor.equals(Optional.of(index))) {
      Map<String, Integer> ordinals = new HashMap<>();
      all.stream()
          .filter(LoadBalancer::inService)
          .forEach(lb -> ordinals.put(lb.id(), lb.ordinal()));
      Map<Integer, int[]> byPlace = new HashMap<>();
      places.forEach((location, place) -> {
        int number = index.places().at(location);
        int[] order =
            place.order().stream()
                .filter(ordinals::containsKey)
                .mapToInt(id -> ordinals.getOrDefault(id, 0))
                .toArray();
        if (number != Places.NONE && order.length > 0) {
          byPlace.put(number, order);
        }
      });
      compiled = new PlaceTable<>(byPlace);
      compiledFor = Optional.of(index);
    }
    return compiled;
  }

  /** One place: when it was asked for, when it was estimated, and what. */
  private static final class Place {

    private long wantedAtNanos;
    private Optional<Long> madeAtNanos = Optional.empty();
    private Optional<Estimated> estimated = Optional.empty();

    Place(long wantedAtNanos) {
      this.wantedAtNanos = wantedAtNanos;
    }

    List<String> order() {
      return estimated.map(Estimated::order).orElse(List.of());
    }

    boolean isDue() {
      boolean founded = estimated.filter(it -> it.sites().isFounded()).isPresent();
      Duration goodFor = founded ? EstimatedPlaces.GOOD_FOR : EstimatedPlaces.TRIED_AGAIN;
      return madeAtNanos.map(made -> wantedAtNanos - made > goodFor.toNanos()).orElse(true);
    }
  }
}
