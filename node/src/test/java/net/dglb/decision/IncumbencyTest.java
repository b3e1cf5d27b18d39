package net.dglb.decision;

import static net.dglb.decision.Health.DOWN;
import static net.dglb.decision.Health.UP;
import static net.dglb.decision.Scene.NOW;
import static net.dglb.decision.Scene.ids;
import static net.dglb.decision.Scene.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.service.Policy;
import net.dglb.service.Score;
import org.junit.jupiter.api.Test;

/** The margin is 5 ms, the time constant 300 s: a lead of 120 s wins. */
class IncumbencyTest {

  private final Ranking before = at(0).site("a", UP, 100).site("b", UP, 120).rank();

  private static Scene at(long seconds) {
    return new Scene().later(Duration.ofSeconds(seconds));
  }

  /** Ranks two sites every 30 s, with b at this latency; the seconds until b is first, or -1. */
  private static long secondsUntilChange(Ranking start, double latencyOfB, long most) {
    Ranking ranking = start;
    for (long seconds = 30; seconds <= most; seconds += 30) {
      ranking = at(seconds).site("a", UP, 100).site("b", UP, latencyOfB).after(ranking).rank();
      if (ids(ranking).getFirst().equals("b")) {
        return seconds;
      }
    }
    return -1;
  }

  private static Optional<Lead> leadOf(String id, Ranking ranking) {
    return ranking.order().stream()
        .filter(it -> it.siteId().equals(id))
        .findFirst()
        .orElseThrow()
        .lead();
  }

  @Test
  void keepsAFarSiteThoughARivalIsBetterByMoreThanTheMarginBecauseJitterGrowsWithLatency() {
    Ranking ranking = at(30).site("a", UP, 100).site("b", UP, 76).after(before).rank();
    assertThat(ids(ranking)).containsExactly("a", "b");
    assertThat(reasons(ranking)).containsExactly(Reason.KEPT_WITHIN_MARGIN, Reason.WITHIN_MARGIN);
  }

  @Test
  void changesAtOnceWhenARivalIsBetterByMoreThanAQuarter() {
    Ranking ranking = at(30).site("a", UP, 100).site("b", UP, 74).after(before).rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
    assertThat(reasons(ranking).getFirst()).isEqualTo(Reason.LOWEST_SCORE);
  }

  @Test
  void changesTheSoonerTheMoreARivalIsBetter() {
    assertThat(secondsUntilChange(before, 79, 7200)).isEqualTo(690);
    assertThat(secondsUntilChange(before, 91, 7200)).isEqualTo(1770);
    assertThat(secondsUntilChange(before, 95, 7200)).isEqualTo(4050);
  }

  @Test
  void neverChangesForAGainThatIsNotAboveTheAllowance() {
    assertThat(secondsUntilChange(before, 98, 86_400)).isEqualTo(-1);
  }

  @Test
  void saysThatARivalWasBetterForLong() {
    Ranking ranking = before;
    for (long seconds = 30; seconds <= 720; seconds += 30) {
      ranking = at(seconds).site("a", UP, 100).site("b", UP, 80).after(ranking).rank();
    }
    assertThat(reasons(ranking)).containsExactly(Reason.BETTER_FOR_LONG, Reason.HIGHER_SCORE);
    assertThat(leadOf("a", ranking)).isEmpty();
  }

  @Test
  void takesBackWhatSpokeForARivalThatFallsBehind() {
    Ranking first = at(0).site("a", UP, 100).site("b", UP, 90).after(before).rank();
    Ranking ahead = at(100).site("a", UP, 100).site("b", UP, 90).after(first).rank();
    assertThat(leadOf("b", ahead).orElseThrow().shareSeconds()).isCloseTo(8, within(1e-9));
    Ranking behind = at(150).site("a", UP, 100).site("b", UP, 108).after(ahead).rank();
    assertThat(leadOf("b", behind).orElseThrow().shareSeconds()).isCloseTo(3, within(1e-9));
    Ranking far = at(200).site("a", UP, 100).site("b", UP, 108).after(behind).rank();
    assertThat(leadOf("b", far)).isEmpty();
  }

  @Test
  void aLeadThatAnotherPolicyCountedBringsNobodyFirstWhoIsWorse() {
    Policy.Failover failover =
        new Policy.Failover(List.of("b", "a"), true, Duration.ofHours(1), Duration.ofMinutes(5));
    Ranking ranking = at(0).site("a", UP, 50).site("b", DOWN, 100).policy(failover).rank();
    for (long seconds = 30; seconds <= 1800; seconds += 30) {
      ranking =
          at(seconds).site("a", UP, 50).site("b", UP, 100).policy(failover).after(ranking).rank();
    }
    assertThat(leadOf("b", ranking).orElseThrow().shareSeconds()).isEqualTo(1770);
    Ranking byLatency = at(1830).site("a", UP, 50).site("b", UP, 100).after(ranking).rank();
    assertThat(ids(byLatency)).containsExactly("a", "b");
  }

