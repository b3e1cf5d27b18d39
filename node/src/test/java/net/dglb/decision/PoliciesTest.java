package net.dglb.decision;

import static net.dglb.decision.Health.DOWN;
import static net.dglb.decision.Health.UP;
import static net.dglb.decision.Scene.ids;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.dglb.service.Policy;
import net.dglb.service.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The place is in Berlin, 13.4 degrees east; the sites lie on its latitude. */
class PoliciesTest {

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private static Policy sum(double latency, double kilometres, double cost) {
    return new Policy.Sum(
        latency, kilometres, cost, 0, Duration.ZERO, FIVE_MINUTES, new Score.Latency());
  }

  private static Scene sites() {
    return new Scene()
        .priced("berlin", UP, 30, 13.4, 9)
        .priced("london", UP, 20, 0, 5)
        .priced("halifax", UP, 90, -63.6, 1);
  }

  @ParameterizedTest(name = "latency {0}, kilometres {1}, cost {2}: {3}")
  @CsvSource({
    "1, 0,    0,  london berlin halifax",
    "0, 1,    0,  berlin london halifax",
    "0, 0,    1,  halifax london berlin",
    "1, 0,    20, halifax london berlin",
    "1, 0,    10, london halifax berlin",
    "1, 0.05, 0,  berlin london halifax",
  })
  void ranksByTheWeightedSum(double latency, double kilometres, double cost, String order) {
    assertThat(ids(sites().policy(sum(latency, kilometres, cost)).rank()))
        .containsExactly(order.split(" "));
  }

  @Test
  void showsTheSumOfEachSite() {
    Ranking ranking = sites().policy(sum(2, 0, 3)).rank();
    assertThat(ranking.order())
        .extracting(it -> it.score().orElseThrow())
        .containsExactly(2 * 20 + 3 * 5.0, 2 * 30 + 3 * 9.0, 2 * 90 + 3 * 1.0);
  }

  @Test
  void takesTheFasterOfTwoThatCostTheSame() {
    Scene scene = new Scene().priced("slow", UP, 30, 0, 5).priced("fast", UP, 20, 90, 5);
    assertThat(ids(scene.policy(sum(0, 0, 1)).rank())).containsExactly("fast", "slow");
  }

  @Test
  void letsTheOtherTermsDecideWhereThePlaceHasNoLocation() {
    assertThat(ids(sites().withoutPlace().policy(sum(1, 100, 0)).rank()))
        .containsExactly("london", "berlin", "halifax");
  }

  private static Policy failover(boolean failback) {
    return new Policy.Failover(List.of("a", "b", "c"), failback, FIVE_MINUTES);
  }

  private static Scene abc(Health a, Health b, Health c) {
    return new Scene().site("a", a, 30).site("b", b, 20).site("c", c, 10);
  }

  @Test
  void takesTheFirstOfTheListThatIsUp() {
    assertThat(ids(abc(UP, UP, UP).policy(failover(true)).rank())).containsExactly("a", "b", "c");
    assertThat(ids(abc(DOWN, UP, UP).policy(failover(true)).rank())).containsExactly("b", "c", "a");
  }

  @Test
  void failsBackAsSoonAsABetterOneIsUpAgain() {
    Ranking before = abc(DOWN, UP, UP).policy(failover(true)).rank();
    assertThat(ids(abc(UP, UP, UP).policy(failover(true)).after(before).rank()))
        .containsExactly("a", "b", "c");
  }

  @Test
  void failsBackOnceABetterOneHasBeenUpForTheDelay() {
    Policy policy =
        new Policy.Failover(List.of("a", "b", "c"), true, Duration.ofMinutes(10), FIVE_MINUTES);
    Ranking ranking = abc(DOWN, UP, UP).policy(policy).rank();
    for (int minute = 1; minute <= 12; minute++) {
      Duration since = Duration.ofMinutes(minute);
      Health first = minute == 1 ? DOWN : UP;
      Scene scene =
          new Scene().later(since).site("a", first, 30).site("b", UP, 20).site("c", UP, 10);
      ranking = scene.policy(policy).after(ranking).rank();
      assertThat(ids(ranking).getFirst()).as("minute %d", minute).isEqualTo("b");
    }
    Scene scene =
        new Scene()
            .later(Duration.ofMinutes(13))
            .site("a", UP, 30)
            .site("b", UP, 20)
            .site("c", UP, 10);
    ranking = scene.policy(policy).after(ranking).rank();
    assertThat(ids(ranking)).containsExactly("a", "b", "c");
    assertThat(ranking.order().getFirst().reason()).isEqualTo(Reason.BETTER_FOR_LONG);
  }

