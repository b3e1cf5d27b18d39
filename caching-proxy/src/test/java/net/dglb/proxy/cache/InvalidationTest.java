package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.TARGET;
import static net.dglb.proxy.cache.Exchange.request;
import static net.dglb.proxy.cache.Exchange.response;
import static org.assertj.core.api.Assertions.assertThat;

import net.dglb.proxy.cache.Invalidation.Reason;
import net.dglb.proxy.http.TargetUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111, section 4.4. */
class InvalidationTest {
  private static final Invalidation OF_TARGET = new Invalidation(TARGET, Reason.TARGET_URI);

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "PROPPATCH", "UNKNOWN", "get"})
  void makesTheTargetInvalidAfterAnUnsafeOrUnknownMethod(String method) {
    assertThat(Invalidation.of(request(method), response(200))).containsExactly(OF_TARGET);
    assertThat(Invalidation.of(request(method), response(303))).containsExactly(OF_TARGET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
  void makesNothingInvalidAfterASafeMethod(String method) {
    assertThat(Invalidation.of(request(method), response(200, "Location", "/x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 400, 404, 412, 500, 503})
  void makesNothingInvalidAfterAnErrorOrInterimResponse(int status) {
    assertThat(Invalidation.of(request("PUT"), response(status, "Location", "/x"))).isEmpty();
  }

  @Test
  void followsLocationsOfTheSameOrigin() {
    assertThat(
            Invalidation.of(
                request("POST"),
                response(
                    201, "Location", "new", "Content-Location", "http://WWW.foobar.test:80/c")))
        .containsExactly(
            OF_TARGET,
            new Invalidation(new TargetUri("http", "www.foobar.test", "/new"), Reason.LOCATION),
            new Invalidation(
                new TargetUri("http", "www.foobar.test", "/c"), Reason.CONTENT_LOCATION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://other.test/page",
        "https://www.foobar.test/page",
        "//other.test/",
        "/page",
        "mailto:a@b"
      })
  void doesNotLetOneOriginEmptyTheCacheOfAnother(String location) {
    assertThat(
            Invalidation.of(
                request("POST"), response(201, "Location", location, "Content-Location", location)))
        .containsExactly(OF_TARGET);
  }
}
