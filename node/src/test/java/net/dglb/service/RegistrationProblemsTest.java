package net.dglb.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigProblem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each wrong document differs from a right one in one place and gets exactly the errors listed. */
class RegistrationProblemsTest {

  @ParameterizedTest(name = "{index}: instead of {0}: {1}")
  @CsvFileSource(
      resources = {"problems-aliased.txt", "problems-parts.txt"},
      delimiterString = " | ",
      quoteCharacter = '`',
      maxCharsPerColumn = 1000)
  void refusesInTheAliasedForm(ArgumentsAccessor row) {
    refuses(RegistrationDocumentTest.ALIASED, row);
  }

  @ParameterizedTest(name = "{index}: instead of {0}: {1}")
  @CsvFileSource(
      resources = "problems-delegated.txt",
      delimiterString = " | ",
      quoteCharacter = '`')
  void refusesInTheDelegatedForm(ArgumentsAccessor row) {
    refuses(RegistrationDocumentTest.SMALLEST, row);
  }

  private static void refuses(String document, ArgumentsAccessor row) {
    List<String> texts = row.toList().stream().map(it -> Objects.toString(it, "")).toList();
    List<String> expected = texts.subList(2, texts.size());
    assertThat(document).contains(texts.get(0));
    List<String> problems = problems(document.replace(texts.get(0), texts.get(1)));
    assertThat(problems).as("%s", problems).hasSameSizeAs(expected);
    for (String text : expected) {
      assertThat(problems)
          .as("one that says: %s", text)
          .anyMatch(problem -> problem.contains(text));
    }
  }

  private static List<String> problems(String text) {
    ConfigException refusal =
        catchThrowableOfType(ConfigException.class, () -> RegistrationDocumentTest.read(text));
    assertThat(refusal).as("the document was accepted").isNotNull();
    return refusal.problems().stream().map(ConfigProblem::toString).toList();
  }
}
