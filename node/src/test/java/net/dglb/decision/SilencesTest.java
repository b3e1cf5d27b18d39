package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.dglb.service.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths that fall silent now and then: rise 2, fall 6, a probe every 30 s, after a failure 6 s. */
class SilencesTest {

  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(6);
  private static final int FALL = 6;
  private static final HealthCheck CHECK =
      new HealthCheck(
          HealthCheck.Kind.TCP, 80, "", "", INTERVAL, Duration.ofSeconds(5), 2, FALL, List.of());

  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private HealthTracker tracker = HealthTracker.restored(Health.UP);

  private void works(int probes) {
    for (int i = 0; i < probes; i++) {
      now = now.plus(INTERVAL);
      tracker = tracker.after(true, now, CHECK);
    }
  }

  private void fails(int probes) {
    for (int i = 0; i < probes; i++) {
      now = now.plus(RETRY);
      tracker = tracker.after(false, now, CHECK);
    }
  }

  /** For how long it fails until it is down, probed quickly. */
  private Duration untilDown() {
    fails(1);
    Instant first = now;
    while (tracker.health() != Health.DOWN) {
      fails(1);
    }
    return Duration.between(first, now);
  }

  @Test
  void onePathThatNeverFellSilentIsDownAfterTheFailuresAlone() {
    works(10);
    assertThat(untilDown()).isEqualTo(RETRY.multipliedBy(FALL - 1));
  }

  @Test
  void oneThatLostAFewProbesAtATimeIsDownAsSoon() {
    for (int i = 0; i < 20; i++) {
      works(3);
      fails(1 + i % 3);
    }
    works(3);
    assertThat(untilDown()).isEqualTo(RETRY.multipliedBy(FALL - 1));
  }

  @Test
  void oneThatSpokeAgainAfterTwoSilencesIsGivenThreeIntervals() {
    works(10);
    fails(5);
    works(2);
    fails(4);
    works(2);
    assertThat(untilDown()).isCloseTo(Duration.ofSeconds(90), Duration.ofSeconds(6));
  }

  @Test
  void oneThatDidSoAnHourAgoIsGivenLess() {
    works(10);
    fails(5);
    works(2);
    fails(5);
    works(120);
    assertThat(untilDown()).isCloseTo(Duration.ofSeconds(54), Duration.ofSeconds(6));
  }

  @Test
  void aSingleSilenceMayBeChance() {
    works(10);
    fails(5);
    works(2);
    assertThat(untilDown()).isEqualTo(RETRY.multipliedBy(FALL - 1));
  }

  @Test
  void aSiteThatStaysUpThroughItsBurstsIsNotTakenOut() {
    for (int burst = 0; burst < 20; burst++) {
      works(6);
      fails(burst < 2 ? 4 : 8);
      assertThat(tracker.health()).as("in burst %s", burst).isEqualTo(Health.UP);
    }
  }

  @Test
  void silencesAreForgotten() {
    for (int i = 0; i < 2; i++) {
      works(10);
      fails(5);
    }
    works(6 * 120);
    assertThat(untilDown()).isEqualTo(RETRY.multipliedBy(FALL - 1));
  }

  @Test
  void whatLastedLongerThanAnyoneWaitsWasAnOutage() {
    works(10);
    fails(100);
    assertThat(tracker.health()).isEqualTo(Health.DOWN);
    works(10);
    assertThat(untilDown()).isEqualTo(RETRY.multipliedBy(FALL - 1));
  }

  @Test
  void aSiteThatFailsTwoProbesOfThreeGoesDownWhateverWasBefore() {
    for (int i = 0; i < 20; i++) {
      works(6);
      fails(4);
    }
    works(2);
    for (int i = 0; i < 10; i++) {
      fails(2);
      works(1);
    }
    fails(1);
    assertThat(tracker.health()).isEqualTo(Health.DOWN);
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** After the quick ones, probes come at the interval with a tenth of jitter. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverWasBeforeAnOutageIsSeenWithinFallIntervals(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      works(2 + random.nextInt(20));
      fails(random.nextInt(12));
    }
    works(2);
    Instant outage = now;
    double jitter = 0.9 + 0.2 * random.nextDouble();
    now = now.plus(Duration.ofMillis((long) (jitter * INTERVAL.toMillis()) + 5_000));
    tracker = tracker.after(false, now, CHECK);
    fails(FALL - 1);
    while (tracker.health() != Health.DOWN) {
      now = now.plus(Duration.ofMillis((long) (1.1 * INTERVAL.toMillis())));
      tracker = tracker.after(false, now, CHECK);
    }
    assertThat(Duration.between(outage, now)).isLessThan(INTERVAL.multipliedBy(FALL));
  }
}
