package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;
import static net.dglb.proxy.cache.Exchange.after;
import static net.dglb.proxy.cache.Exchange.date;
import static net.dglb.proxy.cache.Exchange.get;
import static net.dglb.proxy.cache.Exchange.ok;
import static net.dglb.proxy.cache.Exchange.request;
import static net.dglb.proxy.cache.Exchange.stored;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.dglb.proxy.cache.Reuse.Reason;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.TargetUri;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111, sections 4 and 5.2, and RFC 5861, section 3. */
class ReuseTest {
  /** What the stored response says, what the request says, the age in seconds, and what follows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60                      |                         | 59 | Fresh      | FRESH",
        "max-age=60                      |                         | 60 | Revalidate | STALE",
        "max-age=60, must-revalidate     |                         | 59 | Fresh      | FRESH",
        "max-age=60, must-revalidate     |                         | 60 | Revalidate |"
            + " STALE_FORBIDDEN",
        "s-maxage=0, max-age=60          |                         | 1  | Revalidate |"
            + " STALE_FORBIDDEN",
        "s-maxage=60, max-age=0          |                         | 59 | Fresh      | FRESH",
        "max-age=60, no-cache            |                         | 1  | Revalidate |"
            + " RESPONSE_NO_CACHE",
        "max-age=60, no-cache=\"x-a\"    |                         | 1  | Fresh      | FRESH",
        "max-age=60                      | no-cache                | 1  | Revalidate |"
            + " REQUEST_NO_CACHE",
        "max-age=60                      | max-age=0               | 1  | Revalidate |"
            + " REQUEST_MAX_AGE",
        "max-age=60                      | max-age=5               | 5  | Fresh      | FRESH",
        "max-age=60                      | max-age=5               | 6  | Revalidate |"
            + " REQUEST_MAX_AGE",
        "max-age=60                      | max-age=99              | 60 | Revalidate | STALE",
        "max-age=60                      | min-fresh=10            | 50 | Fresh      | FRESH",
        "max-age=60                      | min-fresh=10            | 51 | Revalidate |"
            + " REQUEST_MIN_FRESH",
        "max-age=60                      | min-fresh=10, max-stale | 51 | Revalidate |"
            + " REQUEST_MIN_FRESH",
        "max-age=60                      | max-stale               | 99 | StaleAccepted |"
            + " REQUEST_MAX_STALE",
        "max-age=60                      | max-stale=10            | 70 | StaleAccepted |"
            + " REQUEST_MAX_STALE",
        "max-age=60                      | max-stale=10            | 71 | Revalidate | STALE",
        "max-age=60                      | max-stale=10, max-age=5 | 65 | Revalidate |"
            + " REQUEST_MAX_AGE",
        "max-age=60                      | max-stale=x             | 61 | Revalidate | STALE",
        "max-age=60, must-revalidate     | max-stale               | 61 | Revalidate |"
            + " STALE_FORBIDDEN",
        "max-age=60, proxy-revalidate    | max-stale               | 61 | Revalidate |"
            + " STALE_FORBIDDEN",
        "s-maxage=60                     | max-stale               | 61 | Revalidate |"
            + " STALE_FORBIDDEN",
        "max-age=60, no-cache            | max-stale               | 61 | Revalidate |"
            + " RESPONSE_NO_CACHE",
        "max-age=60                      | no-store                | 59 | Fresh      | FRESH",
        "max-age=60                      | only-if-cached          | 59 | Fresh      | FRESH",
        "max-age=60                      | only-if-cached          | 60 | GatewayTimeout | STALE",
        "max-age=60                      | only-if-cached, max-stale | 60 | StaleAccepted |"
            + " REQUEST_MAX_STALE",
        "max-age=60                      | only-if-cached, no-cache | 1 | GatewayTimeout |"
            + " REQUEST_NO_CACHE",
        "max-age=60, stale-while-revalidate=30 |                   | 60 | StaleWhileRevalidate |"
            + " STALE_WHILE_REVALIDATE",
        "max-age=60, stale-while-revalidate=30 |                   | 90 | StaleWhileRevalidate |"
            + " STALE_WHILE_REVALIDATE",
        "max-age=60, stale-while-revalidate=30 |                   | 91 | Revalidate | STALE",
        "max-age=60, stale-while-revalidate=30 | max-age=99        | 65 | Revalidate | STALE",
        "max-age=60, stale-while-revalidate=30 | no-cache          | 65 | Revalidate |"
            + " REQUEST_NO_CACHE",
        "max-age=60, stale-while-revalidate=30 | only-if-cached    | 65 | StaleWhileRevalidate |"
            + " STALE_WHILE_REVALIDATE",
        "max-age=60, stale-while-revalidate=30, must-revalidate |  | 65 | Revalidate |"
            + " STALE_FORBIDDEN",
        "s-maxage=60, stale-while-revalidate=30 |                  | 65 | Revalidate |"
            + " STALE_FORBIDDEN",
        "max-age=60, stale-while-revalidate=x |                    | 65 | Revalidate | STALE"
      })
  void decides(String response, @Nullable String asked, long age, String kind, Reason reason) {
    RequestHead request = asked == null ? get() : get("Cache-Control", asked);
    Reuse reuse =
        Reuse.of(stored("Cache-Control", response, "ETag", "\"a\""), request, after(age), DEFAULTS);
    assertThat(reuse.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(reuse.reason()).isEqualTo(reason);
  }

  @Test
  void saysTheAgeOfWhatItReuses() {
    StoredResponse stored = stored("Cache-Control", "max-age=60", "Age", "20");
    assertThat(Reuse.of(stored, get(), after(5), DEFAULTS))
        .isEqualTo(new Reuse.Fresh(Reason.FRESH, Duration.ofSeconds(25)));
  }

  @Test
  void validatesWithBothValidators() {
    StoredResponse stored =
        stored("Cache-Control", "max-age=0", "ETag", "W/\"a\"", "Last-Modified", date(-50));
    assertThat(Reuse.of(stored, get(), after(1), DEFAULTS))
        .isEqualTo(
            new Reuse.Revalidate(
                Reason.STALE,
                Headers.of("If-None-Match", "W/\"a\"", "If-Modified-Since", date(-50))));
  }

  @Test
  void fetchesAnewWithoutAValidator() {
    StoredResponse stored =
        stored("Cache-Control", "max-age=0", "ETag", "malformed", "Last-Modified", "malformed");
    assertThat(Reuse.of(stored, get(), after(1), DEFAULTS)).isEqualTo(new Reuse.Miss(Reason.STALE));
  }

  @Test
  void missesWhatIsNotStored() {
    assertThat(Reuse.withoutStored(get())).isEqualTo(new Reuse.Miss(Reason.NOT_STORED));
    assertThat(Reuse.withoutStored(get("Cache-Control", "only-if-cached")))
        .isEqualTo(new Reuse.GatewayTimeout(Reason.NOT_STORED));
    assertThat(Reuse.withoutStored(request("POST", "Cache-Control", "only-if-cached")))
        .isEqualTo(new Reuse.Miss(Reason.METHOD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get"})
  void answersOnlyGetAndHead(String method) {
    StoredResponse stored = stored("Cache-Control", "max-age=60");
    assertThat(Reuse.of(stored, request(method), after(1), DEFAULTS))
        .isEqualTo(new Reuse.Miss(Reason.METHOD));
    assertThat(Reuse.of(stored, request("HEAD"), after(1), DEFAULTS))
        .isInstanceOf(Reuse.Fresh.class);
  }

  @Test
  void leavesPreconditionsOfTheOriginToTheOrigin() {
    StoredResponse stored = stored("Cache-Control", "max-age=60", "ETag", "\"a\"");
    assertThat(Reuse.of(stored, get("If-Match", "\"a\""), after(1), DEFAULTS))
        .isEqualTo(new Reuse.Miss(Reason.PRECONDITION_FOR_ORIGIN));
    assertThat(Reuse.of(stored, get("If-Unmodified-Since", date(0)), after(1), DEFAULTS))
        .isEqualTo(new Reuse.Miss(Reason.PRECONDITION_FOR_ORIGIN));
  }

  @Test
  void neverAnswersForAnotherVariantOrTarget() {
    StoredResponse english =
        stored(
            get("Accept-Language", "en"),
            ok("Cache-Control", "max-age=60", "Vary", "Accept-Language"),
            DEFAULTS);
    Reuse miss = new Reuse.Miss(Reason.OTHER_VARIANT);
    assertThat(Reuse.of(english, get("Accept-Language", "de"), after(1), DEFAULTS)).isEqualTo(miss);
    assertThat(Reuse.of(english, get(), after(1), DEFAULTS)).isEqualTo(miss);
    assertThat(Reuse.of(english, get("accept-language", "EN"), after(1), DEFAULTS))
        .isInstanceOf(Reuse.Fresh.class);
    RequestHead elsewhere =
        new RequestHead(
            "GET",
            new TargetUri("http", "other.test", "/page"),
            Headers.of("Accept-Language", "en"));
    assertThat(Reuse.of(english, elsewhere, after(1), DEFAULTS)).isEqualTo(miss);
  }

  @Test
  void letsStaleWhileRevalidateStandBesideSharedMaxAgeIfTheOptionsSaySo() {
    StoredResponse stored = stored("Cache-Control", "s-maxage=1, stale-while-revalidate=60");
    assertThat(Reuse.of(stored, get(), after(5), Exchange.with(Duration.ZERO, true)))
        .isEqualTo(
            new Reuse.StaleWhileRevalidate(
                Reason.STALE_WHILE_REVALIDATE, Duration.ofSeconds(5), Headers.NONE));
  }
}
