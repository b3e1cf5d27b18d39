package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111, section 4.1. */
class VariantKeyTest {
  private static VariantKey key(String vary, RequestHead request) {
    return VariantKey.of(Headers.of("Vary", vary), request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept-Encoding | gzip, br        | br ,gzip,      | true",
        "Accept-Encoding | gzip;q=1        | GZIP ; q=1     | true",
        "Accept-Encoding | gzip            | br             | false",
        "Accept-Language | en, de          | EN,de          | true",
        "Accept-Language | en, de          | de, en         | false",
        "X-Flavour       | a               | a              | true",
        "X-Flavour       | a               | A              | false",
        "X-Flavour       | a, b            | a,b            | false"
      })
  void comparesValuesAsTheFieldsMeaningAllows(
      String field, String one, String other, boolean same) {
    VariantKey key = key(field, get(field, one));
    assertThat(key.matches(get(field, other))).isEqualTo(same);
    assertThat(key.equals(key(field, get(field, other)))).isEqualTo(same);
  }

  @Test
  void joinsSeveralLinesOfAField() {
    VariantKey key = key("X-A", get("X-A", "1", "x-a", "2"));
    assertThat(key.matches(get("X-A", "1, 2"))).isTrue();
    assertThat(key.matches(get("X-A", "2", "X-A", "1"))).isFalse();
  }

  @Test
  void tellsAMissingFieldFromAnEmptyOne() {
    VariantKey key = key("X-A", get());
    assertThat(key.matches(get("X-B", "1"))).isTrue();
    assertThat(key.matches(get("X-A", ""))).isFalse();
  }

  @Test
  void doesNotDependOnHowVaryIsWritten() {
    RequestHead request = get("A", "1", "B", "2");
    assertThat(key("A, b", request)).isEqualTo(key("B,,a , A", request));
    assertThat(key("", request).isSelective()).isFalse();
    assertThat(key("A", request).isSelective()).isTrue();
  }

  @Test
  void refusesWhatCannotMatch() {
    assertThat(VariantKey.isPossible(Headers.of("Vary", "A", "Vary", "*"))).isFalse();
    String many =
        IntStream.rangeClosed(0, VariantKey.MAX_FIELDS)
            .mapToObj(i -> "x-" + i)
            .collect(Collectors.joining(","));
    assertThat(VariantKey.isPossible(Headers.of("Vary", many))).isFalse();
    assertThatThrownBy(() -> key("*", get())).hasMessageContaining("Vary: [*]");
  }
}
