package net.dglb.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {

  private final Score download = new Score.Download(Score.Download.USUAL_FLOOR);

  /** All four rows of 004, Figure 7: average latency, average loss, total score. */
  @ParameterizedTest(name = "{0} ms with loss {1} scores {2}")
  @CsvSource({"71, 0, 71", "27, 0.125, 397", "12, 0, 12", "66, 0.129, 483"})
  void meetsThePointsOfTheSource(double latencyMillis, double loss, double score) {
    assertThat(download.millis(latencyMillis, loss)).isCloseTo(score, within(0.5));
  }

  @Test
  void growsWithLatencyAndWithLoss() {
    for (int step = 0; step < 100; step++) {
      double loss = step / 100.0;
      assertThat(download.millis(20, loss + 0.01)).isGreaterThan(download.millis(20, loss));
      assertThat(download.millis(20.1, loss)).isGreaterThan(download.millis(20, loss));
    }
  }

  @Test
  void penalisesAMultipleOfTheLatencyAboveTheFloor() {
    double penalty = download.millis(100, 0.1) - 100;
    assertThat(download.millis(10, 0.1) - 10).isCloseTo(penalty, within(1e-9));
    assertThat(download.millis(200, 0.1) - 200).isCloseTo(2 * penalty, within(1e-9));
  }

  @Test
  void takesTheLatencyItselfUnlessToldOtherwise() {
    assertThat(new Score.Latency().millis(27, 0.125)).isEqualTo(27);
  }

  @Test
  void refusesAFloorOutOfRange() {
    assertThatThrownBy(() -> new Score.Download(Duration.ofSeconds(11)))
        .hasMessage("floor: 11s (expected 0s to 10s)");
  }

  @Test
  void aTransferTakesTheLatencyAndTheBytesAtTheThroughputThatWasMeasured() {
    Score transfer = new Score.Transfer(1_000_000);
    assertThat(transfer.millis(20, 0, OptionalDouble.of(2_000_000))).isEqualTo(520);
    assertThat(transfer.millis(120, 0, OptionalDouble.of(10_000_000))).isEqualTo(220);
  }

  @Test
  void aTransferThatWasNeverMeasuredTakesTheRoundTripsOfSlowStart() {
    assertThat(new Score.Transfer(14_600 * 7).millis(20, 0, OptionalDouble.empty()))
        .isCloseTo(20 + 3 * 20, within(1e-9));
    assertThat(new Score.Latency().millis(20, 0, OptionalDouble.of(1))).isEqualTo(20);
  }
}
