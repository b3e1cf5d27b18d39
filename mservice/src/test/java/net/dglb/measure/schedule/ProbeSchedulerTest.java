package net.dglb.measure.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.dglb.measure.probe.Measurement;
import net.dglb.measure.probe.Outcome;
import net.dglb.measure.probe.Transfer;
import net.dglb.service.Download;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class ProbeSchedulerTest {

  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final List<Measurement> received = new ArrayList<>();
  private FakeProber prober = new FakeProber(timeline, Duration.ofMillis(20));

  private ProbeScheduler scheduler(ScheduleSettings settings) {
    return new ProbeScheduler(prober, timeline, new Random(1), settings, received::add);
  }

  private static ProbeTarget target(int number) {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.TCP, 80, "", "", INTERVAL, Duration.ofSeconds(5), 2, 3, List.of());
    String address = "10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255);
    return new ProbeTarget(InetAddress.ofLiteral(address), check);
  }

  private static ProbePlan plan(int... numbers) {
    Map<ProbeTarget, Duration> intervals = new HashMap<>();
    for (int number : numbers) {
      intervals.put(target(number), INTERVAL);
    }
    return new ProbePlan(intervals);
  }

  static ProbePlan planOf(int count) {
    return plan(IntStream.range(0, count).toArray());
  }

  @Test
  void probesANewTargetAtOnce() {
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    scheduler.follow(plan(1));
    assertThat(prober.probes).containsExactly(new FakeProber.Probe(target(1), 0));
    assertThat(scheduler.firstRoundDone(target(1))).isFalse();
    timeline.advance(Duration.ofMillis(20));
    assertThat(scheduler.firstRoundDone(target(1))).isTrue();
    assertThat(received).hasSize(1);
  }

  @Test
  void saysTheFirstRoundIsDoneOnlyWhenAllAreProbed() {
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    scheduler.follow(plan(1));
    timeline.advance(Duration.ofSeconds(1));
    scheduler.follow(plan(1, 2));
    assertThat(scheduler.firstRoundDone(List.of(target(1), target(2)))).isFalse();
    timeline.advance(Duration.ofSeconds(1));
    assertThat(scheduler.firstRoundDone(List.of(target(1), target(2)))).isTrue();
    assertThat(scheduler.firstRoundDone(target(3))).isFalse();
  }

  @Test
  void probesEachTargetOncePerInterval() {
    scheduler(ScheduleSettings.DEFAULT).follow(planOf(50));
    timeline.advance(Duration.ofHours(1));
    for (int i = 0; i < 50; i++) {
      assertThat(prober.countOf(target(i))).as("probes of target %d", i).isBetween(116L, 125L);
    }
  }

  @Test
  void probesAtOnceWhatIsLateByAShorterInterval() {
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    Duration rarely = Duration.ofHours(1);
    scheduler.follow(new ProbePlan(Map.of(target(1), rarely)));
    timeline.advance(Duration.ofHours(1).plusSeconds(1));
    int before = prober.probes.size();
    timeline.advance(Duration.ofSeconds(40));
    assertThat(prober.probes).hasSize(before);
    scheduler.follow(plan(1));
    timeline.advance(Duration.ofSeconds(1));
    assertThat(prober.probes).hasSize(before + 1);
    timeline.advance(Duration.ofMinutes(5));
    assertThat(prober.probes).hasSizeBetween(before + 9, before + 13);
  }

  @Test
  void spreadsTheProbesOfManyTargetsOverTheInterval() {
    scheduler(ScheduleSettings.DEFAULT).follow(planOf(600));
    timeline.advance(Duration.ofMinutes(10));
    Map<Long, Integer> perSecond = new HashMap<>();
    prober.probes.forEach(probe -> perSecond.merge(probe.atNanos() / SECOND, 1, Integer::sum));
    for (long second = 60; second < 600; second++) {
      assertThat(perSecond.getOrDefault(second, 0)).as("in second %d", second).isBetween(5, 40);
    }
  }

  @Test
  void neverHasTwoProbesOfATargetUnderWayEvenIfTheyTakeLongerThanTheInterval() {
    prober = new FakeProber(timeline, Duration.ofSeconds(40));
    scheduler(ScheduleSettings.DEFAULT).follow(planOf(20));
    timeline.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(prober.twoOfATarget).isFalse();
    assertThat(prober.countOf(target(1))).isBetween(13L, 15L);
  }

  @Test
  void neverExceedsTheProbesUnderWay() {
    prober = new FakeProber(timeline, Duration.ofSeconds(2));
    scheduler(new ScheduleSettings(7, 1000, 0.1)).follow(planOf(100));
    timeline.advance(Duration.ofMinutes(5));
    assertThat(prober.mostUnderWay).isEqualTo(7);
    assertThat(prober.probes.stream().map(FakeProber.Probe::target).distinct()).hasSize(100);
  }

  @Test
  void neverExceedsTheProbesPerSecondInAnyWindow() {
    scheduler(new ScheduleSettings(1000, 10, 0.1)).follow(planOf(250));
    timeline.advance(Duration.ofMinutes(2));
    List<Long> starts = prober.probes.stream().map(FakeProber.Probe::atNanos).toList();
    for (int i = 10; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 10))
          .as("probe %d", i)
          .isGreaterThanOrEqualTo(SECOND);
    }
    assertThat(starts).hasSizeGreaterThan(1000);
  }

  @Test
  void neverProbesATargetAgainThatLeftThePlan() {
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    scheduler.follow(plan(1, 2));
    timeline.advance(Duration.ofMinutes(1));
    long before = prober.countOf(target(1));
    scheduler.follow(plan(2));
    timeline.advance(Duration.ofHours(1));
    assertThat(prober.countOf(target(1))).isEqualTo(before);
    assertThat(prober.countOf(target(2))).isGreaterThan(100);
    assertThat(scheduler.firstRoundDone(target(1))).isFalse();
  }

  @Test
  void neverProbesATargetThatLeftThePlanWhileItWaitedItsTurn() {
    ProbeScheduler scheduler = scheduler(new ScheduleSettings(1, 1, 0));
    scheduler.follow(planOf(10));
    scheduler.follow(ProbePlan.EMPTY);
    timeline.advance(Duration.ofHours(1));
    assertThat(prober.probes).hasSize(1);
    assertThat(scheduler.inFlight()).isZero();
  }

  @Test
  void dropsWhatComesBackFromATargetThatLeftThePlan() {
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    scheduler.follow(plan(1));
    scheduler.close();
    timeline.advance(Duration.ofMinutes(1));
    assertThat(received).isEmpty();
  }

  @Test
  void takesTheProbeUnderWayForTheFirstOfATargetThatComesBack() {
    prober = new FakeProber(timeline, Duration.ofSeconds(4));
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    scheduler.follow(plan(1));
    timeline.advance(Duration.ofSeconds(1));
    scheduler.follow(ProbePlan.EMPTY);
    scheduler.follow(plan(1));
    timeline.advance(Duration.ofSeconds(1));
    assertThat(prober.probes).hasSize(1);
    timeline.advance(Duration.ofSeconds(2));
    assertThat(received).hasSize(1);
    assertThat(scheduler.firstRoundDone(target(1))).isTrue();
    timeline.advance(Duration.ofMinutes(5));
    assertThat(prober.twoOfATarget).isFalse();
    assertThat(prober.countOf(target(1))).isBetween(9L, 13L);
  }

  @Test
  void goesOnWhenAProbeCouldNotBeMade() {
    prober.breaks = true;
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    scheduler.follow(plan(1));
    timeline.advance(Duration.ofMinutes(2));
    assertThat(received).isEmpty();
    assertThat(scheduler.inFlight()).isZero();
    prober.breaks = false;
    timeline.advance(Duration.ofMinutes(2));
    assertThat(received).hasSizeGreaterThan(2);
  }

  @Test
  void keepsUpWithTenThousandTargets() {
    scheduler(ScheduleSettings.DEFAULT).follow(planOf(10_000));
    timeline.advance(Duration.ofMinutes(10));
    Map<ProbeTarget, Integer> counts = new HashMap<>();
    prober.probes.forEach(probe -> counts.merge(probe.target(), 1, Integer::sum));
    assertThat(counts).hasSize(10_000);
    assertThat(counts.values()).allMatch(count -> count >= 18 && count <= 23);
  }

  @Test
  void probesAgainSoonUntilADeathIsCertainAndThenAtTheUsualPace() {
    scheduler(new ScheduleSettings(256, 500, 0)).follow(plan(1));
    timeline.advance(Duration.ofMinutes(2));
    prober.probes.clear();
    prober.outcome = Outcome.REFUSED;
    timeline.advance(Duration.ofMinutes(5));
    List<Long> gaps = gapsInSeconds();
    assertThat(gaps.subList(0, 2)).as("until the third failure").containsExactly(6L, 6L);
    assertThat(gaps.subList(2, gaps.size())).as("once it is down").containsOnly(30L);
  }

  /** A hundred sites fail at once, as seen by one whose own line fails. */
  @Test
  void spreadsTheQuickProbesOfManyAsItDoesTheOthers() {
    scheduler(ScheduleSettings.DEFAULT).follow(planOf(100));
    timeline.advance(Duration.ofMinutes(2));
    prober.probes.clear();
    prober.outcome = Outcome.TIMED_OUT;
    timeline.advance(Duration.ofMinutes(1));
    Map<ProbeTarget, List<Long>> starts = new HashMap<>();
    prober.probes.forEach(probe ->
        starts.computeIfAbsent(probe.target(), _ -> new ArrayList<>()).add(probe.atNanos()));
    assertThat(starts).hasSize(100);
    assertThat(starts.values())
        .allSatisfy(
            each -> assertThat((each.get(1) - each.get(0)) / (double) SECOND).isBetween(5.4, 6.7));
    assertThat(starts.values().stream().map(each -> each.get(1) - each.get(0)).distinct().count())
        .isGreaterThan(90);
  }

  @Test
  void confirmsAReturnSoonToo() {
    prober.outcome = Outcome.REFUSED;
    scheduler(new ScheduleSettings(256, 500, 0)).follow(plan(1));
    timeline.advance(Duration.ofMinutes(2));
    prober.probes.clear();
    prober.outcome = Outcome.SUCCESS;
    timeline.advance(Duration.ofMinutes(3));
    assertThat(gapsInSeconds()).startsWith(6L, 30L, 30L);
  }

  @Test
  void returnsToTheUsualPaceWhenAFailureWasASingleOne() {
    scheduler(new ScheduleSettings(256, 500, 0)).follow(plan(1));
    timeline.advance(Duration.ofMinutes(2));
    prober.outcome = Outcome.TIMED_OUT;
    timeline.advance(INTERVAL);
    prober.outcome = Outcome.SUCCESS;
    timeline.advance(Duration.ofSeconds(6));
    prober.probes.clear();
    timeline.advance(Duration.ofMinutes(5));
    assertThat(gapsInSeconds()).containsOnly(30L);
  }

  @Test
  void doesNotProbeSoonerWhereACapStretchesTheInterval() {
    Duration stretched = INTERVAL.multipliedBy(2);
    prober.outcome = Outcome.REFUSED;
    Map<ProbeTarget, Duration> interval = Map.of(target(1), stretched);
    ProbePlan capped = new ProbePlan(interval, interval, 1);
    scheduler(new ScheduleSettings(256, 500, 0)).follow(capped);
    timeline.advance(Duration.ofMinutes(2));
    prober.probes.clear();
    timeline.advance(Duration.ofMinutes(10));
    assertThat(gapsInSeconds()).containsOnly(60L);
  }

  private List<Long> gapsInSeconds() {
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < prober.probes.size(); i++) {
      long gap = prober.probes.get(i).atNanos() - prober.probes.get(i - 1).atNanos();
      gaps.add(Math.round(gap / (double) SECOND));
    }
    return gaps;
  }

  /** With an object to download every five minutes. */
  private static ProbeTarget downloaded() {
    return new ProbeTarget(
        target(1).address(),
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            80,
            "/",
            "www.foobar.test",
            INTERVAL,
            Duration.ofSeconds(5),
            2,
            3,
            HealthCheck.USUAL_STATUSES,
            Duration.ZERO,
            Exchange.USUAL.with(new Download("/object", 1_000_000, Duration.ofMinutes(5)))));
  }

  @Test
  void downloadsLeaveThreeOfFourTurnsToProbesHoweverFarApartTheyAre() {
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    scheduler.follow(new ProbePlan(Map.of(downloaded(), Duration.ofMinutes(10))));
    timeline.advance(Duration.ofDays(1));
    assertThat(prober.downloads).hasSizeBetween(33, 39);
    assertThat(prober.probes).hasSizeBetween(102, 114);
  }

  @Test
  void aDownloadTakesTheTurnOfAProbeNowAndThenWhileTheSiteWorks() {
    ProbeTarget target = downloaded();
    List<Transfer> transfers = new ArrayList<>();
    ProbeScheduler scheduler = scheduler(ScheduleSettings.DEFAULT);
    scheduler.onDownload(transfers::add);
    scheduler.follow(new ProbePlan(Map.of(target, INTERVAL)));

    timeline.advance(Duration.ofHours(1));
    assertThat(prober.downloads).as("once in 5 minutes").hasSizeBetween(10, 12);
    assertThat(transfers).hasSameSizeAs(prober.downloads);
    assertThat(prober.probes.size() + prober.downloads.size())
        .as("both together, once per interval")
        .isBetween(116, 125);
    assertThat(prober.twoOfATarget).isFalse();

    prober.outcome = Outcome.TIMED_OUT;
    timeline.advance(Duration.ofSeconds(40));
    int before = prober.downloads.size();
    timeline.advance(Duration.ofHours(1));
    assertThat(prober.downloads).as("while it does not work").hasSize(before);
  }
}
