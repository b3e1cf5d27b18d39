package net.dglb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedClassesTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)`");

  @ParameterizedTest
  @ValueSource(strings = {"docs/life-of-a-query.md", "docs/life-of-a-measurement.md"})
  void everyClassThatADocumentNamesExists(String document) throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher matcher = CLASS_NAME.matcher(Files.readString(HOME.resolve(document)));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    assertThat(named).as("classes named in %s", document).hasSizeGreaterThan(5);
    assertThat(classes()).as("classes of the project").containsAll(named);
  }

  private static Set<String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(HOME)) {
      return files
          .map(Path::toString)
          .filter(file -> file.contains("/src/main/java/") && file.endsWith(".java"))
          .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
