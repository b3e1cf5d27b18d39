package net.dglb.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Each wrong document differs from a right one in one place and gets exactly the errors listed,
 * each with the number of its line.
 */
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

  @Test
  void tooManyServicesAreCountedAndNotRead() {
    StringBuilder text =
        new StringBuilder(
            "registration { version = 1, enterprise = foobar, zone = lb.foobar.test,"
                + " form = delegated\nservices {\n");
    for (int i = 0; i <= EnterpriseZone.MAX_SERVICES; i++) {
      text.append("s").append(i).append(" { nonsense = 1 }\n");
    }
    assertThat(problems(text.append("} }\n").toString()))
        .singleElement()
        .asString()
        .endsWith(":2: registration.services: 10001 (expected 1 to 10000 services)");
  }

  private static void refuses(String document, ArgumentsAccessor row) {
    List<String> texts = row.toList().stream().map(it -> Objects.toString(it, "")).toList();
    List<Wanted> wanted = texts.stream().skip(2).map(Wanted::of).toList();
    assertThat(document).contains(texts.get(0));
    List<ConfigProblem> problems = problems(document.replace(texts.get(0), texts.get(1)));
    assertThat(problems).as("%s", problems).hasSameSizeAs(wanted);
    for (Wanted one : wanted) {
      assertThat(problems).as("one that says: %s", one).anyMatch(one::isMet);
    }
  }

  /** An error as it is listed: {@code line: part of its text}. */
  private record Wanted(int line, String text) {
    static Wanted of(String listed) {
      String[] parts = listed.split(": ", 2);
      return new Wanted(Integer.parseInt(parts[0]), parts[1]);
    }

    boolean isMet(ConfigProblem problem) {
      return problem.line() == line && problem.toString().contains(text);
    }
  }

  private static List<ConfigProblem> problems(String text) {
    ConfigException refusal =
        catchThrowableOfType(ConfigException.class, () -> RegistrationDocumentTest.read(text));
    assertThat(refusal).as("the document was accepted").isNotNull();
    return refusal.problems();
  }
}
