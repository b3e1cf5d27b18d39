package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTrackerTest {

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
    HealthTracker tracker = follow(HealthTracker.START, results, 2, 3);
    assertThat(tracker.health()).as(why).isEqualTo(expected);
  }

  @ParameterizedTest(name = "saved as {0}, {1} gives {2}")
  @CsvSource({"UP, ff, UP", "UP, fff, DOWN", "DOWN, s, DOWN", "DOWN, ss, UP", "UNKNOWN, s, UP"})
  void goesOnFromASavedHealth(Health saved, String results, Health expected) {
    HealthTracker tracker = follow(HealthTracker.restored(saved), results, 2, 3);
    assertThat(tracker.health()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource({"s, UP", "sf, DOWN", "sfs, UP", "f, DOWN"})
  void decidesOnEveryResultWhenRiseAndFallAreOne(String results, Health expected) {
    HealthTracker tracker = follow(HealthTracker.START, results, 1, 1);
    assertThat(tracker.health()).isEqualTo(expected);
  }

  private static HealthTracker follow(HealthTracker from, String results, int rise, int fall) {
    HealthTracker tracker = from;
    for (int i = 0; i < results.length(); i++) {
      tracker = tracker.after(results.charAt(i) == 's', rise, fall);
    }
    return tracker;
  }
}
