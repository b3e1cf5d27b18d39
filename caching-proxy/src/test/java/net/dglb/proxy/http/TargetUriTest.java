package net.dglb.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUriTest {
  private static final TargetUri BASE = new TargetUri("http", "a.example", "/b/c/d;p?q");

  @ParameterizedTest
  @CsvSource({
    "HTTP, Www.Example:80, '', http://www.example/",
    "https, www.example:443, ?q, https://www.example/?q",
    "http, www.example:443, /A%2f, http://www.example:443/A%2f",
    "http, www.example:, /, http://www.example/",
    "http, [2001:DB8::1]:80, /, http://[2001:db8::1]/"
  })
  void writesOneOriginInOneWay(String scheme, String authority, String path, String expected) {
    assertThat(new TargetUri(scheme, authority, path)).hasToString(expected);
  }

  /** From the examples of RFC 3986, section 5.4. */
  @ParameterizedTest
  @CsvSource({
    "g, /b/c/g",
    "./g, /b/c/g",
    "g/, /b/c/g/",
    "/g, /g",
    "?y, /b/c/d;p?y",
    "g?y, /b/c/g?y",
    "#s, /b/c/d;p?q",
    "g#s, /b/c/g",
    "'', /b/c/d;p?q",
    "., /b/c/",
    "./, /b/c/",
    ".., /b/",
    "../g, /b/g",
    "../.., /",
    "../../../g, /g",
    "/./g, /g",
    "/../g, /g",
    "g;x=1/../y, /b/c/y",
    "g?y/../x, /b/c/g?y/../x"
  })
  void resolvesReferencesAsTheRfcDoes(String reference, String path) {
    assertThat(BASE.resolve(reference)).contains(new TargetUri("http", "a.example", path));
  }

  @Test
  void resolvesReferencesToOtherOrigins() {
    assertThat(BASE.resolve("//b.example/x")).contains(new TargetUri("http", "b.example", "/x"));
    assertThat(BASE.resolve("https://a.example"))
        .contains(new TargetUri("https", "a.example", "/"))
        .hasValueSatisfying(uri -> assertThat(uri.sameOrigin(BASE)).isFalse());
    assertThat(BASE.resolve("HTTP://A.example:80/x"))
        .hasValueSatisfying(uri -> assertThat(uri.sameOrigin(BASE)).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailto:a@b", "ftp://a.example/", "http:g", "http://u@a.example/", "//"})
  void resolvesNothingThatItCannotServe(String reference) {
    assertThat(BASE.resolve(reference)).isEmpty();
  }

  @Test
  void refusesWhatIsNoTarget() {
    assertThatThrownBy(() -> new TargetUri("ftp", "a", "/")).hasMessageContaining("scheme: 'ftp'");
    assertThatThrownBy(() -> new TargetUri("http", "a b", "/")).hasMessageContaining("authority");
    assertThatThrownBy(() -> new TargetUri("http", "a", "*")).hasMessageContaining("path: '*'");
    assertThatThrownBy(() -> new TargetUri("http", "a", "/" + "x".repeat(TargetUri.MAX_PATH)))
        .hasMessageContaining("16385 characters (expected: at most 16384)");
  }
}
