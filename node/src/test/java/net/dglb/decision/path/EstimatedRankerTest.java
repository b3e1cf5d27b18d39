package net.dglb.decision.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.decision.AdminState;
import net.dglb.decision.AdminStates;
import net.dglb.decision.Answered;
import net.dglb.decision.Basis;
import net.dglb.decision.Estimate;
import net.dglb.decision.Estimates;
import net.dglb.decision.Health;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranking;
import net.dglb.decision.SiteState;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.service.HealthCheck;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Score;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Step;
import net.dglb.service.Ttls;
import org.junit.jupiter.api.Test;

/** Two sites as seen from a place where nobody measures, with three load balancers around. */
class EstimatedRankerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final EstimatedPlace PLACE =
      new EstimatedPlace(
          new Location(10, 0),
          Map.of("coast", 20.0, "valley", 60.0),
          List.of("west", "middle", "east"),
          NOW);
  private static final HealthCheck CHECK =
      new HealthCheck(
          HealthCheck.Kind.TCP,
          80,
          "",
          "",
          HealthCheck.USUAL_INTERVAL,
          HealthCheck.USUAL_TIMEOUT,
          2,
          3,
          List.of());
  private static final String COAST = "192.0.2.1";
  private static final String VALLEY = "192.0.2.2";

  private final List<Map<ProbeTarget, SiteState>> around = new ArrayList<>();
  private Policy policy = Policy.Latency.DEFAULT;
  private AdminStates admin = AdminStates.NONE;
  private Optional<Ranking> previous = Optional.empty();
  private EstimatedPlace place = PLACE;

  EstimatedRankerTest() {
    for (int i = 0; i < 3; i++) {
      around.add(new HashMap<>());
      know(i, COAST, up(100, 0));
      know(i, VALLEY, up(5, 0));
    }
  }

  private static SiteState up(double millis, double loss) {
    return new SiteState(
        Optional.of(new Estimate(millis, loss, 1, 10, NOW, OptionalDouble.of(0.5))), Health.UP);
  }

  private void know(int loadBalancer, String address, SiteState state) {
    around.get(loadBalancer).put(new ProbeTarget(InetAddress.ofLiteral(address), CHECK), state);
  }

  private Service service() {
    return new Service(
        DomainName.of("www.example.org"),
        List.of(),
        Mode.ANSWER,
        List.of(
            new Site(
                "coast",
                List.of(InetAddress.ofLiteral(COAST)),
                Optional.empty(),
                9,
                Map.of("west", 0.0),
                1,
                1),
            new Site(
                "valley",
                List.of(InetAddress.ofLiteral(VALLEY)),
                Optional.empty(),
                1,
                Map.of(),
                1,
                1)),
        CHECK,
        policy,
        Ttls.DEFAULT,
        0);
  }

  private StatesAround states() {
    List<Estimates> known = new ArrayList<>();
    around.forEach(each -> known.add(target -> each.getOrDefault(target, SiteState.UNKNOWN)));
    return StatesAround.of(service(), known, NOW);
  }

  private Ranking ranking() {
    return EstimatedRanker.rank(service(), AddressFamily.IPV4, place, states(), admin, previous);
  }

  private String best() {
    return ranking().best().orElseThrow().siteId();
  }

  @Test
  void theEstimateStandsInForTheLatencyWhateverIsMeasuredAround() {
    Ranking ranking = ranking();
    assertThat(ranking.order()).extracting(RankedSite::siteId).containsExactly("coast", "valley");
    assertThat(ranking.basis()).isEqualTo(Basis.ESTIMATED);
    assertThat(ranking.best().orElseThrow().score()).hasValue(20);
    assertThat(Answered.ttl(service(), List.of(ranking)).duration())
        .as("kept for the full time")
        .isEqualTo(Ttls.DEFAULT.answer());
  }

  @Test
  void aSiteIsDownIfMostOfThoseWhoKnowItSaySo() {
    SiteState down = new SiteState(up(20, 0).estimate(), Health.DOWN);
    know(0, COAST, down);
    assertThat(best()).isEqualTo("coast");
    know(1, COAST, down);
    assertThat(best()).isEqualTo("valley");
  }

  @Test
  void thoseWhoDoNotKnowASiteHaveNoSay() {
    know(0, COAST, new SiteState(up(20, 0).estimate(), Health.DOWN));
    know(1, COAST, SiteState.UNKNOWN);
    Instant longAgo = NOW.minus(Duration.ofHours(1));
    know(2, COAST, new SiteState(Optional.of(new Estimate(20, 0, 1, longAgo)), Health.UP));
    assertThat(best()).as("one says that it is down, the others cannot know").isEqualTo("valley");
  }

  @Test
  void aSiteThatNobodyAroundKnowsComesBehindThoseThatAreUp() {
    around.forEach(each -> each.keySet().removeIf(it -> it.toString().contains(COAST)));
    Ranking ranking = ranking();
    assertThat(ranking.best().orElseThrow().siteId()).isEqualTo("valley");
    assertThat(ranking.order().getLast().health()).isEqualTo(Health.UNKNOWN);
  }

  @Test
  void whatOperatorsSayCounts() {
    admin = (_, site) -> site.equals("coast") ? Optional.of(AdminState.DOWN) : Optional.empty();
    assertThat(best()).isEqualTo("valley");
  }

  @Test
  void theServicesPolicyCountsWithCostsAsSeenFromTheNearestLoadBalancer() {
    policy = Policy.Sum.cheapest(Duration.ofMinutes(5));
    assertThat(best()).as("free from the west").isEqualTo("coast");
    place = new EstimatedPlace(PLACE.location(), PLACE.millis(), List.of("east"), NOW);
    assertThat(best()).as("dear from elsewhere").isEqualTo("valley");

    policy =
        new Policy.Chain(Policy.Latency.DEFAULT, List.of(new Step.Within(Step.Measure.COST, 1)));
    assertThat(best()).as("the dear one is filtered out").isEqualTo("valley");
  }

  @Test
  void lossIsWhatIsLostAround() {
    policy =
        new Policy.Latency(
            Duration.ZERO, Duration.ofMinutes(5), new Score.Download(Duration.ofMillis(100)));
    assertThat(best()).isEqualTo("coast");
    for (int i = 0; i < 3; i++) {
      know(i, COAST, up(100, 0.2));
    }
    assertThat(best()).isEqualTo("valley");
  }

  @Test
  void nearlyEqualSitesDoNotTakeTurns() {
    previous = Optional.of(ranking());
    place =
        new EstimatedPlace(
            PLACE.location(),
            Map.of("coast", 20.0, "valley", 18.0),
            PLACE.around(),
            NOW.plusSeconds(60));
    assertThat(best()).as("not by more than the margin").isEqualTo("coast");
    place =
        new EstimatedPlace(
            PLACE.location(),
            Map.of("coast", 20.0, "valley", 5.0),
            PLACE.around(),
            NOW.plusSeconds(60));
    assertThat(best()).isEqualTo("valley");
  }

  @Test
  void whileEverySiteIsDownTheLastGoodOrderGoesOn() {
    previous = Optional.of(ranking());
    for (int i = 0; i < 3; i++) {
      know(i, COAST, new SiteState(Optional.empty(), Health.DOWN));
      know(i, VALLEY, new SiteState(Optional.empty(), Health.DOWN));
    }
    assertThat(ranking().basis()).isEqualTo(Basis.ALL_DOWN);
    assertThat(best()).isEqualTo("coast");
  }

  @Test
  void onlyHealthTellsWhetherMoreIsKnownThanBefore() {
    StatesAround before = states();
    know(0, COAST, up(50, 0));
    assertThat(states().isAsHealthyAs(before)).isTrue();
    know(0, COAST, new SiteState(Optional.empty(), Health.DOWN));
    know(1, COAST, new SiteState(Optional.empty(), Health.DOWN));
    assertThat(states().isAsHealthyAs(before)).isFalse();
  }
}
