package net.dglb.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  private static final Headers HEADERS =
      Headers.of("Accept", "text/html", "X-A", " 1 ", "accept", "*/*");

  @Test
  void findsNamesInAnyCaseAndKeepsTheOrderOfLines() {
    assertThat(HEADERS.all("ACCEPT")).containsExactly("text/html", "*/*");
    assertThat(HEADERS.first("x-a")).contains("1");
    assertThat(HEADERS.combined("accept")).contains("text/html, */*");
    assertThat(HEADERS.combined("host")).isEmpty();
    assertThat(HEADERS.names()).containsExactlyInAnyOrder("accept", "x-a");
  }

  @Test
  void replacesEveryLineOfAField() {
    assertThat(HEADERS.with("ACCEPT", "a/b").all("accept")).containsExactly("a/b");
    assertThat(HEADERS.without(Set.of("accept"))).isEqualTo(Headers.of("X-A", "1"));
    Headers updated = HEADERS.updatedBy(Headers.of("ACCEPT", "a/b", "Accept", "c/d"));
    assertThat(updated).isEqualTo(Headers.of("X-A", "1", "ACCEPT", "a/b", "Accept", "c/d"));
  }

  @Test
  void readsAListOfTokensOverSeveralLines() {
    Headers headers = Headers.of("Vary", "Accept, ,X-A", "vary", ",Origin");
    assertThat(headers.tokens("Vary")).containsExactly("accept", "x-a", "origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x", "a\nb", "a\0b"})
  void refusesAValueThatWouldBecomeAnotherLine(String value) {
    assertThatThrownBy(() -> Headers.of("X", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("header field X");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "ä"})
  void refusesANameThatIsNoToken(String name) {
    assertThatThrownBy(() -> Headers.of(name, "v"))
        .hasMessageContaining("'" + name + "' (expected: a token)");
  }

  @Test
  void refusesMoreFieldsThanItsLimit() {
    Headers.Field field = new Headers.Field("a", "b");
    assertThat(new Headers(Collections.nCopies(Headers.MAX_FIELDS, field)).fields())
        .hasSize(Headers.MAX_FIELDS);
    assertThatThrownBy(() -> new Headers(Collections.nCopies(Headers.MAX_FIELDS + 1, field)))
        .hasMessageContaining("1025 (expected: at most 1024)");
  }
}
