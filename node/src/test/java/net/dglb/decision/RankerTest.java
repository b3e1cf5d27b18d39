package net.dglb.decision;

import static net.dglb.decision.Health.DOWN;
import static net.dglb.decision.Health.UNKNOWN;
import static net.dglb.decision.Health.UP;
import static net.dglb.decision.Scene.NOW;
import static net.dglb.decision.Scene.ids;
import static net.dglb.decision.Scene.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import net.dglb.net.AddressFamily;
import net.dglb.service.Score;
import org.junit.jupiter.api.Test;

class RankerTest {

  @Test
  void ordersByLatency() {
    Ranking ranking = new Scene().site("a", UP, 40).site("b", UP, 10).site("c", UP, 20).rank();
    assertThat(ids(ranking)).containsExactly("b", "c", "a");
    assertThat(ranking.basis()).isEqualTo(Basis.MEASURED);
    assertThat(reasons(ranking))
        .containsExactly(Reason.LOWEST_SCORE, Reason.HIGHER_SCORE, Reason.HIGHER_SCORE);
  }

  @Test
  void putsUpBeforeUnknownBeforeDownWhateverTheLatency() {
    Ranking ranking =
        new Scene().site("down", DOWN, 1).site("unknown", UNKNOWN, 2).site("up", UP, 99).rank();
    assertThat(ids(ranking)).containsExactly("up", "unknown", "down");
    assertThat(reasons(ranking))
        .containsExactly(Reason.LOWEST_SCORE, Reason.UNKNOWN_HEALTH, Reason.DOWN);
  }

  @Test
  void keepsTheFirstWhileNoRivalIsBetterByMoreThanTheMargin() {
    Ranking before = new Scene().site("a", UP, 20).site("b", UP, 21).rank();
    Ranking ranking = new Scene().site("a", UP, 20).site("b", UP, 15).after(before).rank();
    assertThat(ids(ranking)).containsExactly("a", "b");
    assertThat(reasons(ranking)).containsExactly(Reason.KEPT_WITHIN_MARGIN, Reason.WITHIN_MARGIN);
  }

  @Test
  void changesTheFirstOnceARivalIsBetterByMoreThanTheMargin() {
    Ranking before = new Scene().site("a", UP, 20).site("b", UP, 21).rank();
    Ranking ranking = new Scene().site("a", UP, 20).site("b", UP, 14.9).after(before).rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
  }

  @Test
  void doesNotKeepAFirstThatWentDown() {
    Ranking before = new Scene().site("a", UP, 20).site("b", UP, 21).rank();
    Ranking ranking = new Scene().site("a", DOWN, 20).site("b", UP, 21).after(before).rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
    assertThat(reasons(ranking)).containsExactly(Reason.LOWEST_SCORE, Reason.DOWN);
  }

  @Test
  void doesNotKeepAFirstThatWasOnlyTheNearest() {
    Ranking before =
        new Scene().unmeasured("near", UP, 52, 13).unmeasured("far", UP, 40, -74).rank();
    Ranking ranking = new Scene().site("near", UP, 12).site("far", UP, 10).after(before).rank();
    assertThat(ids(ranking)).containsExactly("far", "near");
  }

  @Test
  void goesOnWithTheLastGoodOrderWhenEverythingIsDown() {
    Ranking before = new Scene().site("a", UP, 30).site("b", UP, 10).site("c", UP, 20).rank();
    Ranking ranking =
        new Scene().site("a", DOWN, 1).site("b", DOWN, 2).site("c", DOWN, 3).after(before).rank();
    assertThat(ids(ranking)).containsExactly("b", "c", "a");
    assertThat(ranking.basis()).isEqualTo(Basis.ALL_DOWN);
    assertThat(reasons(ranking)).containsOnly(Reason.LAST_GOOD);
  }

  @Test
  void putsTheLastToDieFirstWhenEverythingIsDown() {
    Ranking first = new Scene().site("a", UP, 10).site("b", UP, 20).rank();
    Ranking second = new Scene().site("a", DOWN, 10).site("b", UP, 20).after(first).rank();
    Ranking third = new Scene().site("a", DOWN, 10).site("b", DOWN, 20).after(second).rank();
    assertThat(ids(third)).containsExactly("b", "a");
  }

  @Test
  void putsANewSiteLastWhenEverythingIsDown() {
    Ranking before = new Scene().site("a", UP, 30).site("b", UP, 10).rank();
    Ranking ranking =
        new Scene().site("a", DOWN, 30).site("b", DOWN, 10).site("c", DOWN, 1).after(before).rank();
    assertThat(ids(ranking)).containsExactly("b", "a", "c");
  }

  @Test
  void ordersByDistanceWhenNothingIsMeasured() {
    Ranking ranking =
        new Scene()
            .unmeasured("new-york", UNKNOWN, 40.7, -74.0)
            .unmeasured("frankfurt", UNKNOWN, 50.1, 8.7)
            .unmeasured("nowhere", UNKNOWN)
            .rank();
    assertThat(ids(ranking)).containsExactly("frankfurt", "new-york", "nowhere");
    assertThat(ranking.basis()).isEqualTo(Basis.UNMEASURED);
    assertThat(reasons(ranking))
        .containsExactly(Reason.NEAREST, Reason.NEAREST, Reason.CONFIGURED_ORDER);
  }