  @Test
  void countsTheDelayAnewWhenTheBetterOneFailsMeanwhile() {
    Policy policy =
        new Policy.Failover(List.of("a", "b"), true, Duration.ofMinutes(3), FIVE_MINUTES);
    Ranking ranking = new Scene().site("a", DOWN, 30).site("b", UP, 20).policy(policy).rank();
    for (int minute = 1; minute <= 6; minute++) {
      Health first = minute == 3 ? DOWN : UP;
      Scene scene =
          new Scene().later(Duration.ofMinutes(minute)).site("a", first, 30).site("b", UP, 20);
      ranking = scene.policy(policy).after(ranking).rank();
      assertThat(ids(ranking).getFirst()).as("minute %d", minute).isEqualTo("b");
    }
  }

  @Test
  void countsTheCostAsItIsAtThePlace() {
    Policy policy = sum(0, 0, 1);
    Scene scene =
        new Scene()
            .priced("a", UP, 10, 0, 1, Map.of("lb-ber-*", 7.0, "lb-*", 1.0))
            .priced("b", UP, 20, 0, 5, Map.of("lb-nyc-1", 1.0))
            .policy(policy);
    assertThat(ids(scene.rank())).containsExactly("b", "a");
  }

  @Test
  void countsTheLoadThatSitesReport() {
    Policy policy = new Policy.Sum(1, 0, 0, 100, Duration.ZERO, FIVE_MINUTES, new Score.Latency());
    Scene scene =
        new Scene().loaded("a", UP, 10, 1, 0.9).loaded("b", UP, 50, 1, 0.2).policy(policy);
    assertThat(ids(scene.rank())).containsExactly("b", "a");
    assertThat(scene.rank().order().getFirst().score()).hasValue(70);
  }

  @Test
  void staysWhereItIsWithManualFailbackUntilThatFailsToo() {
    Ranking before = abc(DOWN, UP, UP).policy(failover(false)).rank();
    Ranking after = abc(UP, UP, UP).policy(failover(false)).after(before).rank();
    assertThat(ids(after)).containsExactly("b", "a", "c");
    assertThat(after.order().getFirst().reason()).isEqualTo(Reason.KEPT_WITHIN_MARGIN);
    assertThat(ids(abc(UP, DOWN, UP).policy(failover(false)).after(after).rank()))
        .containsExactly("a", "c", "b");
  }

  @Test
  void failsBackByHandWhenTheAnsweredSiteIsDrained() {
    Ranking before = abc(DOWN, UP, UP).policy(failover(false)).rank();
    Scene drained = abc(UP, UP, UP).said("b", AdminState.DRAIN);
    Ranking after = drained.policy(failover(false)).after(before).rank();
    assertThat(ids(after)).containsExactly("a", "c", "b");
    assertThat(ids(abc(UP, UP, UP).policy(failover(false)).after(after).rank()))
        .as("after the drain")
        .containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "proximity", "cost", "failover", "manual"})
  void isAPermutationWithNoDeadSiteAboveALivingOneWhateverThePolicy(String kind) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<String> ids = new ArrayList<>();
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        ids.add("site-" + i);
      }
      Policy policy = policy(kind, ids);
      Ranking before = drawn(ids, random).policy(policy).rank();
      Ranking ranking = drawn(ids, random).policy(policy).after(before).rank();
      assertThat(ids(ranking)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(ranking.order().stream().map(RankedSite::health))
          .as("seed %d", seed)
          .isSortedAccordingTo(Health::compareTo);
    }
  }

  private static Policy policy(String kind, List<String> ids) {
    return switch (kind) {
      case "sum" -> sum(1, 0.01, 2);
      case "proximity" -> Policy.Sum.proximity(FIVE_MINUTES);
      case "cost" -> Policy.Sum.cheapest(FIVE_MINUTES);
      case "failover" -> new Policy.Failover(ids, true, FIVE_MINUTES);
      default -> new Policy.Failover(ids, false, FIVE_MINUTES);
    };
  }

  private static Scene drawn(List<String> ids, Random random) {
    Scene scene = new Scene();
    for (String id : ids) {
      scene.priced(
          id,
          List.of(UP, Health.UNKNOWN, DOWN).get(random.nextInt(3)),
          random.nextInt(200),
          random.nextInt(360) - 180,
          1 + random.nextInt(9));
    }
    return scene;
  }

  @Test
  void keepsTheOrderByLatencyWhenAllLatenciesAreScaled() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Scene plain = new Scene().policy(sum(1, 0, 0));
      Scene scaled = new Scene().policy(sum(1, 0, 0));
      for (int i = 0; i < 6; i++) {
        double latency = random.nextInt(200) * 0.5;
        plain.priced("site-" + i, UP, latency, 0, 1);
        scaled.priced("site-" + i, UP, latency * 8, 0, 1);
      }
      assertThat(ids(scaled.rank())).as("seed %d", seed).isEqualTo(ids(plain.rank()));
    }
  }
}
