package net.dglb.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "a,a,0",
    "ab,ba,1",
    "workers,wrokers,1",
    "abc,abcd,1",
    "abc,ac,1",
    "abc,axc,1",
    "kitten,sitting,3"
  })
  void countsEdits(String from, String to, int edits) {
    assertThat(Nearest.edits(from, to)).isEqualTo(edits);
    assertThat(Nearest.edits(to, from)).isEqualTo(edits);
  }

  @Test
  void proposesNothingForAWordThatIsEntirelyElse() {
    assertThat(Nearest.to("latitude", List.of("workers", "id"))).isEmpty();
  }
}
