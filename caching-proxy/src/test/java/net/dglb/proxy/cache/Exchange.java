package net.dglb.proxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.HttpDate;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import net.dglb.proxy.http.TargetUri;

/** Requests and responses for tests; everything happens at one fixed time. */
final class Exchange {
  static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  static final TargetUri TARGET = new TargetUri("http", "www.foobar.test", "/page");
  static final CacheOptions DEFAULTS = CacheOptions.defaults();

  private Exchange() {}

  static RequestHead get(String... headers) {
    return request("GET", headers);
  }

  static RequestHead request(String method, String... headers) {
    return new RequestHead(method, TARGET, Headers.of(headers));
  }

  static ResponseHead ok(String... headers) {
    return response(200, headers);
  }

  static ResponseHead response(int status, String... headers) {
    return new ResponseHead(status, Headers.of(headers));
  }

  /** An HTTP-date so many seconds from now. */
  static String date(long secondsFromNow) {
    return HttpDate.format(NOW.plusSeconds(secondsFromNow));
  }

  static Instant after(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  /** A response to a plain GET, stored now. */
  static StoredResponse stored(String... headers) {
    return stored(get(), ok(headers), DEFAULTS);
  }

  static StoredResponse stored(RequestHead request, ResponseHead response, CacheOptions options) {
    Storability decision = Storability.decide(request, response, options);
    assertThat(decision).as("%s to %s", response, request).isInstanceOf(Storability.Store.class);
    return StoredResponse.of((Storability.Store) decision, request, response, NOW, NOW, options);
  }

  static CacheOptions with(CacheOptions.SetCookie setCookie) {
    return new CacheOptions(
        DEFAULTS.targetedFields(), setCookie, 0.1, Duration.ofDays(1), Duration.ZERO, false);
  }

  static CacheOptions with(Duration staleWhenUnreachable, boolean staleDespiteSharedMaxAge) {
    return new CacheOptions(
        DEFAULTS.targetedFields(),
        CacheOptions.SetCookie.REFUSE,
        0.1,
        Duration.ofDays(1),
        staleWhenUnreachable,
        staleDespiteSharedMaxAge);
  }
}