  @Test
  void ordersAsConfiguredWhenNothingIsMeasuredAndThePlaceIsUnknown() {
    Ranking ranking =
        new Scene()
            .withoutPlace()
            .unmeasured("b", UNKNOWN, 40.7, -74.0)
            .unmeasured("a", UNKNOWN, 50.1, 8.7)
            .rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
    assertThat(reasons(ranking)).containsOnly(Reason.CONFIGURED_ORDER);
  }

  @Test
  void putsMeasuredBeforeUnmeasured() {
    Ranking ranking = new Scene().unmeasured("near", UP, 52, 13).site("b", UP, 200).rank();
    assertThat(ids(ranking)).containsExactly("b", "near");
    assertThat(ranking.basis()).isEqualTo(Basis.MEASURED);
  }

  @Test
  void takesAStaleEstimateForUnknown() {
    Ranking ranking =
        new Scene()
            .site("stale", UP, 1, NOW.minus(Duration.ofMinutes(5)).minusMillis(1), false)
            .site("fresh", UP, 50, NOW.minus(Duration.ofMinutes(5)), false)
            .rank();
    assertThat(ids(ranking)).containsExactly("fresh", "stale");
    assertThat(ranking.order().getLast().estimate()).isEmpty();
  }

  @Test
  void anEstimateCountsForTenOfTheIntervalsThatAreInEffect() {
    Duration interval = Duration.ofSeconds(400);
    Duration tenIntervals = Duration.ofSeconds(4_000);
    Ranking ranking =
        new Scene()
            .every(interval, "stale", 1, tenIntervals.plusMillis(1))
            .every(interval, "fresh", 50, tenIntervals)
            .rank();
    assertThat(ids(ranking)).containsExactly("fresh", "stale");
    assertThat(ranking.order().getLast().estimate()).isEmpty();
  }

  @Test
  void takesASiteThatNobodyHasSeenWorkForLongForUnknownAndOneThatWasDownForDown() {
    Instant longAgo = NOW.minus(Duration.ofHours(1));
    Ranking ranking =
        new Scene()
            .site("silent", UP, 1, longAgo, false)
            .site("dead", DOWN, 2, longAgo, false)
            .unmeasured("up", UP)
            .rank();
    assertThat(ids(ranking)).containsExactly("up", "silent", "dead");
    assertThat(reasons(ranking))
        .containsExactly(Reason.CONFIGURED_ORDER, Reason.UNKNOWN_HEALTH, Reason.DOWN);
  }

  @Test
  void comparesThePredictedDownloadWhereThePolicySaysSo() {
    Scene scene = new Scene().lossy("near", 10, 0.05).lossy("far", 22, 0);
    assertThat(ids(scene.rank())).containsExactly("near", "far");
    Ranking ranking = scene.score(new Score.Download(Score.Download.USUAL_FLOOR)).rank();
    assertThat(ids(ranking)).containsExactly("far", "near");
    assertThat(ranking.order().getFirst().score()).hasValue(22);
    assertThat(ranking.order().getLast().score().getAsDouble()).isCloseTo(29.3, within(0.1));
  }

  @Test
  void goesOnWithTheLastMeasuredOrderWhenEveryEstimateIsStale() {
    Ranking before = new Scene().site("a", UP, 20).site("b", UP, 10).rank();
    Ranking ranking =
        new Scene()
            .site("a", UP, 1, NOW.minus(Duration.ofHours(1)), false)
            .site("b", UP, 2, NOW.minus(Duration.ofHours(1)), false)
            .after(before)
            .rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
    assertThat(ranking.basis()).isEqualTo(Basis.SAVED);
    assertThat(reasons(ranking)).containsOnly(Reason.LAST_ORDER);
  }

  @Test
  void correctsTheLastMeasuredOrderByHealth() {
    Ranking before = new Scene().site("a", UP, 20).site("b", UP, 10).rank();
    Ranking ranking = new Scene().unmeasured("a", UP).unmeasured("b", DOWN).after(before).rank();
    assertThat(ids(ranking)).containsExactly("a", "b");
  }

  @Test
  void believesSavedEstimatesForDaysAndSaysSo() {
    Ranking ranking =
        new Scene()
            .site("a", UP, 20, NOW.minus(Duration.ofDays(6)), true)
            .site("b", UP, 10, NOW.minus(Duration.ofDays(6)), true)
            .rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
    assertThat(ranking.basis()).isEqualTo(Basis.SAVED);
  }

  @Test
  void isEmptyForAFamilyWithoutAddresses() {
    Ranking ranking = new Scene().site("a", UP, 20).rank(AddressFamily.IPV6);
    assertThat(ranking.order()).isEmpty();
    assertThat(ranking.best()).isEmpty();
    assertThat(ranking.basis()).isEqualTo(Basis.MEASURED);
  }
}
