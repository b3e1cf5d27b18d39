package net.dglb.decision.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.dglb.net.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A made-up continent. The site "valley" lies near the western clients, but behind mountains:
 * everybody in the west reaches "coast" sooner.
 */
class UnmeasuredClientsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Location VALLEY = new Location(10, 4);
  private static final Location COAST = new Location(10, -14);
  private static final Map<String, Optional<Location>> SITES =
      Map.of("valley", Optional.of(VALLEY), "coast", Optional.of(COAST));
  private static final List<VantagePoint> LOAD_BALANCERS =
      List.of(
          new VantagePoint("west-1", new Location(12, 0), Map.of("valley", 140.0, "coast", 25.0)),
          new VantagePoint("west-2", new Location(8, 0), Map.of("valley", 135.0, "coast", 27.0)),
          new VantagePoint("east-1", new Location(12, 12), Map.of("valley", 12.0, "coast", 160.0)),
          new VantagePoint("east-2", new Location(8, 12), Map.of("valley", 14.0, "coast", 155.0)));
  private static final Map<String, String> ANSWERS =
      Map.of("west-1", "coast", "west-2", "coast", "east-1", "valley", "east-2", "valley");

  private static UnmeasuredClients clients(List<VantagePoint> loadBalancers) {
    return new UnmeasuredClients(SITES, loadBalancers, List.of());
  }

  private static List<String> order(List<EstimatedSite> sites) {
    return sites.stream().map(EstimatedSite::siteId).toList();
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({"10, 0, coast", "13, -2, coast", "10, 10, valley", "7, 14, valley", "10, -13, coast"})
  void takesTheSiteThatTheNeighbourhoodReachesSoonest(double lat, double lon, String best) {
    List<String> order = order(clients(LOAD_BALANCERS).sites(new Location(lat, lon)));
    assertThat(order).hasSize(2).startsWith(best);
  }

  @Test
  void takesTheNearestSiteWhenNobodyMeasured() {
    assertThat(order(clients(List.of()).sites(new Location(10, 0)))).startsWith("valley");
  }

  @Test
  void refersToTheNearestLoadBalancerThatAnswersTheBestSite() {
    UnmeasuredClients clients = clients(LOAD_BALANCERS);
    assertThat(clients.loadBalancers(clients.at(new Location(11.5, 1), NOW), ANSWERS))
        .containsExactly("west-1", "west-2", "east-1", "east-2");
    assertThat(clients.loadBalancers(clients.at(new Location(7, 11), NOW), ANSWERS))
        .containsExactly("east-2", "east-1", "west-2", "west-1");
  }

  @Test
  void tellsWhoStandsAroundAPlaceNearestFirstAndThatNobodyDoes() {
    EstimatedPlace place = clients(LOAD_BALANCERS).at(new Location(11.5, 1), NOW);
    assertThat(place.around()).startsWith("west-1").hasSize(4);
    assertThat(place.millis()).containsOnlyKeys("valley", "coast");
    assertThat(place.at()).isEqualTo(NOW);
    assertThat(place.isFounded()).isTrue();
    assertThat(clients(List.of()).at(new Location(11.5, 1), NOW).isFounded()).isFalse();
  }

  @Test
  void leavesOutLoadBalancersThatAnswerNothing() {
    UnmeasuredClients clients = clients(LOAD_BALANCERS);
    assertThat(
            clients.loadBalancers(clients.at(new Location(8, 0), NOW), Map.of("east-1", "valley")))
        .containsExactly("east-1");
  }

  @Test
  void learnsNothingOfLongPathsFromOneWithinACity() {
    List<VantagePoint> withLocal = new ArrayList<>(LOAD_BALANCERS);
    withLocal.add(new VantagePoint("valley-1", VALLEY, Map.of("valley", 0.0)));
    Location client = new Location(10, 0);
    assertThat(clients(withLocal).sites(client)).isEqualTo(clients(LOAD_BALANCERS).sites(client));
  }

  @Test
  void takesTheSiteOfTheClientsOwnCityHoweverBadlyThatCityIsConnected() {
    Map<String, Optional<Location>> sites = new HashMap<>(SITES);
    Location client = new Location(10, 6);
    sites.put("own", Optional.of(new Location(10.05, 6.05)));
    Location nextTown = new Location(11, 7);
    List<VantagePoint> slow =
        List.of(
            new VantagePoint("town-1", nextTown, Map.of("own", 200.0, "valley", 45.0)),
            new VantagePoint("town-2", new Location(9, 7), Map.of("own", 210.0, "valley", 45.0)));
    List<EstimatedSite> ranked = new UnmeasuredClients(sites, slow, List.of()).sites(client);
    assertThat(order(ranked)).startsWith("own");
    assertThat(ranked.getFirst().estimate().expectedMillis()).isLessThan(40);
  }

  @Test
  void placesASiteWithoutLocationBesideTheQuickestLoadBalancer() {
    UnmeasuredClients clients =
        new UnmeasuredClients(
            Map.of("valley", Optional.empty(), "coast", Optional.empty(), "new", Optional.empty()),
            LOAD_BALANCERS,
            List.of());
    assertThat(order(clients.sites(new Location(10, 11)))).containsExactly("valley", "coast");
  }

  @Test
  void learnsFromPingsOnWhichSideOfTheMountainsAResolverStands() {
    Location border = new Location(10, 6);
    UnmeasuredClients clients = clients(LOAD_BALANCERS);
    Map<String, Double> likeTheWest =
        Map.of("west-1", 6.0, "west-2", 7.0, "east-1", 150.0, "east-2", 150.0);
    Map<String, Double> likeTheEast =
        Map.of("west-1", 150.0, "west-2", 150.0, "east-1", 6.0, "east-2", 7.0);
    assertThat(gain(clients.sites(border, likeTheWest)))
        .isGreaterThan(gain(clients.sites(border, likeTheEast)));
  }

  /** By how much the coast is better than the valley. */
  private static double gain(List<EstimatedSite> sites) {
    Map<String, Double> millis = new HashMap<>();
    sites.forEach(it -> millis.put(it.siteId(), it.estimate().expectedMillis()));
    return millis.getOrDefault("valley", 0.0) - millis.getOrDefault("coast", 0.0);
  }

  @ParameterizedTest(name = "{0} sites")
  @ValueSource(ints = {1, 40, 1000})
  void staysBoundedWithManyLoadBalancersAndSites(int siteCount) {
    Random random = new Random(siteCount);
    Map<String, Optional<Location>> sites = new HashMap<>();
    Map<String, Double> latencies = new HashMap<>();
    for (int i = 0; i < siteCount; i++) {
      sites.put("site-" + i, Optional.of(somewhere(random)));
      latencies.put("site-" + i, 10 + random.nextDouble() * 200);
    }
    List<VantagePoint> points =
        random
            .longs(200)
            .mapToObj(id -> new VantagePoint("lb" + id, somewhere(random), latencies))
            .toList();
    UnmeasuredClients clients = new UnmeasuredClients(sites, points, KnownPaths.PUBLISHED);
    assertThat(order(clients.sites(somewhere(random))))
        .containsExactlyInAnyOrderElementsOf(sites.keySet());
  }

  private static Location somewhere(Random random) {
    return new Location(random.nextDouble() * 140 - 70, random.nextDouble() * 360 - 180);
  }
}
