package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;
import static net.dglb.proxy.cache.Exchange.NOW;
import static net.dglb.proxy.cache.Exchange.after;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import org.junit.jupiter.api.Test;

/** What holds whatever requests and responses say; over random ones from a fixed seed. */
class CachePropertiesTest {
  private static final int CASES = 50_000;
  private final RandomExchanges random = new RandomExchanges(new Random(20260701));

  @Test
  void neverStoresWhatIsPrivateOrNotToBeStored() {
    int stored = 0;
    for (int i = 0; i < CASES; i++) {
      RequestHead request = random.request();
      ResponseHead response = random.response();
      if (Storability.decide(request, response, DEFAULTS) instanceof Storability.Store) {
        CacheControl control =
            CacheControl.ofResponse(response.headers(), DEFAULTS.targetedFields());
        assertThat(control.isPrivate()).as("%s", response).isFalse();
        assertThat(control.has(Directive.NO_STORE) && !control.has(Directive.MUST_UNDERSTAND))
            .as("%s", response)
            .isFalse();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(response.headers().has("Set-Cookie")).as("%s", response).isFalse();
        stored++;
      }
    }
    assertThat(stored).as("the cases are not all refused").isGreaterThan(CASES / 20);
  }

  @Test
  void isNeverFreshWhenTheAgeHasReachedTheLifetime() {
    int fresh = 0;
    for (int i = 0; i < CASES; i++) {
      RequestHead first = random.request();
      ResponseHead response = random.response();
      if (Storability.decide(first, response, DEFAULTS) instanceof Storability.Store store) {
        StoredResponse stored =
            StoredResponse.of(store, first, response, after(-random.seconds()), NOW, DEFAULTS);
        RequestHead next = random.request();
        Instant now = after(random.seconds());
        fresh += check(stored, next, now, Reuse.of(stored, next, now, DEFAULTS));
        Reuse afterFailure =
            Reuse.afterFailure(stored, next, new OriginFailure.Unreachable(), now, DEFAULTS);
        check(stored, next, now, afterFailure);
      }
    }
    assertThat(fresh).as("some are fresh").isGreaterThan(CASES / 200);
  }

  private static int check(StoredResponse stored, RequestHead next, Instant now, Reuse reuse) {
    Duration age = stored.freshness().age(now);
    boolean stale = age.compareTo(stored.freshness().lifetime()) >= 0;
    String scene = stored.head() + " asked by " + next + " at age " + age;
    switch (reuse) {
      case Reuse.Fresh fresh -> {
        assertThat(stale).as(scene).isFalse();
        assertServable(stored, next, scene);
        return 1;
      }
      case Reuse.StaleAccepted accepted -> assertMayBeStale(stored, next, stale, scene);
      case Reuse.StaleWhileRevalidate meanwhile -> assertMayBeStale(stored, next, stale, scene);
      case Reuse.StaleIfError error -> assertServable(stored, next, scene);
      case Reuse.Revalidate validation ->
          assertThat(validation.conditions().fields()).as(scene).isNotEmpty();
      case Reuse.GatewayTimeout timeout ->
          assertThat(CacheControl.ofRequest(next.headers()).has(Directive.ONLY_IF_CACHED))
              .as(scene)
              .isTrue();
      case Reuse.Miss miss -> assertThat(miss.reason()).isNotEqualTo(Reuse.Reason.FRESH);
      case Reuse.PassFailure failure ->
          assertThat(failure.reason()).isNotEqualTo(Reuse.Reason.FRESH);
    }
    return 0;
  }

  private static void assertServable(StoredResponse stored, RequestHead next, String scene) {
    assertThat(stored.variant().matches(next)).as(scene).isTrue();
    assertThat(stored.control().isNoCache()).as(scene).isFalse();
    assertThat(CacheControl.ofRequest(next.headers()).isNoCache()).as(scene).isFalse();
  }

  private static void assertMayBeStale(
      StoredResponse stored, RequestHead next, boolean stale, String scene) {
    assertServable(stored, next, scene);
    assertThat(stale).as(scene).isTrue();
    assertThat(stored.control().has(Directive.MUST_REVALIDATE)).as(scene).isFalse();
    assertThat(stored.control().has(Directive.PROXY_REVALIDATE)).as(scene).isFalse();
    assertThat(stored.control().has(Directive.S_MAXAGE)).as(scene).isFalse();
  }

  @Test
  void concludesTheSameFromWhatItKeptAsFromWhatItReceived() {
    for (int i = 0; i < CASES / 5; i++) {
      RequestHead request = random.request();
      ResponseHead response = random.response();
      if (Storability.decide(request, response, DEFAULTS) instanceof Storability.Store store) {
        StoredResponse stored = StoredResponse.of(store, request, response, NOW, NOW, DEFAULTS);
        ResponseHead again = new ResponseHead(response.status(), stored.headersAt(NOW));
        StoredResponse twice = StoredResponse.of(store, request, again, NOW, NOW, DEFAULTS);
        assertThat(twice.head()).as("%s", response).isEqualTo(stored.head());
        assertThat(twice.control()).as("%s", response).isEqualTo(stored.control());
        assertThat(twice.variant()).as("%s", response).isEqualTo(stored.variant());
        assertThat(twice.freshness().lifetime()).isEqualTo(stored.freshness().lifetime());
      }
    }
  }
}
