package net.dglb.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NestingTest {

  private static final int MORE = Nesting.MOST_LEVELS + 1;

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "{ a ", "{ a = ", "{ a.b\n{", "[{\na: ", "\"x\" [", "\"\"\"x\"\"\"\" ["})
  void tellsWhatNestsTooDeeplyHoweverItIsWritten(String level) {
    assertThat(Nesting.isTooDeep("a = " + level.repeat(MORE))).isTrue();
  }

  @Test
  void countsTheElementsOfKeysOverLinesToo() {
    String hundred = "a.".repeat(100) + "a";
    assertThat(Nesting.isTooDeep(hundred + "\n{\n" + hundred + " = \n# why\n{ b = 1")).isTrue();
    assertThat(Nesting.isTooDeep((hundred + " = 1\n").repeat(9))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ a = 1 }\n",
        "[1, 2],",
        "\"[[[{\"\n",
        "# {{{\n",
        "// [[[\n",
        "\"\"\"[\n[\"\"\"\"\n",
        "\"\\\"[\"\n",
        "a = 192.0.2.1\n",
        "b = [192.0.2.1, 192.0.2.2]\n",
        "}\n"
      })
  void letsPassWhatIsLongOnly(String part) {
    assertThat(Nesting.isTooDeep(part.repeat(MORE))).isFalse();
  }

  @Test
  void allowsAsManyLevelsAsItSays() {
    String open = "[".repeat(Nesting.MOST_LEVELS);
    assertThat(Nesting.isTooDeep(open)).isFalse();
    assertThat(Nesting.isTooDeep(open + "[")).isTrue();
  }
}
