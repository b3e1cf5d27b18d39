package net.dglb.decision;

import static net.dglb.decision.Health.DOWN;
import static net.dglb.decision.Health.UP;
import static net.dglb.decision.Scene.ids;
import static net.dglb.decision.Scene.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.dglb.net.Prefix;
import net.dglb.service.Policy;
import net.dglb.service.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The place is in Berlin, 13.4 degrees east; the sites lie on its latitude. */
class StepsTest {

  private static final int SLOTS = 1_000;

  private static Policy chain(Step... steps) {
    return new Policy.Chain(Policy.Latency.DEFAULT, List.of(steps));
  }

  private static Scene sites() {
    return new Scene()
        .priced("berlin", UP, 30, 13.4, 9)
        .priced("london", UP, 20, 0, 5)
        .priced("halifax", UP, 90, -63.6, 1);
  }

  private static Spread spread(Ranking ranking) {
    return ranking.spread().orElseThrow(() -> new AssertionError("the same for all: " + ranking));
  }

  @ParameterizedTest(name = "within {1} by {0}: {2}")
  @CsvSource({
    "LATENCY,    10,   london berlin | halifax",
    "LATENCY,    9.9,  london | berlin halifax",
    "LATENCY,    70,   london berlin halifax |",
    "KILOMETRES, 1000, london berlin | halifax",
    "COST,       4,    london halifax | berlin",
    "COST,       0,    halifax | london berlin",
  })
  void goesOnWithThoseWithinABound(Step.Measure measure, double most, String expected) {
    Ranking ranking = sites().policy(chain(new Step.Within(measure, most))).rank();
    String in =
        String.join(
            " ",
            ranking.order().stream()
                .filter(it -> it.reason() != Reason.BEYOND_THE_BOUND)
                .map(RankedSite::siteId)
                .toList());
    String out =
        String.join(
            " ",
            ranking.order().stream()
                .filter(it -> it.reason() == Reason.BEYOND_THE_BOUND)
                .map(RankedSite::siteId)
                .toList());
    assertThat((in + " | " + out).strip()).isEqualTo(expected);
    assertThat(ids(ranking)).containsExactly((in + " " + out).strip().split(" "));
  }

  @Test
  void keepsOneThatWasWithinABoundUntilItIsFurtherByAQuarter() {
    Policy policy = chain(new Step.Within(Step.Measure.LATENCY, 10));
    Ranking before = sites().policy(policy).rank();
    Ranking kept = berlinAt(32.4).policy(policy).after(before).rank();
    assertThat(reasons(kept)).containsOnlyOnce(Reason.BEYOND_THE_BOUND);
    Ranking out = berlinAt(32.6).policy(policy).after(kept).rank();
    assertThat(reasons(out)).filteredOn(Reason.BEYOND_THE_BOUND::equals).hasSize(2);
    assertThat(reasons(berlinAt(32.4).policy(policy).after(out).rank()))
        .as("it comes back only within the bound itself")
        .filteredOn(Reason.BEYOND_THE_BOUND::equals)
        .hasSize(2);
  }

  private static Scene berlinAt(double latencyMillis) {
    return new Scene()
        .priced("berlin", UP, latencyMillis, 13.4, 9)
        .priced("london", UP, 20, 0, 5)
        .priced("halifax", UP, 90, -63.6, 1);
  }

  @Test
  void goesOnWithTheFirst() {
    Ranking ranking = sites().policy(chain(new Step.First(2), new Step.RoundRobin())).rank();
    assertThat(ids(ranking)).containsExactly("london", "berlin", "halifax");
    assertThat(spread(ranking).rows().getFirst().shares())
        .isEqualTo(Map.of("london", 0.5, "berlin", 0.5, "halifax", 0.0));
  }

  @Test
  void givesEachSiteItsPercentageOfThePrefixes() {
    Step step = new Step.Percentages(Map.of("berlin", 62.5, "london", 37.5));
    Ranking ranking = sites().policy(chain(step)).rank();
    assertThat(spread(ranking).perQuery()).isFalse();
    assertThat(ids(ranking)).as("the order without slots").startsWith("london");
    assertThat(spread(ranking).rows().getFirst().shares())
        .containsEntry("berlin", 0.625)
        .containsEntry("london", 0.375)
        .containsEntry("halifax", 0.0);
  }

  @Test
  void givesTheShareOfADeadSiteToTheOthersInProportion() {
    Step step = new Step.Percentages(Map.of("a", 50.0, "b", 30.0, "c", 20.0));
    Scene scene = new Scene().site("a", DOWN, 1).site("b", UP, 2).site("c", UP, 3);
    assertThat(spread(scene.policy(chain(step)).rank()).rows().getFirst().shares())
        .containsEntry("a", 0.0)
        .containsEntry("b", 0.6)
        .containsEntry("c", 0.4);
  }

  @Test
  void turnsByWeightOrByCapacityQueryByQuery() {
    Scene scene = new Scene().loaded("a", UP, 1, 3, 0).loaded("b", UP, 2, 1, 0);
    for (Step.Weights by : Step.Weights.values()) {
      Ranking ranking = scene.policy(chain(new Step.Weighted(by))).rank();
      assertThat(spread(ranking).perQuery()).isTrue();
      assertThat(spread(ranking).rows().getFirst().shares())
          .isEqualTo(Map.of("a", 0.75, "b", 0.25));
    }
  }

