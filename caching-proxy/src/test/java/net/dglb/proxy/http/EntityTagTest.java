package net.dglb.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
  /** The table of RFC 9110, section 8.8.3.2. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "W/\"1\", W/\"1\", false, true",
        "W/\"1\", W/\"2\", false, false",
        "W/\"1\", \"1\", false, true",
        "\"1\", \"1\", true, true"
      })
  void comparesStronglyAndWeakly(String one, String other, boolean strong, boolean weak) {
    EntityTag first = EntityTag.parse(one).orElseThrow();
    EntityTag second = EntityTag.parse(other).orElseThrow();
    assertThat(first.strongMatches(second)).isEqualTo(strong);
    assertThat(second.strongMatches(first)).isEqualTo(strong);
    assertThat(first.weakMatches(second)).isEqualTo(weak);
    assertThat(second.weakMatches(first)).isEqualTo(weak);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a,b\"", "W/\"x\"", "\"back\\slash\"", "\"ü\""})
  void writesWhatItReads(String text) {
    assertThat(EntityTag.parse(text)).map(EntityTag::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "\"abc", "w/\"a\"", "W/ \"a\"", "\"a\", \"b\"", "\"a b\"", "*"})
  void readsNothingElseAsOneTag(String text) {
    assertThat(EntityTag.parse(text)).isEmpty();
  }

  @Test
  void readsAListWithCommasInsideTags() {
    assertThat(EntityTag.parseList(" \"a,b\" ,, W/\"c\",\"d\""))
        .containsExactly(
            new EntityTag(false, "a,b"), new EntityTag(true, "c"), new EntityTag(false, "d"));
  }

  @Test
  void stopsAListAtWhatIsNoTag() {
    assertThat(EntityTag.parseList("\"a\", b, \"c\"")).containsExactly(new EntityTag(false, "a"));
  }
}
