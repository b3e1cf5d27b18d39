package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;
import static net.dglb.proxy.cache.Exchange.NOW;
import static net.dglb.proxy.cache.Exchange.after;
import static net.dglb.proxy.cache.Exchange.date;
import static net.dglb.proxy.cache.Exchange.ok;
import static net.dglb.proxy.cache.Exchange.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.dglb.proxy.cache.Freshness.Source;
import net.dglb.proxy.http.ResponseHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111, section 4.2. */
class FreshnessTest {
  private static Freshness of(ResponseHead response, long requestSecondsAgo) {
    CacheControl control = CacheControl.ofResponse(response.headers(), DEFAULTS.targetedFields());
    return Freshness.of(response, control, after(-requestSecondsAgo), NOW, DEFAULTS);
  }

  /** Seconds from now for Date, Expires and Last-Modified; empty where the field is missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "s-maxage=10, max-age=99 | -   | 50 | -     | 10    | S_MAXAGE",
        "s-maxage=0, max-age=99  | -   | 50 | -     | 0     | S_MAXAGE",
        "max-age=99              | -   | 50 | -     | 99    | MAX_AGE",
        "max-age=x               | -   | 50 | -1000 | 0     | MAX_AGE",
        "public                  | -   | 50 | -1000 | 50    | EXPIRES",
        "public                  | -20 | 50 | -     | 70    | EXPIRES",
        "public                  | 20  | 50 | -     | 30    | EXPIRES",
        "public                  | 0   | -5 | -1000 | 0     | EXPIRES",
        "public                  | 0   | -  | -1000 | 100   | HEURISTIC",
        "public                  | -50 | -  | -1050 | 100   | HEURISTIC",
        "public                  | -   | -  | 100   | 0     | HEURISTIC",
        "public                  | -   | -  | -9999999 | 86400 | HEURISTIC",
        "public                  | -   | -  | -     | 0     | NONE"
      })
  void takesTheLifetimeFromTheFirstThatStatesOne(
      String control,
      @Nullable Long date,
      @Nullable Long expires,
      @Nullable Long modified,
      long lifetime,
      Source source) {
    List<String> headers = new ArrayList<>(List.of("Cache-Control", control));
    add(headers, "Date", date);
    add(headers, "Expires", expires);
    add(headers, "Last-Modified", modified);
    Freshness freshness = of(ok(headers.toArray(String[]::new)), 0);
    assertThat(freshness.lifetime()).isEqualTo(Duration.ofSeconds(lifetime));
    assertThat(freshness.source()).isEqualTo(source);
  }

  private static void add(List<String> headers, String name, @Nullable Long seconds) {
    if (seconds != null) {
      headers.add(name);
      headers.add(date(seconds));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "tomorrow", "Wed, 01 Jul 2026 13:00:00 CET"})
  void takesExpiresThatIsNoDateForThePast(String expires) {
    Freshness freshness = of(ok("Expires", expires, "Last-Modified", date(-1000)), 0);
    assertThat(freshness.lifetime()).isEqualTo(Duration.ZERO);
    assertThat(freshness.source()).isEqualTo(Source.EXPIRES);
  }

  @Test
  void guessesNothingForAStatusThatDoesNotAllowIt() {
    assertThat(of(response(500, "Last-Modified", date(-1000)), 0).source()).isEqualTo(Source.NONE);
  }

  /**
   * Age and Date as the response has them, seconds that the request took, and the age on arrival.
   */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, 0, 0",
        "-, -, 4, 4",
        "7, -, 4, 11",
        "7, -30, 4, 30",
        "7, -3, 4, 11",
        "7, 30, 4, 11",
        "'7, 9', -, 0, 7",
        "x, -, 0, 0",
        "-7, -, 0, 0",
        "7.5, -, 0, 0",
        "99999999999999, -, 0, 2147483647"
      })
  void takesTheLargerOfApparentAndCorrectedAge(
      @Nullable String age, @Nullable Long date, long delay, long expectedAge) {
    List<String> headers = new ArrayList<>();
    if (age != null) {
      headers.addAll(List.of("Age", age));
    }
    add(headers, "Date", date);
    assertThat(of(ok(headers.toArray(String[]::new)), delay).initialAge())
        .isEqualTo(Duration.ofSeconds(expectedAge));
  }

  @Test
  void isFreshUntilTheAgeReachesTheLifetime() {
    Freshness freshness = of(ok("Cache-Control", "max-age=10", "Age", "4"), 0);
    assertThat(freshness.isFresh(after(6).minusMillis(1))).isTrue();
    assertThat(freshness.isFresh(after(6))).isFalse();
    assertThat(freshness.remaining(after(2))).isEqualTo(Duration.ofSeconds(4));
    assertThat(freshness.staleness(after(2))).isEqualTo(Duration.ZERO);
    assertThat(freshness.staleness(after(9))).isEqualTo(Duration.ofSeconds(3));
    assertThat(freshness.remaining(after(9))).isEqualTo(Duration.ZERO);
  }

  @Test
  void doesNotGrowYoungerWhenTheClockGoesBack() {
    Freshness freshness = of(ok("Cache-Control", "max-age=10", "Age", "4"), 0);
    assertThat(freshness.age(after(-100))).isEqualTo(Duration.ofSeconds(4));
  }
}
