package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.dglb.service.Exchange;
import net.dglb.service.HealthCheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTrackerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  /** Results as letters, s success and f failure; rise 2, fall 3. */
  @ParameterizedTest(name = "{0} gives {1}: {2}")
  @CsvSource({
    "'',      UNKNOWN, nothing is known before the first probe",
    "s,       UP,      the first success decides",
    "f,       UNKNOWN, one failure is not enough",
    "ff,      UNKNOWN, two are not enough",
    "fff,     DOWN,    three failures take it down",
    "fs,      UP,      unknown comes up with one success",
    "sff,     UP,      two failures leave it up",
    "sfff,    DOWN,    three in a row take it down",
    "sfsfsf,  DOWN,    failures add up over single successes",
    "sfsff,   DOWN,    failures add up in any pattern",
    "sffssff, UP,      a run of two successes clears the failures",
    "sfssfsf, UP,      cleared failures do not come back",
    "sfffs,   DOWN,    one success does not bring it back",
    "sfffss,  UP,      two in a row bring it back",
    "sfffsfs, DOWN,    a failure begins the run anew",
    "sfffssf, UP,      after coming back failures begin from zero",
    "ffss,    UP,      failures while unknown are forgotten once it is up",
  })
  void followsRiseAndFall(String results, Health expected, String why) {
    HealthTracker tracker = follow(HealthTracker.START, results, check(2, 3, 0));
    assertThat(tracker.health()).as(why).isEqualTo(expected);
  }

  @ParameterizedTest(name = "saved as {0}, {1} gives {2}")
  @CsvSource({"UP, ff, UP", "UP, fff, DOWN", "DOWN, s, DOWN", "DOWN, ss, UP", "UNKNOWN, s, UP"})
  void goesOnFromASavedHealth(Health saved, String results, Health expected) {
    HealthTracker tracker = follow(HealthTracker.restored(saved), results, check(2, 3, 0));
    assertThat(tracker.health()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource({"s, UP", "sf, DOWN", "sfs, UP", "f, DOWN"})
  void decidesOnEveryResultWhenRiseAndFallAreOne(String results, Health expected) {
    HealthTracker tracker = follow(HealthTracker.START, results, check(1, 1, 0));
    assertThat(tracker.health()).isEqualTo(expected);
  }

  /** A probe every 30 s; the hold-down is 90 s: four successes in a row. */
  @ParameterizedTest(name = "{0} gives {1}: {2}")
  @CsvSource({
    "fffs,       DOWN, it has only just returned",
    "fffsss,     DOWN, a run of 60 s is too short",
    "fffssss,    UP,   a run of 90 s is enough",
    "fffsssfsss, DOWN, a failure begins the hold-down anew",
    "s,          UP,   what was never down is not held down",
    "ffs,        UP,   nor what was not down yet",
  })
  void holdsDownASiteThatReturns(String results, Health expected, String why) {
    HealthTracker tracker = follow(HealthTracker.START, results, check(2, 3, 90));
    assertThat(tracker.health()).as(why).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} is changing: {1}")
  @CsvSource({
    "'', false",
    "s, false",
    "sf, true",
    "sfs, true",
    "sfss, false",
    "fff, false",
    "fffs, true"
  })
  void tellsWhenItIsAboutToChange(String results, boolean changing) {
    assertThat(follow(HealthTracker.START, results, check(2, 3, 0)).isChanging())
        .isEqualTo(changing);
  }

  private static HealthCheck check(int rise, int fall, int holdDownSeconds) {
    return new HealthCheck(
        HealthCheck.Kind.TCP,
        80,
        "",
        "",
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        rise,
        fall,
        List.of(),
        Duration.ofSeconds(holdDownSeconds),
        Exchange.USUAL);
  }

  private static HealthTracker follow(HealthTracker from, String results, HealthCheck check) {
    HealthTracker tracker = from;
    for (int i = 0; i < results.length(); i++) {
      tracker = tracker.after(results.charAt(i) == 's', NOW.plusSeconds(30L * i), check);
    }
    return tracker;
  }
}
