package net.dglb.backbone.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.decision.path.EstimatedPlace;
import net.dglb.decision.path.VantagePoint;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class EstimatedPlacesTest {

  private static final Location PARIS = new Location(49, 2);
  private static final Service WWW = Samples.service(Samples.WWW);

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final Deque<Runnable> work = new ArrayDeque<>();
  private String londonsAnswer = "tokyo";
  private List<VantagePoint> vantagePoints =
      List.of(
          new VantagePoint("lb-nyc", Samples.NEW_YORK, Map.of("london", 70.0, "tokyo", 160.0)),
          new VantagePoint("lb-lon", Samples.LONDON, Map.of("tokyo", 220.0)),
          new VantagePoint("lb-tyo", Samples.TOKYO, Map.of("london", 220.0, "tokyo", 2.0)));
  private int changes;
  private final EstimatedPlaces places =
      new EstimatedPlaces(_ -> view(), work::add, timeline, () -> changes++);
  private List<LoadBalancer> all = Samples.loadBalancers();
  private ResolverIndex index = index();

  @Test
  void aPlaceIsReferredToTheLoadBalancerThatAnswersItsBestSiteNotToTheNearest() {
    want(PARIS);
    assertThat(orderAt(PARIS)).as("nothing is estimated yet").isEmpty();

    turn();

    assertThat(orderAt(PARIS)).containsExactly("lb-nyc", "lb-lon", "lb-tyo");
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void anOrderIsMadeAgainAfterAWhileIfItIsAskedFor() {
    want(PARIS);
    turn();
    londonsAnswer = "london";

    want(PARIS);
    turn();
    assertThat(orderAt(PARIS)).startsWith("lb-nyc");

    timeline.advance(EstimatedPlaces.GOOD_FOR.plusSeconds(1));
    turn();
    assertThat(orderAt(PARIS)).as("nobody asked").startsWith("lb-nyc");

    want(PARIS);
    turn();
    assertThat(orderAt(PARIS)).startsWith("lb-lon");
  }

  @Test
  void servicesThatAreDecidedAlikeShareEstimates() {
    want(PARIS);
    turn();

    Service renamed =
        new Service(
            DomainName.of("other.lb.foobar.test"),
            List.of(),
            WWW.mode(),
            WWW.sites(),
            WWW.check(),
            WWW.policy(),
            WWW.ttls(),
            0);
    assertThat(ServiceSet.of(renamed)).isEqualTo(ServiceSet.of(WWW));
    assertThat(ServiceSet.of(Samples.service(Samples.SHOP)))
        .as("another host name is checked")
        .isNotEqualTo(ServiceSet.of(WWW));
  }

  @Test
  void oneThatIsNotInServiceIsLeftOutAtOnce() {
    want(PARIS);
    turn();

    all = all.stream().map(lb -> lb.id().equals("lb-nyc") ? Samples.live(lb, false) : lb).toList();
    index = index();

    assertThat(orderAt(PARIS)).doesNotContain("lb-nyc").isNotEmpty();
  }

  @Test
  void theSitesLatenciesAreKeptWithWhoseWordOnHealthCounts() {
    want(PARIS);
    assertThat(places.sites(ServiceSet.of(WWW))).isEmpty();

    turn();

    List<EstimatedPlace> sites = places.sites(ServiceSet.of(WWW));
    assertThat(sites)
        .singleElement()
        .satisfies(place -> {
          assertThat(place.location()).isEqualTo(PARIS);
          assertThat(place.millis().get("london")).isLessThan(place.millis().get("tokyo"));
          assertThat(place.around()).containsExactly("lb-lon", "lb-nyc", "lb-tyo");
        });
    assertThat(places.sites(ServiceSet.of(WWW))).as("nothing has changed").isSameAs(sites);
  }

  @Test
  void withoutMeasurementsNothingIsEstimatedAndDistanceDecides() {
    vantagePoints = List.of();
    want(PARIS);
    turn();

    assertThat(orderAt(PARIS)).isEmpty();
    assertThat(places.sites(ServiceSet.of(WWW))).noneMatch(EstimatedPlace::isFounded);
    places.tick();
    assertThat(work).as("not tried again at once").isEmpty();
  }

  @Test
  void aPlaceForWhichNothingWasMeasuredIsTriedAgainSoon() {
    List<VantagePoint> later = vantagePoints;
    vantagePoints = List.of();
    want(PARIS);
    turn();
    vantagePoints = later;

    timeline.advance(EstimatedPlaces.TRIED_AGAIN.plusMillis(1));
    want(PARIS);
    turn();

    assertThat(orderAt(PARIS)).isNotEmpty();
  }

  @Test
  void anEstimateStaysWhenNothingIsMeasuredAnyMore() {
    want(PARIS);
    turn();
    vantagePoints = List.of();

    timeline.advance(EstimatedPlaces.GOOD_FOR.plusSeconds(1));
    want(PARIS);
    turn();

    assertThat(orderAt(PARIS)).isNotEmpty();
    assertThat(places.sites(ServiceSet.of(WWW))).allMatch(EstimatedPlace::isFounded);
  }

  @Test
  void whatNobodyAsksForIsForgotten() {
    want(PARIS);
    turn();
    timeline.advance(EstimatedPlaces.KEPT_FOR.plus(Duration.ofSeconds(1)));

    places.forgetUnused(Set.of(ServiceSet.of(WWW)));
    assertThat(places.size()).isZero();

    want(PARIS);
    places.forgetUnused(Set.of());
    assertThat(places.size()).as("the service is gone").isZero();
  }

  @Test
  void oneEstimateIsMadeAtATimeHoweverManyAreWanted() {
    for (int latitude = -80; latitude < 80; latitude++) {
      for (int longitude = 0; longitude < 10; longitude++) {
        want(new Location(latitude, longitude));
      }
    }
    places.tick();
    places.tick();
    assertThat(work).hasSize(1);

    int turns = 0;
    for (; !work.isEmpty(); turns++) {
      work.remove().run();
      timeline.runDue();
      places.tick();
    }
    assertThat(turns).as("1,600 places, 256 at a time").isEqualTo(7);
    assertThat(places.size()).isEqualTo(1600);
  }

  @Test
  void aLookUpFindsWhatWasPutAndNothingElse() {
    Map<Integer, int[]> orders = new HashMap<>();
    for (int place = 0; place < 5000; place += 3) {
      orders.put(place, new int[] {place});
    }
    PlaceTable<int[]> table = new PlaceTable<>(orders);

    for (int place = 0; place < 5000; place++) {
      int[] expected = orders.get(place);
      assertThat(Optional.ofNullable(table.find(place)))
          .as("place %d", place)
          .isEqualTo(Optional.ofNullable(expected));
    }
    assertThat(PlaceTable.<int[]>none().find(7)).isNull();
  }

  private ServiceView view() {
    return new ServiceView(
        Map.of("london", Optional.of(Samples.LONDON), "tokyo", Optional.of(Samples.TOKYO)),
        vantagePoints,
        Map.of("lb-nyc", "london", "lb-lon", londonsAnswer, "lb-tyo", "tokyo"));
  }

  private void want(Location place) {
    places.wanted(WWW, place);
  }

  private void turn() {
    places.tick();
    while (!work.isEmpty()) {
      work.remove().run();
    }
    timeline.runDue();
  }

  private ResolverIndex index() {
    IndexCompiler compiler = new IndexCompiler();
    compiler.locations(
        new FallbackTable.Builder(1).located(Prefix.parse("192.0.2.0/24"), PARIS).build());
    return compiler.compile(all);
  }

  private List<String> orderAt(Location place) {
    int[] order = places.orders(ServiceSet.of(WWW), index, all).find(index.places().at(place));
    return order == null
        ? List.of()
        : Arrays.stream(order)
            .mapToObj(ordinal -> Objects.requireNonNull(all.get(ordinal)).id())
            .toList();
  }
}
