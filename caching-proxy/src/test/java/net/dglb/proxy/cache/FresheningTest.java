package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;
import static net.dglb.proxy.cache.Exchange.after;
import static net.dglb.proxy.cache.Exchange.date;
import static net.dglb.proxy.cache.Exchange.get;
import static net.dglb.proxy.cache.Exchange.ok;
import static net.dglb.proxy.cache.Exchange.request;
import static net.dglb.proxy.cache.Exchange.response;
import static net.dglb.proxy.cache.Exchange.stored;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.dglb.proxy.cache.Freshening.Reason;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111, sections 3.2, 4.3.4 and 4.3.5. */
class FresheningTest {
  private static final StoredResponse STORED =
      stored(
          "Cache-Control", "max-age=60",
          "Age", "50",
          "Date", date(-50),
          "ETag", "\"a\"",
          "Last-Modified", date(-500),
          "Content-Length", "1000",
          "Content-Encoding", "gzip",
          "X-Old", "1",
          "X-Both", "1");

  private static Freshening notModified(String... headers) {
    return freshen(STORED, get(), response(304, headers));
  }

  private static Freshening freshen(
      StoredResponse stored, RequestHead request, ResponseHead answer) {
    return Freshening.byNotModified(stored, request, answer, after(99), after(100), DEFAULTS);
  }

  private static Freshening head(ResponseHead answer) {
    return Freshening.byHead(STORED, request("HEAD"), answer, after(100), after(100), DEFAULTS);
  }

  private static StoredResponse updated(Freshening freshening) {
    assertThat(freshening).isInstanceOf(Freshening.Updated.class);
    return ((Freshening.Updated) freshening).stored();
  }

  @Test
  void replacesTheFieldsThatAreNewAndKeepsTheOthers() {
    StoredResponse updated =
        updated(notModified("ETag", "\"a\"", "X-Both", "2", "X-Both", "3", "X-New", "4"));
    assertThat(updated.head().status()).isEqualTo(200);
    assertThat(updated.head().headers().all("X-Old")).containsExactly("1");
    assertThat(updated.head().headers().all("X-Both")).containsExactly("2", "3");
    assertThat(updated.head().headers().all("X-New")).containsExactly("4");
  }

  @Test
  void keepsWhatDescribesTheStoredBytes() {
    StoredResponse updated =
        updated(
            notModified(
                "ETag", "W/\"a\"",
                "Content-Length", "0",
                "Content-Encoding", "br",
                "Content-Range", "bytes 0-1/2",
                "Connection", "X-Hop",
                "X-Hop", "1",
                "Transfer-Encoding", "chunked"));
    assertThat(updated.head().headers().all("ETag")).containsExactly("\"a\"");
    assertThat(updated.head().headers().all("Content-Length")).containsExactly("1000");
    assertThat(updated.head().headers().all("Content-Encoding")).containsExactly("gzip");
    assertThat(updated.head().headers().names())
        .doesNotContain("content-range", "connection", "x-hop", "transfer-encoding");
  }

  @Test
  void startsANewLifeAtTheTimeOfTheAnswer() {
    StoredResponse updated = updated(notModified());
    assertThat(updated.freshness().age(after(100))).isEqualTo(Duration.ofSeconds(1));
    assertThat(updated.date()).isEqualTo(after(100));
    assertThat(Reuse.of(updated, get(), after(158), DEFAULTS)).isInstanceOf(Reuse.Fresh.class);
  }

  @Test
  void takesDateAgeAndLifetimeFromTheAnswer() {
    StoredResponse updated =
        updated(notModified("Date", date(70), "Age", "5", "Cache-Control", "max-age=600"));
    assertThat(updated.freshness().age(after(100))).isEqualTo(Duration.ofSeconds(30));
    assertThat(updated.freshness().lifetime()).isEqualTo(Duration.ofMinutes(10));
    assertThat(updated.head().headers().has("Age")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ETag, '\"b\"', ENTITY_TAG",
    "ETag, 'W/\"b\"', ENTITY_TAG",
    "Last-Modified, 'Wed, 01 Jul 2026 11:00:00 GMT', LAST_MODIFIED"
  })
  void refusesAnAnswerAboutAnotherContent(String field, String value, Reason reason) {
    assertThat(notModified(field, value)).isEqualTo(new Freshening.Rejected(reason));
  }

  @Test
  void refusesAStrongEntityTagForWhatWasStoredWithoutOne() {
    StoredResponse without = stored("Cache-Control", "max-age=60", "Last-Modified", date(-500));
    assertThat(freshen(without, get(), response(304, "ETag", "\"b\"")))
        .isEqualTo(new Freshening.Rejected(Reason.ENTITY_TAG));
    assertThat(freshen(without, get(), response(304, "ETag", "W/\"b\"")))
        .isInstanceOf(Freshening.Updated.class);
  }

  @Test
  void refusesOtherStatusesAndOtherVariants() {
    assertThat(freshen(STORED, get(), ok())).isEqualTo(new Freshening.Rejected(Reason.STATUS));
    StoredResponse variant =
        stored(get("A", "1"), ok("Cache-Control", "max-age=60", "Vary", "A"), DEFAULTS);
    assertThat(freshen(variant, get("A", "2"), response(304)))
        .isEqualTo(new Freshening.Rejected(Reason.OTHER_VARIANT));
  }

  @ParameterizedTest
  @CsvSource({
    "Cache-Control, no-store, RESPONSE_NO_STORE",
    "Cache-Control, private, PRIVATE",
    "Vary, *, VARY",
    "Set-Cookie, a=b, SET_COOKIE"
  })
  void servesOnceWhatMayNoLongerBeKept(String field, String value, Storability.Reason reason) {
    assertThat(notModified(field, value))
        .isInstanceOfSatisfying(
            Freshening.ServedOnce.class,
            once -> {
              assertThat(once.reason()).isEqualTo(reason);
              assertThat(once.stored().head().headers().has("X-Old")).isTrue();
            });
  }

  @Test
  void servesOnceWhatOneClientDoesNotWantStored() {
    assertThat(freshen(STORED, get("Cache-Control", "no-store"), response(304)))
        .isInstanceOfSatisfying(
            Freshening.ServedOnce.class,
            once -> assertThat(once.reason().liesInRequest()).isTrue());
  }

  @Test
  void freshensByHeadIfNothingDiffers() {
    StoredResponse updated =
        updated(head(ok("ETag", "\"a\"", "Content-Length", "1000", "X-New", "1")));
    assertThat(updated.freshness().age(after(100))).isEqualTo(Duration.ZERO);
    assertThat(updated.head().headers().has("X-New")).isTrue();
  }

  @Test
  void dropsWhatHeadShowsToHaveChanged() {
    assertThat(head(ok("ETag", "\"b\""))).isEqualTo(new Freshening.Rejected(Reason.ENTITY_TAG));
    assertThat(head(ok("Content-Length", "999")))
        .isEqualTo(new Freshening.Rejected(Reason.CONTENT_LENGTH));
    assertThat(head(response(404))).isEqualTo(new Freshening.Rejected(Reason.STATUS));
  }
}
