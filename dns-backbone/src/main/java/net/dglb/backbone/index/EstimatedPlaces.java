package net.dglb.backbone.index;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.decision.path.UnmeasuredClients;
import net.dglb.net.Location;
import net.dglb.service.Service;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which load balancers resolvers at places where nobody measures should be referred to: those whose
 * own answer has the lowest estimated latency for the place. Estimates what resolvers asked for, on
 * a thread of its own, and keeps it for a while; until then distance decides. Lives on the control
 * thread.
 */
public final class EstimatedPlaces {

  /** The most orders that are kept; about 200 octets each. Further ones wait for room. */
  public static final int MAX_ORDERS = 200_000;

  /** After this long an order that is asked for is estimated again. */
  static final Duration GOOD_FOR = Duration.ofMinutes(1);

  /** An order that nobody asked for since is forgotten. */
  static final Duration KEPT_FOR = Duration.ofHours(1);

  /** Places of one set that are estimated in one go, which share models. */
  private static final int BATCH = 256;

  private static final Logger LOG = LoggerFactory.getLogger(EstimatedPlaces.class);

  private final Function<Service, ServiceView> views;
  private final Executor worker;
  private final Timeline timeline;
  private final Runnable changed;
  private final LinkedHashMap<ServiceSet, PlacesOfSet> sets = new LinkedHashMap<>();
  private boolean working;

  /**
   * Knows nothing yet.
   *
   * @param views what is known of a service now; called on the control thread
   * @param worker where estimates are made, away from the control thread and from DNS threads
   * @param changed is called when orders were estimated
   */
  public EstimatedPlaces(
      Function<Service, ServiceView> views, Executor worker, Timeline timeline, Runnable changed) {
    this.views = views;
    this.worker = worker;
    this.timeline = timeline;
    this.changed = changed;
  }

  /** A resolver at this place asked for this service. */
  public void wanted(Service service, Location place) {
    sets.computeIfAbsent(ServiceSet.of(service), _ -> new PlacesOfSet(service))
        .wanted(place, timeline.nanoTime(), () -> size() < MAX_ORDERS);
  }

  /** Begins the next estimates unless some are being made. Called now and then. */
  public void tick() {
    if (working) {
      return;
    }
    for (PlacesOfSet set : List.copyOf(sets.values())) {
      List<Location> due = set.due(BATCH);
      if (!due.isEmpty()) {
        working = true;
        sets.putLast(ServiceSet.of(set.service()), set);
        ServiceView view = views.apply(set.service());
        worker.execute(() -> {
          Map<Location, List<String>> orders = estimate(view, due);
          timeline.execute(() -> take(set, orders));
        });
        return;
      }
    }
  }

  private void take(PlacesOfSet set, Map<Location, List<String>> orders) {
    working = false;
    if (set.take(orders, timeline.nanoTime())) {
      changed.run();
    }
  }

  /** Forgets what nobody asked for any more, and all of sets to which no service belongs now. */
  public void forgetUnused(Set<ServiceSet> used) {
    sets.keySet().retainAll(used);
    sets.values().forEach(set -> set.forgetUnused(timeline.nanoTime()));
  }

  /** How many orders are kept or asked for. */
  public int size() {
    return sets.values().stream().mapToInt(PlacesOfSet::size).sum();
  }

  /** The orders of a set in the numbers of an index; the same object while nothing changes. */
  public PlaceOrders orders(ServiceSet set, ResolverIndex index, List<LoadBalancer> all) {
    PlacesOfSet places = sets.get(set);
    return places == null ? PlaceOrders.NONE : places.orders(index, all);
  }

  /** On the worker. A place without an order is referred by distance. */
  private static Map<Location, List<String>> estimate(ServiceView view, List<Location> places) {
    Map<Location, List<String>> orders = new HashMap<>();
    try {
      UnmeasuredClients estimator = view.estimator();
      for (Location place : places) {
        orders.put(
            place,
            estimator.loadBalancers(place, view.answers()).stream()
                .limit(AnchorOrder.LONGEST)
                .toList());
      }
    } catch (RuntimeException e) {
      LOG.warn("nothing can be estimated from {} load balancers", view.vantagePoints().size(), e);
    }
    places.forEach(place -> orders.putIfAbsent(place, List.of()));
    return orders;
  }
}
