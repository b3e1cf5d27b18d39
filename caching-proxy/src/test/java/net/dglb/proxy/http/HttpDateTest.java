package net.dglb.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "sun, 06 nov 1994 08:49:37 gmt",
        "SUNDAY, 06-NOV-94 08:49:37 GMT"
      })
  void readsAllThreeFormatsInAnyCase(String text) {
    assertThat(HttpDate.parse(text, NOW)).contains(Instant.parse("1994-11-06T08:49:37Z"));
  }

  @Test
  void readsTwoDigitsOfAnAsctimeDay() {
    assertThat(HttpDate.parse("Wed Nov 16 08:49:37 1994", NOW))
        .contains(Instant.parse("1994-11-16T08:49:37Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "26, 2026-01-01T00:00:00Z",
    "76, 2076-01-01T00:00:00Z",
    "77, 1977-01-01T00:00:00Z",
    "99, 1999-01-01T00:00:00Z"
  })
  void takesAYearOfTwoDigitsForNoMoreThanFiftyYearsAhead(String year, Instant expected) {
    assertThat(HttpDate.parse("Friday, 01-Jan-" + year + " 00:00:00 GMT", NOW)).contains(expected);
  }

  @Test
  void takesALeapSecondForTheSecondBeforeIt() {
    assertThat(HttpDate.parse("Sat, 31 Dec 2016 23:59:60 GMT", NOW))
        .contains(Instant.parse("2016-12-31T23:59:59Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "06 Nov 1994 08:49:37 GMT",
        "Caturday, 06-Nov-94 08:49:37 GMT",
        "1994-11-06T08:49:37Z"
      })
  void readsNothingElse(String text) {
    assertThat(HttpDate.parse(text, NOW)).isEmpty();
  }

  @Test
  void readsWhatItWrites() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      Instant time = Instant.ofEpochSecond(random.nextLong(0, 4_102_444_800L));
      assertThat(HttpDate.parse(HttpDate.format(time), NOW)).contains(time);
    }
    assertThat(HttpDate.format(Instant.parse("1994-11-06T08:49:37.999Z")))
        .isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }
}
