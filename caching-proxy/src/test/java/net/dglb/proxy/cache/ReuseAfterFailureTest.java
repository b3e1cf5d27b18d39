package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;
import static net.dglb.proxy.cache.Exchange.after;
import static net.dglb.proxy.cache.Exchange.get;
import static net.dglb.proxy.cache.Exchange.stored;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.dglb.proxy.cache.Reuse.Reason;
import net.dglb.proxy.http.RequestHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5861, section 4, and RFC 9111, section 4.2.4. */
class ReuseAfterFailureTest {
  private static final OriginFailure UNREACHABLE = new OriginFailure.Unreachable();

  /** Response, request, the origin's status (0: unreachable), age in seconds, and what follows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60, stale-if-error=30 |          | 500 | 90 | StaleIfError | STALE_IF_ERROR",
        "max-age=60, stale-if-error=30 |          | 502 | 90 | StaleIfError | STALE_IF_ERROR",
        "max-age=60, stale-if-error=30 |          | 503 | 90 | StaleIfError | STALE_IF_ERROR",
        "max-age=60, stale-if-error=30 |          | 504 | 90 | StaleIfError | STALE_IF_ERROR",
        "max-age=60, stale-if-error=30 |          | 0   | 90 | StaleIfError | STALE_IF_ERROR",
        "max-age=60, stale-if-error=30 |          | 0   | 91 | PassFailure  | TOO_STALE",
        "max-age=60, stale-if-error=30 |          | 501 | 70 | PassFailure  | NOT_AN_ERROR",
        "max-age=60, stale-if-error=30 |          | 404 | 70 | PassFailure  | NOT_AN_ERROR",
        "max-age=60, stale-if-error=30 | no-cache | 503 | 70 | PassFailure  | REQUEST_NO_CACHE",
        "max-age=60, stale-if-error=30 | max-age=0 | 503 | 70 | StaleIfError | STALE_IF_ERROR",
        "max-age=60, stale-if-error=30 | max-age=0 | 503 | 50 | StaleIfError | FRESH",
        "max-age=60                    |          | 503 | 61 | PassFailure  | TOO_STALE",
        "max-age=60                    | stale-if-error=30 | 503 | 90 | StaleIfError |"
            + " STALE_IF_ERROR",
        "max-age=60                    | stale-if-error=30 | 503 | 91 | PassFailure | TOO_STALE",
        "max-age=60, stale-if-error=30, must-revalidate  | | 503 | 70 | PassFailure |"
            + " STALE_FORBIDDEN",
        "max-age=60, stale-if-error=30, proxy-revalidate | | 503 | 70 | PassFailure |"
            + " STALE_FORBIDDEN",
        "s-maxage=60, stale-if-error=30                  | | 0   | 70 | PassFailure |"
            + " STALE_FORBIDDEN",
        "max-age=60, stale-if-error=30, no-cache         | | 503 | 10 | PassFailure |"
            + " RESPONSE_NO_CACHE"
      })
  void decides(
      String response, @Nullable String asked, int status, long age, String kind, Reason reason) {
    RequestHead request = asked == null ? get() : get("Cache-Control", asked);
    OriginFailure failure = status == 0 ? UNREACHABLE : new OriginFailure.Status(status);
    StoredResponse stored = stored("Cache-Control", response, "ETag", "\"a\"");
    Reuse reuse = Reuse.afterFailure(stored, request, failure, after(age), DEFAULTS);
    assertThat(reuse.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(reuse.reason()).isEqualTo(reason);
  }

  @Test
  void servesStaleToTheUnreachableOnlyAsTheOptionsSay() {
    StoredResponse stored = stored("Cache-Control", "max-age=60");
    CacheOptions anHour = Exchange.with(Duration.ofHours(1), false);
    assertThat(Reuse.afterFailure(stored, get(), UNREACHABLE, after(3659), anHour))
        .isEqualTo(new Reuse.StaleIfError(Reason.UNREACHABLE, Duration.ofSeconds(3659)));
    assertThat(Reuse.afterFailure(stored, get(), UNREACHABLE, after(3660), anHour))
        .isEqualTo(new Reuse.PassFailure(Reason.TOO_STALE));
    assertThat(Reuse.afterFailure(stored, get(), new OriginFailure.Status(503), after(61), anHour))
        .isEqualTo(new Reuse.PassFailure(Reason.TOO_STALE));
    StoredResponse strict = stored("Cache-Control", "max-age=60, must-revalidate");
    assertThat(Reuse.afterFailure(strict, get(), UNREACHABLE, after(61), anHour))
        .isEqualTo(new Reuse.PassFailure(Reason.STALE_FORBIDDEN));
  }
}
