package net.dglb.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeWeightedAverageTest {

  @Test
  void afterAClockWasSetBackWhatIsMeasuredCountsAsBefore() {
    Instant start = Instant.parse("2026-01-01T12:00:00Z");
    Duration minute = Duration.ofMinutes(1);
    TimeWeightedAverage average = TimeWeightedAverage.of(10, start);
    Instant now = start.minus(Duration.ofHours(1));
    for (int i = 0; i < 20; i++) {
      average = average.with(100, now, minute);
      now = now.plusSeconds(30);
    }
    assertThat(average.value()).isCloseTo(100, within(0.1));
    assertThat(average.updated()).isEqualTo(now.minusSeconds(30));
  }

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  /**
   * Table 1 of 004: ages in seconds and latencies, oldest first. Its 7.795 is an addition error.
   */
  @Test
  void reproducesTheWorkedExampleOfTheSource() {
    assertThat(average(new double[] {7.7, 7.6, 8.2, 7.7, 7.5, 8.0})).isCloseTo(7.785, within(5e-4));
    assertThat(average(new double[] {3.4, 3.6, 3.8, 3.2, 3.5, 3.0})).isCloseTo(3.360, within(5e-4));
  }

  private static double average(double[] values) {
    int[] ages = {300, 240, 180, 60, 30, 0};
    TimeWeightedAverage average = TimeWeightedAverage.of(values[0], NOW.minusSeconds(ages[0]));
    for (int i = 1; i < values.length; i++) {
      average = average.with(values[i], NOW.minusSeconds(ages[i]), FIVE_MINUTES);
    }
    return average.value();
  }

  /**
   * The table's losses, of which one cell is missing: 0, 0, 1, 0, 1 at 0, 30, 60, 180 and 240 s.
   */
  @Test
  void averagesTheLossesOfTheWorkedExampleInTheSameWay() {
    int[] ages = {240, 180, 60, 30, 0};
    double[] losses = {1, 0, 1, 0, 0};
    TimeWeightedAverage average = TimeWeightedAverage.of(losses[0], NOW.minusSeconds(ages[0]));
    for (int i = 1; i < losses.length; i++) {
      average = average.with(losses[i], NOW.minusSeconds(ages[i]), FIVE_MINUTES);
    }
    // (e^-0.2 + e^-0.8) / (1 + e^-0.1 + e^-0.2 + e^-0.6 + e^-0.8)
    assertThat(average.value()).isCloseTo(0.3407, within(5e-4));
  }

  @Test
  void isTheValueItselfAfterOneMeasurement() {
    assertThat(TimeWeightedAverage.of(42, NOW).value()).isEqualTo(42);
  }

  @Test
  void weighsAMeasurementOneTimeConstantOldWithOneOverE() {
    // (10 / e + 20) / (1 / e + 1), by hand 17.311.
    TimeWeightedAverage average =
        TimeWeightedAverage.of(10, NOW).with(20, NOW.plus(FIVE_MINUTES), FIVE_MINUTES);
    assertThat(average.value()).isCloseTo(17.311, within(5e-4));
  }

  @Test
  void doesNotDependOnTheOrderInWhichMeasurementsArrive() {
    TimeWeightedAverage inOrder =
        TimeWeightedAverage.of(10, NOW).with(20, NOW.plusSeconds(100), FIVE_MINUTES);
    TimeWeightedAverage late =
        TimeWeightedAverage.of(20, NOW.plusSeconds(100)).with(10, NOW, FIVE_MINUTES);
    assertThat(late.value()).isCloseTo(inOrder.value(), within(1e-12));
    assertThat(late.updated()).isEqualTo(NOW.plusSeconds(100));
  }

  @Test
  void isTheNewValueAloneAfterAVeryLongSilence() {
    TimeWeightedAverage average =
        TimeWeightedAverage.of(10, NOW)
            .with(20, NOW.plus(Duration.ofDays(3650)), Duration.ofSeconds(1));
    assertThat(average.value()).isEqualTo(20);
  }

  @Test
  void refusesAnAverageOfNothing() {
    assertThatThrownBy(() -> new TimeWeightedAverage(0, 0, NOW))
        .hasMessageContaining("weight 0.0 (expected numbers, the weight above 0)");
  }
}
