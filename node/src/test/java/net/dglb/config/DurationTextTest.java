package net.dglb.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"0s", "250ns", "1500ms", "30s", "90s", "5m", "36h", "2d"})
  void writesWhatItReads(String text) {
    assertThat(DurationText.of(DurationText.parse(text))).isEqualTo(text);
  }

  @Test
  void writesTheLargestUnitThatIsExact() {
    assertThat(DurationText.of(DurationText.parse("120 seconds"))).isEqualTo("2m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "5 parsecs", "-"})
  void refusesWhatHasNoNumberOrNoUnit(String text) {
    assertThat(catchThrowable(() -> DurationText.parse(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
