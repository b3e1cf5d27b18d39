package net.dglb.measure.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.decision.Health;
import net.dglb.measure.estimate.DownBrake.BrakeSettings;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Phases;
import net.dglb.measure.schedule.ProbePlan;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import org.junit.jupiter.api.Test;

class DownBrakeTest {

  @Test
  void aClockThatIsSetBackDoesNotKeepItOn() {
    DownBrake brake = new DownBrake(new DownBrake.BrakeSettings(0.5, Duration.ofMinutes(1), 2));
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    assertThat(brake.admits(noon, 2)).isTrue();
    assertThat(brake.admits(noon, 2)).isFalse();

    assertThat(brake.admits(noon.minus(Duration.ofHours(1)), 2)).isTrue();
  }

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final DownBrake brake = new DownBrake(BrakeSettings.DEFAULT);
  private final Scoreboard scoreboard = new Scoreboard(brake);
  private final List<ProbeTarget> targets = new ArrayList<>();

  private void targetsThatAreUp(int count) {
    Map<ProbeTarget, Duration> intervals = new HashMap<>();
    for (int i = 0; i < count; i++) {
      ProbeTarget target = target(i);
      targets.add(target);
      intervals.put(target, Duration.ofSeconds(30));
    }
    scoreboard.follow(new ProbePlan(intervals));
    targets.forEach(target -> measured(target, Outcome.SUCCESS, NOW));
  }

  private static ProbeTarget target(int number) {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.TCP,
            80,
            "",
            "",
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            2,
            1,
            List.of());
    return new ProbeTarget(InetAddress.ofLiteral("192.0.2." + (number + 1)), check);
  }

  private void measured(ProbeTarget target, Outcome outcome, Instant at) {
    scoreboard.accept(new Measurement(target, outcome, new Phases(1, 1, 1, 1), 0, at, ""));
  }

  private void allFail(Instant at) {
    targets.forEach(target -> measured(target, Outcome.TIMED_OUT, at));
  }

  private long down() {
    return targets.stream().filter(it -> scoreboard.of(it).health() == Health.DOWN).count();
  }

  @Test
  void takesNoMoreThanTheShareDownWithinTheTime() {
    targetsThatAreUp(10);
    allFail(NOW.plusSeconds(30));
    assertThat(down()).isEqualTo(5);
    assertThat(brake.held()).isEqualTo(5);
    allFail(NOW.plusSeconds(60));
    assertThat(down()).as("half a minute later").isEqualTo(5);
    allFail(NOW.plusSeconds(91));
    assertThat(down()).as("after the time").isEqualTo(10);
  }

  @Test
  void keepsUpWhatWorksAgainBeforeTheTimeIsOver() {
    targetsThatAreUp(10);
    allFail(NOW.plusSeconds(30));
    targets.forEach(target -> measured(target, Outcome.SUCCESS, NOW.plusSeconds(60)));
    targets.forEach(target -> measured(target, Outcome.SUCCESS, NOW.plusSeconds(90)));
    assertThat(down()).isZero();
  }

  @Test
  void doesNotBrakeWithFewTargets() {
    targetsThatAreUp(7);
    allFail(NOW.plusSeconds(30));
    assertThat(down()).isEqualTo(7);
  }

  @Test
  void doesNotHoldBackWhatWasNeverUp() {
    targetsThatAreUp(10);
    ProbeTarget other = target(99);
    Map<ProbeTarget, Duration> intervals = new HashMap<>();
    targets.forEach(it -> intervals.put(it, interval()));
    intervals.put(other, interval());
    scoreboard.follow(new ProbePlan(intervals));
    allFail(NOW.plusSeconds(30));
    measured(other, Outcome.REFUSED, NOW.plusSeconds(30));
    assertThat(scoreboard.of(other).health()).isEqualTo(Health.DOWN);
  }

  private static Duration interval() {
    return Duration.ofSeconds(30);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new BrakeSettings(0, Duration.ofMinutes(1), 8))
        .hasMessage("share: 0.0 (expected above 0, up to 1)");
    assertThatThrownBy(() -> new BrakeSettings(0.5, Duration.ZERO, 8))
        .hasMessage("within: PT0S (expected a positive time)");
    assertThatThrownBy(() -> new BrakeSettings(0.5, Duration.ofMinutes(1), 0))
        .hasMessage("from: 0 (expected 1 and up)");
  }
}
