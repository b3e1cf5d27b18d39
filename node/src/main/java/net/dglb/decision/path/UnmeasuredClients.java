package net.dglb.decision.path;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.dglb.net.Location;

/**
 * Sites and load balancers for clients beside whom nothing is measured, for one service. Clients
 * whose nearest load balancer is the same share one model, made from that one's neighbourhood when
 * first needed. Not thread-safe: belongs to one thread; made anew when estimates have changed.
 */
public final class UnmeasuredClients {

  /** Load balancers in a neighbourhood, where the number of sites allows it. */
  private static final int NEIGHBOURS = 32;

  private static final int FEWEST_NEIGHBOURS = 8;

  /** Load balancers whose word on health counts at a place. */
  public static final int AROUND = 8;

  private static final int MEASURED_PATHS = 256;

  /** A shorter path tells of two networks in one city and nothing of the ways out of it. */
  private static final double SHORTEST_KILOMETRES = 50;

  private final Map<String, Location> sites;
  private final List<VantagePoint> vantagePoints;
  private final List<MeasuredPath> known;
  private final Map<String, Neighbourhood> neighbourhoods = new HashMap<>();

  /** What clients share whose nearest load balancer is the same. */
  private record Neighbourhood(KrigedPaths model, List<String> around) {}

  /**
   * Begins with what is known now.
   *
   * @param sites the candidates and where they stand; without a location a site counts as standing
   *     beside the load balancer from which it is quickest, and is left out if nobody measured it
   * @param vantagePoints the load balancers that have measured
   * @param known of the Internet at large, such as {@link KnownPaths#PUBLISHED}
   */
  public UnmeasuredClients(
      Map<String, Optional<Location>> sites,
      Collection<VantagePoint> vantagePoints,
      List<MeasuredPath> known) {
    this.vantagePoints =
        vantagePoints.stream().sorted(Comparator.comparing(VantagePoint::id)).toList();
    this.known = List.copyOf(known);
    this.sites = located(sites);
  }

  private Map<String, Location> located(Map<String, Optional<Location>> given) {
    Map<String, Location> located = new HashMap<>();
    given.forEach((id, location) ->
        location.or(() -> quickest(id)).ifPresent(place -> located.put(id, place)));
    return located;
  }

  private Optional<Location> quickest(String siteId) {
    return vantagePoints.stream()
        .filter(point -> point.latencyMillis().containsKey(siteId))
        .min(Comparator.comparingDouble(point -> point.latencyMillis().get(siteId)))
        .map(VantagePoint::location);
  }

  /** Every site that stands somewhere, the lowest expected latency first. */
  public List<EstimatedSite> sites(Location client) {
    return ranked(client, neighbourhood(client).model());
  }

  /**
   * All that is estimated for a place.
   *
   * @param now when this is
   */
  public EstimatedPlace at(Location place, Instant now) {
    Map<String, Double> millis = new HashMap<>();
    sites(place).forEach(it -> millis.put(it.siteId(), it.estimate().expectedMillis()));
    return new EstimatedPlace(place, millis, neighbourhood(place).around(), now);
  }

  /**
   * The same, knowing also what some load balancers measured to the client's resolver itself. Costs
   * a model of its own.
   *
   * @param pings latency in milliseconds by the load balancer's id
   */
  public List<EstimatedSite> sites(Location client, Map<String, Double> pings) {
    List<MeasuredPath> paths = paths(client);
    vantagePoints.stream()
        .filter(point -> pings.containsKey(point.id()))
        .sorted(byDistance(client))
        .limit(NEIGHBOURS)
        .forEach(point ->
            paths.add(
                new MeasuredPath(point.location(), client, pings.getOrDefault(point.id(), 0.0))));
    return ranked(client, KrigedPaths.fit(paths, known));
  }

  /**
   * The load balancers in the order in which clients at a place should be referred to them: by the
   * expected latency of the site that each one answers, then by distance.
   *
   * @param answers the site that each load balancer answers now, by its id; those without one are
   *     left out
   */
  public List<String> loadBalancers(EstimatedPlace place, Map<String, String> answers) {
    Map<String, Double> expected = place.millis();
    return vantagePoints.stream()
        .filter(point -> expected.containsKey(answers.getOrDefault(point.id(), "")))
        .sorted(
            Comparator.comparingDouble((VantagePoint point) ->
                    expected.getOrDefault(answers.get(point.id()), Double.MAX_VALUE))
                .thenComparing(byDistance(place.location())))
        .map(VantagePoint::id)
        .toList();
  }

  private List<EstimatedSite> ranked(Location client, LatencyEstimator estimator) {
    return sites.entrySet().stream()
        .map(site -> new EstimatedSite(site.getKey(), estimator.estimate(client, site.getValue())))
        .sorted(
            Comparator.comparingDouble((EstimatedSite it) -> it.estimate().expectedMillis())
                .thenComparing(EstimatedSite::siteId))
        .toList();
  }

  private Neighbourhood neighbourhood(Location client) {
    Optional<VantagePoint> nearest = vantagePoints.stream().min(byDistance(client));
    Location middle = nearest.map(VantagePoint::location).orElse(client);
    return neighbourhoods.computeIfAbsent(
        nearest.map(VantagePoint::id).orElse(""),
        _ ->
            new Neighbourhood(
                KrigedPaths.fit(paths(middle), known),
                nearest(middle, AROUND).map(VantagePoint::id).toList()));
  }

  private Stream<VantagePoint> nearest(Location place, int most) {
    return vantagePoints.stream().sorted(byDistance(place)).limit(most);
  }

  /** What the load balancers nearest to a place measured, as far as one model can hold it. */
  private List<MeasuredPath> paths(Location place) {
    int neighbours =
        Math.clamp(MEASURED_PATHS / Math.max(1, sites.size()), FEWEST_NEIGHBOURS, NEIGHBOURS);
    List<MeasuredPath> paths = new ArrayList<>();
    nearest(place, neighbours).forEach(point -> addPaths(point, paths));
    return paths;
  }

  private void addPaths(VantagePoint point, List<MeasuredPath> paths) {
    int most = MEASURED_PATHS / FEWEST_NEIGHBOURS;
    sites.entrySet().stream()
        .filter(site -> tells(point, site))
        .sorted(
            Comparator.comparingDouble(
                    (Map.Entry<String, Location> site) -> latency(point, site.getKey()))
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .forEach(site ->
            paths.add(
                new MeasuredPath(
                    point.location(), site.getValue(), latency(point, site.getKey()))));
  }

  private static boolean tells(VantagePoint point, Map.Entry<String, Location> site) {
    return point.latencyMillis().containsKey(site.getKey())
        && point.location().kilometresTo(site.getValue()) >= SHORTEST_KILOMETRES;
  }

  private static double latency(VantagePoint point, String siteId) {
    return point.latencyMillis().getOrDefault(siteId, Double.MAX_VALUE);
  }

  private static Comparator<VantagePoint> byDistance(Location place) {
    return Comparator.comparingDouble((VantagePoint point) -> point.location().kilometresTo(place))
        .thenComparing(VantagePoint::id);
  }
}
