package net.dglb.measure.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Phases;
import net.dglb.measure.probe.Transfer;
import net.dglb.measure.schedule.ProbePlan;
import net.dglb.service.Download;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.StatusRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final ProbeTarget HTTP = target(HealthCheck.Kind.HTTP);
  private static final ProbeTarget TCP = target(HealthCheck.Kind.TCP);

  private static final Offset<Double> HAIR = within(1e-6);

  private final Scoreboard scoreboard = new Scoreboard();

  private static ProbeTarget target(HealthCheck.Kind kind) {
    return new ProbeTarget(
        InetAddress.ofLiteral("192.0.2.1"),
        new HealthCheck(
            kind,
            80,
            "/",
            "www.example.org",
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            2,
            3,
            List.of(new StatusRange(200, 399))));
  }

  private static ProbePlan plan(ProbeTarget target) {
    return new ProbePlan(Map.of(target, Duration.ofSeconds(30)));
  }

  private void measured(ProbeTarget target, Outcome outcome, long millis, Instant at) {
    Phases phases =
        new Phases(millis * 500_000, Phases.NOT_REACHED, millis * 1_000_000, millis * 2_000_000);
    scoreboard.accept(new Measurement(target, outcome, phases, 0, at, ""));
  }

  @Test
  void knowsNothingAtFirst() {
    scoreboard.follow(plan(HTTP));
    assertThat(scoreboard.of(HTTP)).isEqualTo(SiteState.UNKNOWN);
    assertThat(scoreboard.states()).isEmpty();
  }

  @Test
  void anotherTimeConstantBeginsWithWhatIsKnownByTheSameProbes() {
    ProbeTarget quick = new ProbeTarget(HTTP.address(), HTTP.check(), Duration.ofSeconds(60));
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 40, NOW);
    for (int i = 1; i <= 3; i++) {
      measured(HTTP, Outcome.REFUSED, 1, NOW.plusSeconds(30L * i));
    }
    scoreboard.follow(plan(quick));
    assertThat(scoreboard.of(quick).health()).as("a registration changed").isEqualTo(Health.DOWN);
    assertThat(scoreboard.of(quick).estimate().orElseThrow().latencyMillis()).isEqualTo(40);

    Scoreboard restarted = new Scoreboard();
    restarted.restore(scoreboard.states());
    assertThat(restarted.of(HTTP).health()).as("and changed back").isEqualTo(Health.DOWN);
    restarted.follow(plan(HTTP));
    assertThat(restarted.of(HTTP).health()).isEqualTo(Health.DOWN);
  }

  @Test
  void takesTheTimeToTheFirstByteForTheLatencyOverHttp() {
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 40, NOW);
    assertThat(scoreboard.of(HTTP)).isEqualTo(state(40, 1));
  }

  @Test
  void takesTheTimeToConnectForTheLatencyOverTcp() {
    scoreboard.follow(plan(TCP));
    measured(TCP, Outcome.SUCCESS, 40, NOW);
    assertThat(scoreboard.of(TCP).estimate().orElseThrow().latencyMillis()).isEqualTo(20);
  }

  @Test
  void averagesOverTime() {
    // (10 / e + 20) / (1 / e + 1), one time constant apart.
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 10, NOW);
    measured(HTTP, Outcome.SUCCESS, 20, NOW.plusSeconds(300));
    Estimate estimate = scoreboard.of(HTTP).estimate().orElseThrow();
    assertThat(estimate.latencyMillis()).isCloseTo(17.311, within(5e-4));
    assertThat(estimate.samples()).isEqualTo(2);
    assertThat(estimate.updated()).isEqualTo(NOW.plusSeconds(300));
  }

  @Test
  void countsAFailureAsLossAndNotAsLatency() {
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 10, NOW);
    measured(HTTP, Outcome.TIMED_OUT, 5000, NOW);
    Estimate estimate = scoreboard.of(HTTP).estimate().orElseThrow();
    assertThat(estimate.latencyMillis()).isEqualTo(10);
    assertThat(estimate.loss()).isEqualTo(0.5);
    assertThat(scoreboard.of(HTTP).health()).isEqualTo(Health.UP);
  }

  @Test
  void averagesTheDifferenceFromOneLatencyToTheNext() {
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 10, NOW);
    measured(HTTP, Outcome.SUCCESS, 14, NOW);
    measured(HTTP, Outcome.TIMED_OUT, 5000, NOW);
    measured(HTTP, Outcome.SUCCESS, 12, NOW);
    assertThat(scoreboard.of(HTTP).estimate().orElseThrow().jitterMillis()).isEqualTo(3);
  }

  @Test
  void showsHowTheLastLatenciesAreSpread() {
    scoreboard.follow(plan(HTTP));
    assertThat(scoreboard.observed(HTTP).latencies()).isEqualTo(Percentiles.NONE);
    for (int millis = 1; millis <= 1128; millis++) {
      measured(HTTP, Outcome.SUCCESS, millis, NOW);
    }
    // The last 128 are 1001 to 1128.
    assertThat(scoreboard.observed(HTTP).latencies())
        .isEqualTo(new Percentiles(128, 1064, 1116, 1127));
    assertThat(scoreboard.observed(TCP).latencies()).isEqualTo(Percentiles.NONE);
  }

  @Test
  void countsHowProbesEnded() {
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 10, NOW);
    measured(HTTP, Outcome.REFUSED, 10, NOW);
    measured(HTTP, Outcome.RESET, 10, NOW);
    measured(HTTP, Outcome.REFUSED, 10, NOW);
    assertThat(scoreboard.observed(HTTP).outcomes())
        .isEqualTo(Map.of(Outcome.SUCCESS, 1L, Outcome.REFUSED, 2L, Outcome.RESET, 1L));
  }

  @Test
  void goesDownAfterAsManyFailuresAsTheCheckSays() {
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 10, NOW);
    measured(HTTP, Outcome.REFUSED, 1, NOW);
    measured(HTTP, Outcome.BAD_STATUS, 1, NOW);
    assertThat(scoreboard.of(HTTP).health()).isEqualTo(Health.UP);
    measured(HTTP, Outcome.RESET, 1, NOW);
    assertThat(scoreboard.of(HTTP).health()).isEqualTo(Health.DOWN);
  }

  @Test
  void blamesNoSiteForAFaultOfItsOwn() {
    scoreboard.follow(plan(HTTP));
    Phases none = new Phases(0, Phases.NOT_REACHED, Phases.NOT_REACHED, Phases.NOT_REACHED);
    for (int i = 0; i < 9; i++) {
      scoreboard.accept(new Measurement(HTTP, Outcome.LOCAL_FAULT, none, 0, NOW, "no route"));
    }
    assertThat(scoreboard.of(HTTP)).isEqualTo(SiteState.UNKNOWN);
    Observed observed = scoreboard.observed(HTTP);
    assertThat(observed.outcomes()).isEqualTo(Map.of(Outcome.LOCAL_FAULT, 9L));
    assertThat(observed.failures())
        .last()
        .isEqualTo(new Failure(NOW, Outcome.LOCAL_FAULT, "no route"));
  }

  @Test
  void forgetsATargetThatLeftThePlan() {
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 10, NOW);
    scoreboard.follow(plan(TCP));
    measured(HTTP, Outcome.SUCCESS, 10, NOW);
    assertThat(scoreboard.of(HTTP)).isEqualTo(SiteState.UNKNOWN);
    assertThat(scoreboard.states()).isEmpty();
  }

  @Test
  void answersFromWhatWasSavedUntilTheFirstMeasurement() {
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 100, NOW);
    Map<ProbeTarget, SiteState> states = scoreboard.states();

    Scoreboard next = new Scoreboard();
    next.restore(states);
    assertThat(next.of(HTTP)).as("before the plan").isEqualTo(saved(state(100, 1)));
    next.follow(plan(HTTP));
    assertThat(next.of(HTTP)).as("in the plan").isEqualTo(saved(state(100, 1)));
    assertThat(next.states()).containsOnlyKeys(HTTP);
  }

  @Test
  void takesOverSavedStatesOfTargetsThatAreInThePlanAlready() {
    SiteState before = state(100, 4);
    scoreboard.follow(plan(HTTP));
    scoreboard.restore(Map.of(HTTP, before));
    assertThat(scoreboard.of(HTTP)).isEqualTo(saved(before));
  }

  @Test
  void neverReplacesAMeasurementByASavedState() {
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 10, NOW);
    scoreboard.restore(Map.of(HTTP, state(100, 4)));
    assertThat(scoreboard.of(HTTP).estimate().orElseThrow().latencyMillis()).isEqualTo(10);
    assertThat(scoreboard.of(HTTP).saved()).isFalse();
  }

  @Test
  void weighsASavedEstimateByItsSamplesUpToTheSteadyState() {
    // Four samples of 100 ms and one of 200 ms: 120 ms.
    scoreboard.restore(Map.of(HTTP, state(100, 4)));
    scoreboard.follow(plan(HTTP));
    measured(HTTP, Outcome.SUCCESS, 200, NOW);
    assertThat(scoreboard.of(HTTP).saved()).isFalse();
    assertThat(scoreboard.of(HTTP).estimate().orElseThrow()).isEqualTo(estimate(120, 5));

    // A million samples weigh as much as ten, the time constant over the interval: 109.09 ms.
    Scoreboard other = new Scoreboard();
    other.restore(Map.of(TCP, state(100, 1_000_000)));
    other.follow(plan(TCP));
    Phases phases = new Phases(200_000_000, Phases.NOT_REACHED, Phases.NOT_REACHED, 200_000_000);
    other.accept(new Measurement(TCP, Outcome.SUCCESS, phases, 0, NOW, ""));
    assertThat(other.of(TCP).estimate().orElseThrow().latencyMillis())
        .isCloseTo(109.09, within(5e-3));
  }

  private static SiteState state(double latencyMillis, long samples) {
    return new SiteState(Optional.of(estimate(latencyMillis, samples)), Health.UP);
  }

  private static Estimate estimate(double latencyMillis, long samples) {
    OptionalDouble none = OptionalDouble.empty();
    Duration interval = Duration.ofSeconds(30);
    return new Estimate(latencyMillis, 0, 0, samples, NOW, none, none, interval);
  }

  private static SiteState saved(SiteState state) {
    return new SiteState(state.estimate(), state.health(), true);
  }

  @Test
  void throughputIsAveragedOverDownloadsSavedAndForgottenWhenNoneComesForLong() {
    Duration often = Duration.ofMinutes(5);
    ProbeTarget target =
        new ProbeTarget(
            HTTP.address(),
            HTTP.check().with(Exchange.USUAL.with(new Download("/object", 100_000, often))));
    scoreboard.follow(plan(target));
    measured(target, Outcome.SUCCESS, 20, NOW);
    scoreboard.accept(transfer(target, 100_000, NOW));
    scoreboard.accept(transfer(target, 200_000, NOW.plus(often)));
    double average = throughput(scoreboard, target).getAsDouble();
    assertThat(average).isBetween(150_000.0, 200_000.0);

    Scoreboard next = new Scoreboard();
    next.restore(scoreboard.states());
    assertThat(throughput(next, target)).hasValue(average);

    measured(target, Outcome.SUCCESS, 20, NOW.plus(often.multipliedBy(11)));
    assertThat(throughput(scoreboard, target)).hasValue(average);
    measured(target, Outcome.SUCCESS, 20, NOW.plus(often.multipliedBy(12)));
    assertThat(throughput(scoreboard, target)).isEmpty();
  }

  @Test
  void throughputCountsAsLongAsDownloadsAreApartWhereProbesAreRare() {
    ProbeTarget target =
        new ProbeTarget(
            HTTP.address(),
            HTTP.check()
                .with(
                    Exchange.USUAL.with(new Download("/object", 100_000, Duration.ofMinutes(1)))));
    Duration rarely = Duration.ofMinutes(10);
    scoreboard.follow(new ProbePlan(Map.of(target, rarely)));
    scoreboard.accept(transfer(target, 100_000, NOW));
    measured(target, Outcome.SUCCESS, 20, NOW.plus(rarely.multipliedBy(4)));
    assertThat(throughput(scoreboard, target)).hasValue(100_000);
    measured(target, Outcome.SUCCESS, 20, NOW.plus(rarely.multipliedBy(41)));
    assertThat(throughput(scoreboard, target)).isEmpty();
  }

  private static Transfer transfer(ProbeTarget target, long bytesPerSecond, Instant at) {
    return new Transfer(target, Outcome.SUCCESS, bytesPerSecond, 1_000_000_000, at, "");
  }

  @Test
  void aProbeCountsForAllWhoAverageItOverTimesOfTheirOwn() {
    ProbeTarget quick = new ProbeTarget(TCP.address(), TCP.check(), Duration.ofSeconds(30));
    Duration interval = Duration.ofSeconds(30);
    scoreboard.follow(new ProbePlan(Map.of(TCP, interval, quick, interval)));
    assertThat(scoreboard.sharing(TCP)).containsExactlyInAnyOrder(TCP, quick);
    measured(TCP, Outcome.SUCCESS, 40, NOW);
    measured(TCP, Outcome.SUCCESS, 80, NOW.plus(interval));
    // Weights of 1 and of what is left of 1: e^-0.1, e^-1. The time to connect is half of it all.
    assertThat(latency(TCP)).isCloseTo((80 + 40 * Math.exp(-0.1)) / (1 + Math.exp(-0.1)) / 2, HAIR);
    assertThat(latency(quick)).isCloseTo((80 + 40 * Math.exp(-1)) / (1 + Math.exp(-1)) / 2, HAIR);
    for (int i = 0; i < 3; i++) {
      measured(TCP, Outcome.REFUSED, 1, NOW.plusSeconds(60 + i));
    }
    assertThat(scoreboard.of(TCP).health()).isEqualTo(Health.DOWN);
    assertThat(scoreboard.of(quick).health()).isEqualTo(Health.DOWN);
  }

  @Test
  void countsWhatIsProbedAndDownOnceForAllWhoAverageIt() {
    ProbeTarget quick = new ProbeTarget(TCP.address(), TCP.check(), Duration.ofSeconds(30));
    Duration interval = Duration.ofSeconds(30);
    scoreboard.follow(new ProbePlan(Map.of(TCP, interval, quick, interval, HTTP, interval)));
    measured(HTTP, Outcome.SUCCESS, 40, NOW);
    for (int i = 0; i < 3; i++) {
      measured(TCP, Outcome.REFUSED, 1, NOW.plusSeconds(i));
    }
    assertThat(scoreboard.probed()).isEqualTo(2);
    assertThat(scoreboard.probedDown()).isEqualTo(1);

    measured(TCP, Outcome.SUCCESS, 40, NOW.plusSeconds(60));
    measured(TCP, Outcome.SUCCESS, 40, NOW.plusSeconds(61));
    assertThat(scoreboard.probedDown()).as("up again").isZero();
    scoreboard.restore(Map.of(HTTP, new SiteState(Optional.empty(), Health.DOWN)));
    assertThat(scoreboard.probedDown()).as("a measurement counts for more").isZero();

    Scoreboard restarted = new Scoreboard();
    restarted.restore(Map.of(TCP, new SiteState(Optional.empty(), Health.DOWN)));
    restarted.follow(plan(TCP));
    assertThat(restarted.probedDown()).as("as saved").isEqualTo(1);
    restarted.follow(plan(HTTP));
    assertThat(restarted.probedDown()).as("it left").isZero();
  }

  @Test
  void theLastProbeCountsAlsoForATimeConstantThatCameAfterIt() {
    ProbeTarget later = new ProbeTarget(TCP.address(), TCP.check(), Duration.ofSeconds(30));
    Duration interval = Duration.ofSeconds(30);
    scoreboard.follow(plan(TCP));
    measured(TCP, Outcome.SUCCESS, 40, NOW);
    scoreboard.follow(new ProbePlan(Map.of(TCP, interval, later, interval)));
    assertThat(scoreboard.lastProbe(later)).hasValue(NOW);
    measured(TCP, Outcome.REFUSED, 1, NOW.plus(interval));
    assertThat(scoreboard.lastProbe(later)).hasValue(NOW.plus(interval));
  }

  @Test
  void averagesAsManyProbesWhereTheyAreFarApart() {
    Duration rarely = Duration.ofMinutes(5);
    scoreboard.follow(new ProbePlan(Map.of(TCP, rarely)));
    measured(TCP, Outcome.SUCCESS, 40, NOW);
    measured(TCP, Outcome.SUCCESS, 80, NOW.plus(rarely));
    assertThat(latency(TCP)).isCloseTo((80 + 40 * Math.exp(-0.1)) / (1 + Math.exp(-0.1)) / 2, HAIR);
    assertThat(scoreboard.of(TCP).estimate().orElseThrow().interval()).isEqualTo(rarely);
  }

  private double latency(ProbeTarget target) {
    return scoreboard.of(target).estimate().orElseThrow().latencyMillis();
  }

  private static OptionalDouble throughput(Scoreboard of, ProbeTarget target) {
    return of.of(target).estimate().orElseThrow().bytesPerSecond();
  }
}
