package net.dglb.decision;

import static net.dglb.decision.Health.DOWN;
import static net.dglb.decision.Health.UNKNOWN;
import static net.dglb.decision.Health.UP;
import static net.dglb.decision.Scene.ids;
import static net.dglb.decision.Scene.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdminStatesTest {

  @Test
  void aSiteThatIsTakenOutComesLastHoweverWellItWorks() {
    Ranking ranking =
        new Scene()
            .site("out", UP, 1)
            .site("dead", DOWN, 2)
            .site("up", UP, 50)
            .said("out", AdminState.DOWN)
            .rank();
    assertThat(ids(ranking)).containsExactly("up", "dead", "out");
    assertThat(reasons(ranking))
        .containsExactly(Reason.LOWEST_SCORE, Reason.DOWN, Reason.TAKEN_OUT);
    assertThat(ranking.order().getLast().health()).as("what probes say").isEqualTo(UP);
  }

  @Test
  void aDrainedSiteComesAfterEverySiteThatMayWorkAndBeforeThoseThatDoNot() {
    Ranking ranking =
        new Scene()
            .site("drained", UP, 1)
            .site("dead", DOWN, 2)
            .site("unknown", UNKNOWN, 3)
            .site("up", UP, 50)
            .said("drained", AdminState.DRAIN)
            .rank();
    assertThat(ids(ranking)).containsExactly("up", "unknown", "drained", "dead");
    assertThat(reasons(ranking))
        .containsExactly(Reason.LOWEST_SCORE, Reason.UNKNOWN_HEALTH, Reason.DRAINED, Reason.DOWN);
  }

  @Test
  void aDrainedSiteServesWhileNoOtherIsUp() {
    Ranking ranking =
        new Scene()
            .site("drained", UP, 1)
            .site("dead", DOWN, 2)
            .said("drained", AdminState.DRAIN)
            .rank();
    assertThat(ids(ranking)).containsExactly("drained", "dead");
    assertThat(reasons(ranking)).containsExactly(Reason.DRAINED, Reason.DOWN);
    assertThat(ranking.basis()).isEqualTo(Basis.MEASURED);
  }

  @Test
  void aDrainedSiteLosesTheAnswerAtOnceWhateverTheMargin() {
    Ranking before = new Scene().site("a", UP, 20).site("b", UP, 21).rank();
    Ranking ranking =
        new Scene()
            .site("a", UP, 20)
            .site("b", UP, 21)
            .said("a", AdminState.DRAIN)
            .after(before)
            .rank();
    assertThat(ids(ranking)).containsExactly("b", "a");
  }

  @Test
  void aSiteThatIsSaidToBeUpIsRankedLikeOneThatIs() {
    Ranking ranking =
        new Scene().site("said", DOWN, 10).site("up", UP, 20).said("said", AdminState.UP).rank();
    assertThat(ids(ranking)).containsExactly("said", "up");
  }

  @Test
  void drainingADeadSiteDoesNotBringItBack() {
    Ranking ranking =
        new Scene().site("dead", DOWN, 1).site("up", UP, 9).said("dead", AdminState.DRAIN).rank();
    assertThat(reasons(ranking)).containsExactly(Reason.LOWEST_SCORE, Reason.DOWN);
  }

  @Test
  void whatIsTakenOutIsAnsweredOnlyWhenNothingElseIsLeft() {
    Scene scene = new Scene().site("out", UP, 1).site("dead", DOWN, 2);
    Ranking ranking = scene.said("out", AdminState.DOWN).rank();
    assertThat(ids(ranking)).containsExactly("dead", "out");
    assertThat(ranking.basis()).isEqualTo(Basis.ALL_DOWN);
    Ranking alone = new Scene().site("out", UP, 1).said("out", AdminState.DOWN).rank();
    assertThat(ids(alone)).containsExactly("out");
    assertThat(alone.basis()).isEqualTo(Basis.ALL_DOWN);
  }
}
