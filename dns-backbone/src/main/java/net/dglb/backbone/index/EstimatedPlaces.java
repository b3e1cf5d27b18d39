package net.dglb.backbone.index;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.decision.path.EstimatedPlace;
import net.dglb.decision.path.UnmeasuredClients;
import net.dglb.net.Location;
import net.dglb.service.Service;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is estimated for resolvers at places where nobody measures: the latency of each site, and
 * which load balancers they should be referred to, those whose own answer has the lowest. Estimates
 * what resolvers asked for, on a thread of its own, and keeps it for a while; until then distance
 * decides. Lives on the control thread.
 */
public final class EstimatedPlaces {

  /** The most places that are kept, over all sets; about 500 octets each. Others wait for room. */
  public static final int MOST = 200_000;

  /** After this long a place that is asked for is estimated again. */
  static final Duration GOOD_FOR = Duration.ofMinutes(1);

  /** After this long one is tried again for which nothing was measured. */
  static final Duration TRIED_AGAIN = Duration.ofSeconds(2);

  /** A place that nobody asked for since is forgotten. */
  static final Duration KEPT_FOR = Duration.ofHours(1);

  /** Places of one set that are estimated in one go, which share models. */
  public static final int BATCH = 256;

  private static final PlaceTable<int[]> NO_ORDERS = PlaceTable.none();

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
   * @param changed is called when places were estimated
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
        .wanted(place, timeline.nanoTime(), () -> size() < MOST);
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
        Instant now = timeline.now();
        worker.execute(() -> {
          Map<Location, Estimated> estimates = estimate(view, due, now);
          timeline.execute(() -> take(set, estimates));
        });
        return;
      }
    }
  }

  private void take(PlacesOfSet set, Map<Location, Estimated> estimates) {
    working = false;
    set.take(estimates, timeline.nanoTime());
    changed.run();
  }

  /** Forgets what nobody asked for any more, and all of sets to which no service belongs now. */
  public void forgetUnused(Set<ServiceSet> used) {
    sets.keySet().retainAll(used);
    sets.values().forEach(set -> set.forgetUnused(timeline.nanoTime()));
  }

  /** How many places are kept or asked for. */
  public int size() {
    return sets.values().stream().mapToInt(PlacesOfSet::size).sum();
  }

  /**
   * The orders of load balancers of a set in the numbers of an index, by ordinal; the same object
   * while nothing changes.
   */
  public PlaceTable<int[]> orders(ServiceSet set, ResolverIndex index, List<LoadBalancer> all) {
    PlacesOfSet places = sets.get(set);
    return places == null ? NO_ORDERS : places.orders(index, all);
  }

  /** Every place of a set that was estimated; the same object while nothing changes. */
  public List<EstimatedPlace> sites(ServiceSet set) {
    PlacesOfSet places = sets.get(set);
    return places == null ? List.of() : places.sites();
  }

  /** On the worker. A place without an order is referred by distance. */
  private static Map<Location, Estimated> estimate(
      ServiceView view, List<Location> places, Instant now) {
    Map<Location, Estimated> estimates = new HashMap<>();
    try {
      UnmeasuredClients estimator = view.estimator();
      for (Location place : places) {
        EstimatedPlace sites = estimator.at(place, now);
        List<String> order = estimator.loadBalancers(sites, view.answers());
        estimates.put(
            place, new Estimated(order.stream().limit(AnchorOrder.LONGEST).toList(), sites));
      }
    } catch (RuntimeException e) {
      LOG.warn("nothing can be estimated from {} load balancers", view.vantagePoints().size(), e);
    }
    places.forEach(place ->
        estimates.putIfAbsent(
            place, new Estimated(List.of(), new EstimatedPlace(place, Map.of(), List.of(), now))));
    return estimates;
  }
}
