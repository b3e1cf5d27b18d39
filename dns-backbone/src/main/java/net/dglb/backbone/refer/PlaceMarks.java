package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import net.dglb.backbone.index.PlaceTable;
import net.dglb.backbone.index.Places;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceSet;
import net.dglb.dns.zone.AddressSets;
import net.dglb.net.Location;
import net.dglb.service.Service;

/**
 * One mark for each place and set of services: what resolvers ask for beside whom nobody measures.
 * Services of a set share marks. Immutable but for the marks.
 */
final class PlaceMarks {

  /** The most marks, 32 MiB; services that come late beyond have none. */
  static final int MOST = 1 << 28;

  private final Places places;
  private final List<Service> all;
  private final Map<ServiceSet, Integer> numbers = new HashMap<>();
  private final List<Service> services = new ArrayList<>();
  private final DemandMarks marks;

  PlaceMarks(Places places, List<Service> all) {
    this.places = places;
    this.all = List.copyOf(all);
    for (Service service : all) {
      Integer number = numbers.putIfAbsent(ServiceSet.of(service), services.size());
      if (number == null) {
        services.add(service);
      } else if (service.answersUnannounced() && !services.get(number).answersUnannounced()) {
        services.set(number, service);
      }
    }
    marks = new DemandMarks((int) Math.min(MOST, (long) places.size() * services.size()));
  }

  /** Marks for no place at all. */
  static PlaceMarks none() {
    return new PlaceMarks(ResolverIndex.empty().places(), List.of());
  }

  /** Whether the marks of these would stand where they stand here. */
  boolean isOf(Places others, List<Service> services) {
    return others.isNumberedLike(places) && services.equals(all);
  }

  /** The sets that have marks. */
  Set<ServiceSet> sets() {
    return numbers.keySet();
  }

  /**
   * A service's part.
   *
   * @param orders whom resolvers are referred to
   * @param answers what they are answered instead; empty if they are always referred
   */
  PlacePart part(
      Service service, PlaceTable<int[]> orders, Optional<PlaceTable<AddressSets>> answers) {
    int set = numbers.getOrDefault(ServiceSet.of(service), services.size());
    long first = (long) set * places.size();
    return new PlacePart(
        orders,
        answers.orElse(PlacePart.NO_ANSWERS),
        answers.isPresent(),
        marks,
        first + places.size() <= MOST ? (int) first : PlacePart.UNMARKED);
  }

  /**
   * Gives every place and set that was asked for since the last call, the set as one of its
   * services: one that answers there, if any does.
   */
  void collect(BiConsumer<Service, Location> consumer) {
    marks.collect(mark ->
        consumer.accept(services.get(mark / places.size()), places.location(mark % places.size())));
  }
}
