package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;
import static net.dglb.proxy.cache.Exchange.date;
import static net.dglb.proxy.cache.Exchange.get;
import static net.dglb.proxy.cache.Exchange.ok;
import static net.dglb.proxy.cache.Exchange.request;
import static net.dglb.proxy.cache.Exchange.response;
import static org.assertj.core.api.Assertions.assertThat;

import net.dglb.proxy.cache.CacheOptions.SetCookie;
import net.dglb.proxy.cache.Storability.Reason;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111, section 3. */
class StorabilityTest {
  private static Storability decide(RequestHead request, ResponseHead response) {
    return Storability.decide(request, response, DEFAULTS);
  }

  private static Storability decide(String cacheControl) {
    return decide(get(), ok("Cache-Control", cacheControl));
  }

  private static void stores(Storability decision, Reason reason) {
    assertThat(decision).isInstanceOf(Storability.Store.class);
    assertThat(decision.reason()).isEqualTo(reason);
  }

  private static void refuses(Storability decision, Reason reason) {
    assertThat(decision).isEqualTo(new Storability.DoNotStore(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60                         | STATED_LIFETIME",
        "s-maxage=60                        | STATED_LIFETIME",
        "s-maxage=0, max-age=60             | STATED_LIFETIME",
        "max-age=nonsense                   | STATED_LIFETIME",
        "max-age=60, no-store, must-understand | STATED_LIFETIME"
      })
  void storesWhatStatesALifetime(String cacheControl, Reason reason) {
    stores(decide(cacheControl), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "private, max-age=60                | PRIVATE",
        "private, public, s-maxage=60       | PRIVATE",
        "public, no-store                   | RESPONSE_NO_STORE",
        "no-store, max-age=60               | RESPONSE_NO_STORE",
        "no-store, must-understand=x        | RESPONSE_NO_STORE",
        "no-cache, max-age=60               | NEVER_REUSABLE",
        "public                             | NEVER_REUSABLE",
        "private=\"vary\", max-age=60       | DECISIVE_FIELD",
        "no-cache=\"cache-control\", max-age=60 | DECISIVE_FIELD"
      })
  void refusesWhatTheResponseForbidsOrMakesUseless(String cacheControl, Reason reason) {
    refuses(decide(cacheControl), reason);
  }

  @Test
  void storesWhatHasExpiresAlone() {
    stores(decide(get(), ok("Expires", date(60))), Reason.STATED_LIFETIME);
    stores(decide(get(), response(599, "Expires", "0")), Reason.STATED_LIFETIME);
  }

  @Test
  void storesWhatCanBeValidatedEachTime() {
    stores(decide(get(), ok("Cache-Control", "no-cache", "ETag", "\"a\"")), Reason.VALIDATOR);
    stores(decide(get(), ok("ETag", "\"a\"")), Reason.VALIDATOR);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501})
  void guessesALifetimeForTheStatusesThatAllowIt(int status) {
    stores(decide(get(), response(status, "Last-Modified", date(-100))), Reason.HEURISTIC_LIFETIME);
    refuses(decide(get(), response(status)), Reason.NEVER_REUSABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 302, 303, 307, 400, 401, 403, 500, 502, 503, 504, 599})
  void guessesNoneForOthersUnlessTheyArePublic(int status) {
    String[] modified = {"Last-Modified", date(-100)};
    refuses(decide(get(), response(status, modified)), Reason.NEVER_REUSABLE);
    stores(
        decide(get(), response(status, "Last-Modified", date(-100), "Cache-Control", "public")),
        Reason.HEURISTIC_LIFETIME);
    stores(decide(get(), response(status, "Cache-Control", "max-age=60")), Reason.STATED_LIFETIME);
  }

  @ParameterizedTest
  @CsvSource({
    "100, NOT_FINAL",
    "103, NOT_FINAL",
    "206, STATUS_ABOUT_ONE_REQUEST",
    "304, STATUS_ABOUT_ONE_REQUEST",
    "412, STATUS_ABOUT_ONE_REQUEST",
    "416, STATUS_ABOUT_ONE_REQUEST"
  })
  void refusesStatusesThatAreNoAnswerForOthers(int status, Reason reason) {
    refuses(decide(get(), response(status, "Cache-Control", "public, max-age=60")), reason);
  }

  @Test
  void refusesAnUnknownStatusThatMustBeUnderstood() {
    refuses(
        decide(get(), response(599, "Cache-Control", "must-understand, max-age=60")),
        Reason.STATUS_NOT_UNDERSTOOD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "get", "UNKNOWN"})
  void refusesOtherMethodsThanGet(String method) {
    refuses(decide(request(method), ok("Cache-Control", "max-age=60")), Reason.METHOD);
  }

  @Test
  void refusesWhatTheClientDoesNotWantStored() {
    refuses(
        decide(get("Cache-Control", "no-store"), ok("Cache-Control", "public, max-age=60")),
        Reason.REQUEST_NO_STORE);
    assertThat(Reason.REQUEST_NO_STORE.liesInRequest()).isTrue();
    assertThat(Reason.PRIVATE.liesInRequest()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age=60", "max-age=60, proxy-revalidate", "max-age=60, public=x"})
  void refusesAnAuthorizedResponseThatIsNotAllowedExpressly(String cacheControl) {
    refuses(
        decide(get("Authorization", "Basic eA=="), ok("Cache-Control", cacheControl)),
        Reason.AUTHORIZATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"max-age=60, public", "max-age=60, must-revalidate", "s-maxage=60", "s-maxage=0"})
  void storesAnAuthorizedResponseThatIsAllowedExpressly(String cacheControl) {
    stores(
        decide(get("Authorization", "Basic eA=="), ok("Cache-Control", cacheControl)),
        Reason.STATED_LIFETIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "Accept, *", "Accept,*,Origin", "a b"})
  void refusesWhatNoRequestCanMatch(String vary) {
    refuses(decide(get(), ok("Cache-Control", "max-age=60", "Vary", vary)), Reason.VARY);
  }

  @Test
  void leavesOutTheFieldsThatAreNotForAll() {
    Storability decision =
        decide(get(), ok("Cache-Control", "max-age=60, private=\"X-User\", no-cache=\"X-Once\""));
    assertThat(decision)
        .isInstanceOfSatisfying(
            Storability.Store.class,
            store ->
                assertThat(store.withoutFields()).containsExactlyInAnyOrder("x-user", "x-once"));
  }

  @Test
  void treatsCookiesAsTheOptionsSay() {
    ResponseHead response = ok("Cache-Control", "public, max-age=60", "Set-Cookie", "a=b");
    refuses(decide(get(), response), Reason.SET_COOKIE);
    StoredResponse dropped = Exchange.stored(get(), response, Exchange.with(SetCookie.DROP));
    assertThat(dropped.head().headers().has("Set-Cookie")).isFalse();
    StoredResponse kept = Exchange.stored(get(), response, Exchange.with(SetCookie.KEEP));
    assertThat(kept.head().headers().first("Set-Cookie")).contains("a=b");
  }

  @Test
  void storesACookieResponseWhoseCookieIsNotForAll() {
    StoredResponse stored =
        Exchange.stored(
            "Cache-Control", "max-age=60, no-cache=\"Set-Cookie\"", "Set-Cookie", "a=b");
    assertThat(stored.head().headers().has("Set-Cookie")).isFalse();
  }
}