  @Test
  void countsALongSilenceAsOneTimeConstant() {
    Ranking first = at(0).site("a", UP, 100).site("b", UP, 90).after(before).rank();
    Ranking later = at(86_400).site("a", UP, 100).site("b", UP, 90).after(first).rank();
    assertThat(ids(later)).containsExactly("a", "b");
    assertThat(leadOf("b", later))
        .hasValueSatisfying(lead -> {
          assertThat(lead.shareSeconds()).isCloseTo(24, within(1e-9));
          assertThat(lead.asOf()).isEqualTo(NOW.plusSeconds(86_400));
        });
  }

  /**
   * As often as a site is probed b seems to be better by a fifth of the score; until it is first.
   */
  private static long secondsUntilChangeProbed(Duration interval) {
    long step = interval.toSeconds();
    Ranking ranking =
        at(0)
            .every(interval, "a", 100, Duration.ZERO)
            .every(interval, "b", 100, Duration.ZERO)
            .rank();
    for (long seconds = step; seconds <= 86_400; seconds += step) {
      ranking =
          at(seconds)
              .every(interval, "a", 100, Duration.ZERO)
              .every(interval, "b", 80, Duration.ZERO)
              .after(ranking)
              .rank();
      if (ids(ranking).getFirst().equals("b")) {
        return seconds;
      }
    }
    return -1;
  }

  @Test
  void aRivalLeadsForLongerWhereProbesAreFartherApart() {
    long usual = secondsUntilChangeProbed(Duration.ofSeconds(30));
    assertThat(usual).isEqualTo(720);
    assertThat(secondsUntilChangeProbed(Duration.ofMinutes(5))).isEqualTo(2_700);
  }

  @Test
  void addsUpNothingForASiteThatIsDown() {
    Ranking ahead = at(0).site("a", UP, 100).site("b", DOWN, 50).after(before).rank();
    Ranking later = at(200).site("a", UP, 100).site("b", DOWN, 50).after(ahead).rank();
    assertThat(ids(later)).containsExactly("a", "b");
    assertThat(leadOf("b", later)).isEmpty();
  }

  /**
   * Ranks a, which loses so much, against b by the predicted download; seconds until b is first.
   */
  private static long secondsUntilALossyOneIsLeft(double loss, double latencyOfB) {
    Score download = new Score.Download(Score.Download.USUAL_FLOOR);
    Ranking ranking = at(0).score(download).lossy("a", 20, 0).lossy("b", latencyOfB, 0).rank();
    for (long seconds = 30; seconds <= 7200; seconds += 30) {
      Scene scene = at(seconds).score(download).lossy("a", 20, loss).lossy("b", latencyOfB, 0);
      ranking = scene.after(ranking).rank();
      if (ids(ranking).getFirst().equals("b")) {
        return seconds;
      }
    }
    return -1;
  }

  @Test
  void leavesASiteForItsLossesOnlyOnceTheyHaveLasted() {
    assertThat(secondsUntilALossyOneIsLeft(0.1, 50)).isEqualTo(900);
    assertThat(secondsUntilALossyOneIsLeft(0.5, 50)).isEqualTo(660);
    assertThat(secondsUntilALossyOneIsLeft(0.1, 300)).isEqualTo(-1);
  }

  @Test
  void leavesASiteAtOnceThatIsSlowerEvenWithoutItsLosses() {
    assertThat(secondsUntilALossyOneIsLeft(0.1, 10)).isEqualTo(30);
  }

  @Test
  void doesNotReturnAtOnceToOneThatLostProbesOfLate() {
    Score download = new Score.Download(Score.Download.USUAL_FLOOR);
    Ranking onB = at(0).score(download).lossy("a", 20, 0.5).lossy("b", 50, 0).rank();
    Ranking soon = at(30).score(download).lossy("a", 20, 0.02).lossy("b", 50, 0).after(onB).rank();
    assertThat(ids(soon)).containsExactly("b", "a");
    Ranking clean = at(30).score(download).lossy("a", 20, 0).lossy("b", 50, 0).after(onB).rank();
    assertThat(ids(clean)).containsExactly("a", "b");
  }

  @Test
  void alwaysTakesTheLowestWithoutAMargin() {
    Ranking ranking =
        at(30).margin(Duration.ZERO).site("a", UP, 100).site("b", UP, 99.9).after(before).rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
  }
}
