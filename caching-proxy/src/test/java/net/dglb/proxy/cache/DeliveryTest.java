package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;
import static net.dglb.proxy.cache.Exchange.date;
import static net.dglb.proxy.cache.Exchange.get;
import static net.dglb.proxy.cache.Exchange.request;
import static net.dglb.proxy.cache.Exchange.response;
import static net.dglb.proxy.cache.Exchange.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.dglb.proxy.cache.Delivery.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111, section 4.3.2; RFC 9110, sections 13 and 14. */
class DeliveryTest {
  private static final StoredResponse STORED =
      stored(
          "Cache-Control", "max-age=60",
          "ETag", "\"a\"",
          "Last-Modified", date(-100),
          "Content-Type", "text/plain",
          "Content-Length", "1000",
          "Vary", "Accept");
  private static final StoredResponse WEAK =
      stored("Cache-Control", "max-age=60", "ETag", "W/\"a\"");

  private static Reason reason(String... requestHeaders) {
    return Delivery.of(STORED, get(requestHeaders), 1000).reason();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"a\"          | ENTITY_TAG_MATCHES",
        "W/\"a\"        | ENTITY_TAG_MATCHES",
        "\"x\", \"a\"   | ENTITY_TAG_MATCHES",
        "*              | ENTITY_TAG_MATCHES",
        "\"x\"          | ENTITY_TAG_DIFFERS",
        "a              | ENTITY_TAG_DIFFERS"
      })
  void comparesEntityTagsWeakly(String noneMatch, Reason reason) {
    assertThat(reason("If-None-Match", noneMatch)).isEqualTo(reason);
  }

  @Test
  void comparesDatesOfLastChange() {
    assertThat(reason("If-Modified-Since", date(-100))).isEqualTo(Reason.NOT_MODIFIED_SINCE);
    assertThat(reason("If-Modified-Since", date(-99))).isEqualTo(Reason.NOT_MODIFIED_SINCE);
    assertThat(reason("If-Modified-Since", date(-101))).isEqualTo(Reason.MODIFIED_SINCE);
    assertThat(reason("If-Modified-Since", "yesterday")).isEqualTo(Reason.UNCONDITIONAL);
  }

  @Test
  void prefersTheEntityTagToTheDate() {
    assertThat(reason("If-None-Match", "\"x\"", "If-Modified-Since", date(0)))
        .isEqualTo(Reason.ENTITY_TAG_DIFFERS);
  }

  @Test
  void takesTheResponsesDateIfTheOriginDidNotSayWhenItChanged() {
    assertThat(Delivery.of(WEAK, get("If-Modified-Since", date(0)), 5).reason())
        .isEqualTo(Reason.NOT_MODIFIED_SINCE);
    assertThat(Delivery.of(WEAK, get("If-Modified-Since", date(-1)), 5).reason())
        .isEqualTo(Reason.MODIFIED_SINCE);
  }

  @Test
  void sendsWithNotModifiedWhatCachesBehindItNeed() {
    assertThat(Delivery.of(STORED, get("If-None-Match", "\"a\""), 1000))
        .isInstanceOfSatisfying(
            Delivery.NotModified.class,
            found ->
                assertThat(found.headers().names())
                    .containsExactlyInAnyOrder(
                        "cache-control", "etag", "last-modified", "vary", "date"));
  }

  @Test
  void ignoresConditionsForWhatIsNoSuccess() {
    StoredResponse missing =
        stored(get(), response(404, "Cache-Control", "max-age=60", "ETag", "\"a\""), DEFAULTS);
    assertThat(Delivery.of(missing, get("If-None-Match", "\"a\"", "Range", "bytes=0-1"), 10))
        .isEqualTo(new Delivery.Full(Reason.UNCONDITIONAL));
  }

  @Test
  void sendsTheRangeOfAFullContent() {
    assertThat(Delivery.of(STORED, get("Range", "bytes=10-19"), 1000))
        .isEqualTo(new Delivery.Partial(Reason.RANGE, 10, 19, 1000))
        .hasToString("Partial[reason=RANGE, first=10, last=19, length=1000]");
    assertThat(new Delivery.Partial(Reason.RANGE, 10, 19, 1000).contentRange())
        .isEqualTo("bytes 10-19/1000");
    assertThat(Delivery.of(STORED, get("Range", "bytes=1000-"), 1000))
        .isEqualTo(new Delivery.RangeNotSatisfiable(Reason.RANGE_UNSATISFIABLE, 1000));
    assertThat(new Delivery.RangeNotSatisfiable(Reason.RANGE_UNSATISFIABLE, 7).contentRange())
        .isEqualTo("bytes */7");
  }

  @Test
  void sendsTheWholeForSeveralRanges() {
    assertThat(reason("Range", "bytes=0-1,5-6")).isEqualTo(Reason.RANGE_IGNORED);
    assertThat(reason("Range", "bytes=0-1", "Range", "bytes=5-6")).isEqualTo(Reason.RANGE_IGNORED);
  }

  @Test
  void ignoresARangeInHeadAndForOtherStatuses() {
    assertThat(Delivery.of(STORED, request("HEAD", "Range", "bytes=0-1"), 1000))
        .isEqualTo(new Delivery.Full(Reason.UNCONDITIONAL));
    StoredResponse transformed =
        stored(get(), response(203, "Cache-Control", "max-age=60"), DEFAULTS);
    assertThat(Delivery.of(transformed, get("Range", "bytes=0-1"), 1000))
        .isEqualTo(new Delivery.Full(Reason.UNCONDITIONAL));
  }

  @Test
  void answersAConditionBeforeARange() {
    assertThat(reason("If-None-Match", "\"a\"", "Range", "bytes=0-1"))
        .isEqualTo(Reason.ENTITY_TAG_MATCHES);
    assertThat(reason("If-None-Match", "\"x\"", "Range", "bytes=0-1")).isEqualTo(Reason.RANGE);
  }

  @Test
  void sendsARangeOnlyOfTheContentThatIfRangeNames() {
    assertThat(reason("If-Range", "\"a\"", "Range", "bytes=0-1")).isEqualTo(Reason.RANGE);
    assertThat(reason("If-Range", date(-100), "Range", "bytes=0-1")).isEqualTo(Reason.RANGE);
    assertThat(reason("If-Range", "\"a\"", "Range", "bytes=5000-"))
        .isEqualTo(Reason.RANGE_UNSATISFIABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "W/\"a\"", "Wed, 01 Jul 2026 11:58:21 GMT", "garbage", ""})
  void sendsTheWholeIfIfRangeNamesAnotherContent(String ifRange) {
    assertThat(reason("If-Range", ifRange, "Range", "bytes=0-1"))
        .isEqualTo(Reason.IF_RANGE_DIFFERS);
  }

  @Test
  void doesNotTrustWeakValidatorsForRanges() {
    assertThat(Delivery.of(WEAK, get("If-Range", "W/\"a\"", "Range", "bytes=0-1"), 9).reason())
        .isEqualTo(Reason.IF_RANGE_DIFFERS);
    StoredResponse changedJustNow = stored("Cache-Control", "max-age=60", "Last-Modified", date(0));
    assertThat(
            Delivery.of(changedJustNow, get("If-Range", date(0), "Range", "bytes=0-1"), 9).reason())
        .as("it may have changed again within that second")
        .isEqualTo(Reason.IF_RANGE_DIFFERS);
  }

  @Test
  void refusesANegativeLength() {
    assertThatThrownBy(() -> Delivery.of(STORED, get(), -1)).hasMessageContaining("-1");
  }
}
