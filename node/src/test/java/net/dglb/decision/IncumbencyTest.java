package net.dglb.decision;

import static net.dglb.decision.Health.DOWN;
import static net.dglb.decision.Health.UP;
import static net.dglb.decision.Scene.NOW;
import static net.dglb.decision.Scene.ids;
import static net.dglb.decision.Scene.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The margin is 5 ms and the time constant five minutes: the patience is 25 minutes. */
class IncumbencyTest {

  private static final Duration PATIENCE = Duration.ofMinutes(25);

  private final Ranking before = at(Duration.ZERO).site("a", UP, 100).site("b", UP, 120).rank();

  private static Scene at(Duration time) {
    return new Scene().later(time);
  }

  @Test
  void keepsAFarSiteThoughARivalIsBetterByMoreThanTheMarginBecauseJitterGrowsWithLatency() {
    Ranking ranking =
        at(Duration.ofSeconds(30)).site("a", UP, 100).site("b", UP, 81).after(before).rank();
    assertThat(ids(ranking)).containsExactly("a", "b");
    assertThat(reasons(ranking)).containsExactly(Reason.KEPT_WITHIN_MARGIN, Reason.WITHIN_MARGIN);
  }

  @Test
  void changesAtOnceWhenARivalIsBetterByMoreThanAFifth() {
    Ranking ranking =
        at(Duration.ofSeconds(30)).site("a", UP, 100).site("b", UP, 79).after(before).rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
    assertThat(reasons(ranking).getFirst()).isEqualTo(Reason.LOWEST_LATENCY);
  }

  @Test
  void changesOnceARivalHasBeenBetterForAllOfThePatience() {
    Ranking first = at(Duration.ZERO).site("a", UP, 100).site("b", UP, 98).after(before).rank();
    assertThat(first.order().getLast().aheadSince()).contains(NOW);
    Duration almost = PATIENCE.minusSeconds(1);
    Ranking kept = at(almost).site("a", UP, 100).site("b", UP, 98).after(first).rank();
    assertThat(ids(kept)).containsExactly("a", "b");
    assertThat(kept.order().getLast().aheadSince()).contains(NOW);
    Ranking changed = at(PATIENCE).site("a", UP, 100).site("b", UP, 98).after(kept).rank();
    assertThat(ids(changed)).containsExactly("b", "a");
    assertThat(reasons(changed)).containsExactly(Reason.BETTER_FOR_LONG, Reason.HIGHER_LATENCY);
  }

  @Test
  void beginsToCountAnewWhenARivalFallsBackInBetween() {
    Ranking ahead = at(Duration.ZERO).site("a", UP, 100).site("b", UP, 98).after(before).rank();
    Ranking level =
        at(Duration.ofMinutes(10)).site("a", UP, 100).site("b", UP, 99.5).after(ahead).rank();
    assertThat(level.order().getLast().aheadSince()).isEmpty();
    Ranking again = at(PATIENCE).site("a", UP, 100).site("b", UP, 98).after(level).rank();
    assertThat(ids(again)).containsExactly("a", "b");
    assertThat(again.order().getLast().aheadSince()).contains(NOW.plus(PATIENCE));
  }

  @Test
  void neverCountsTheLeadOfASiteThatIsDown() {
    Ranking ahead = at(Duration.ZERO).site("a", UP, 100).site("b", DOWN, 50).after(before).rank();
    Ranking later = at(PATIENCE).site("a", UP, 100).site("b", DOWN, 50).after(ahead).rank();
    assertThat(ids(later)).containsExactly("a", "b");
    assertThat(later.order().getLast().aheadSince()).isEmpty();
  }

  @Test
  void prefersTheLowestOfAllThatHaveWaitedLongEnough() {
    Ranking ahead =
        at(Duration.ZERO)
            .site("a", UP, 100)
            .site("b", UP, 98)
            .site("c", UP, 97)
            .after(before)
            .rank();
    Ranking changed =
        at(PATIENCE).site("a", UP, 100).site("b", UP, 98).site("c", UP, 97).after(ahead).rank();
    assertThat(ids(changed)).containsExactly("c", "b", "a");
  }

  @Test
  void takesAProvenRivalThoughAnotherIsAheadOfItOnlyJustNow() {
    Ranking ahead =
        at(Duration.ZERO)
            .site("a", UP, 100)
            .site("b", UP, 98)
            .site("c", UP, 100)
            .after(before)
            .rank();
    Ranking changed =
        at(PATIENCE).site("a", UP, 100).site("b", UP, 98).site("c", UP, 95).after(ahead).rank();
    assertThat(ids(changed)).containsExactly("b", "c", "a");
  }

  @Test
  void alwaysTakesTheLowestWithoutAMargin() {
    Ranking ranking =
        at(Duration.ofSeconds(30))
            .margin(Duration.ZERO)
            .site("a", UP, 100)
            .site("b", UP, 99.9)
            .after(before)
            .rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
  }
}