  @Test
  void putsTheSitesOfARuleFirstForItsPrefixesAlone() {
    Prefix prefix = Prefix.parse("192.0.2.0/24");
    Step step =
        new Step.Static(
            List.of(new Step.Static.Rule(List.of(prefix), List.of("halifax", "berlin"))));
    Ranking ranking = sites().policy(chain(step)).rank();
    assertThat(ids(ranking)).containsExactly("london", "berlin", "halifax");
    Spread spread = spread(ranking);
    assertThat(spread.map()).isEqualTo(Map.of(prefix, 1));
    assertThat(spread.rows().get(1).order(7))
        .extracting(RankedSite::siteId)
        .containsExactly("halifax", "berlin", "london");
    assertThat(spread.rows().get(1).order(7))
        .extracting(RankedSite::reason)
        .containsExactly(
            Reason.SET_FOR_THE_PREFIX, Reason.SET_FOR_THE_PREFIX, Reason.OTHERS_ARE_SET);
  }

  @Test
  void ignoresARuleWhoseSitesAreDown() {
    Step step =
        new Step.Static(
            List.of(new Step.Static.Rule(List.of(Prefix.parse("192.0.2.0/24")), List.of("b"))));
    Ranking ranking = new Scene().site("a", UP, 9).site("b", DOWN, 1).policy(chain(step)).rank();
    assertThat(spread(ranking).rows().get(1).order(0))
        .extracting(RankedSite::siteId)
        .containsExactly("a", "b");
  }

  @ParameterizedTest(name = "at load {0} it keeps {1}")
  @CsvSource({"0.5, 1", "0.7, 1", "0.75, 0.75", "0.8, 0.5", "0.9, 0", "2, 0"})
  void shedsInProportionToTheLoad(double load, double kept) {
    Ranking ranking =
        new Scene()
            .loaded("a", UP, 10, 1, load)
            .loaded("b", UP, 20, 1, 0)
            .policy(chain(new Step.Shed(0.7, 0.9)))
            .rank();
    double share = ranking.spread().map(it -> it.rows().getFirst().shares().get("a")).orElse(1.0);
    assertThat(share).isEqualTo(kept, within(0.0101));
  }

  @Test
  void shedsNothingWhereEverySiteIsOverloaded() {
    Ranking ranking =
        new Scene()
            .loaded("a", UP, 10, 1, 5)
            .loaded("b", UP, 20, 1, 5)
            .policy(chain(new Step.Shed(0.7, 0.9)))
            .rank();
    assertThat(ids(ranking)).containsExactly("a", "b");
    assertThat(ranking.spread()).isEmpty();
  }

  @Test
  void takesTheSameSiteForAPrefixAndMovesTheShareOfOneThatGoesAlone() {
    Policy policy = chain(new Step.Hash());
    Scene all = new Scene();
    Scene without = new Scene();
    for (int i = 0; i < 5; i++) {
      all.site("site-" + i, UP, 10 + i);
      without.site("site-" + i, i == 2 ? DOWN : UP, 20 - i);
    }
    Spread.Row before = spread(all.policy(policy).rank()).rows().getFirst();
    Spread.Row after = spread(without.policy(policy).rank()).rows().getFirst();
    for (int slot = 0; slot < SLOTS; slot++) {
      String old = before.order(slot).getFirst().siteId();
      String now = after.order(slot).getFirst().siteId();
      if (!old.equals("site-2")) {
        assertThat(now).as("slot %d", slot).isEqualTo(old);
      }
    }
    before.shares().values().forEach(share -> assertThat(share).isBetween(0.15, 0.25));
  }

  @Test
  void doesNothingWhileEverySiteIsDown() {
    Ranking ranking =
        new Scene().site("a", DOWN, 1).site("b", DOWN, 2).policy(chain(new Step.Hash())).rank();
    assertThat(ranking.basis()).isEqualTo(Basis.ALL_DOWN);
    assertThat(ranking.spread()).isEmpty();
  }

  private static Scene dearAndTwoAlike(long seconds, double latencyOfC) {
    return new Scene()
        .later(Duration.ofSeconds(seconds))
        .priced("dear", UP, 10, 13, 10)
        .priced("b", UP, 40, 13, 1)
        .priced("c", UP, latencyOfC, 13, 1)
        .policy(
            new Policy.Chain(
                Policy.Latency.DEFAULT, List.of(new Step.Within(Step.Measure.COST, 3))));
  }

  @Test
  void marginsCountAmongThoseThatAreLeftWhateverIsTakenOut() {
    Ranking ranking = dearAndTwoAlike(0, 41).rank();
    for (int probe = 1; probe <= 20; probe++) {
      double latencyOfC = probe % 2 == 0 ? 41 : 39;
      ranking = dearAndTwoAlike(30L * probe, latencyOfC).after(ranking).rank();
      assertThat(ids(ranking)).as("probe " + probe).containsExactly("b", "c", "dear");
      assertThat(reasons(ranking).subList(0, 2))
          .isEqualTo(
              latencyOfC < 40
                  ? List.of(Reason.KEPT_WITHIN_MARGIN, Reason.WITHIN_MARGIN)
                  : List.of(Reason.LOWEST_SCORE, Reason.HIGHER_SCORE));
    }
  }

  @Test
  void aLeadGrowsAmongThoseThatAreLeftWhateverIsTakenOut() {
    Ranking ranking = dearAndTwoAlike(0, 41).rank();
    long seconds = 0;
    while (ids(ranking).getFirst().equals("b") && seconds < 7200) {
      seconds += 30;
      ranking = dearAndTwoAlike(seconds, 34).after(ranking).rank();
    }
    assertThat(seconds).isEqualTo(1020);
    assertThat(ids(ranking)).containsExactly("c", "b", "dear");
    assertThat(ranking.order()).allMatch(site -> site.lead().isEmpty());
  }
}
