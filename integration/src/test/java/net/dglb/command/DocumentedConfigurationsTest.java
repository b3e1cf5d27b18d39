package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.dglb.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every HOCON block in a document begins with its file's name and passes {@code dglb check}. */
class DocumentedConfigurationsTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile("```hocon\\n# (\\S+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ANY_BLOCK = Pattern.compile("```hocon\\n");

  @Test
  void everyConfigurationInTheDocumentsIsValid(@TempDir Path folder) throws IOException {
    List<String> problems = new ArrayList<>();
    int checked = 0;
    for (Path document : documents()) {
      String text = Files.readString(document);
      assertThat(BLOCK.matcher(text).results().count())
          .as("HOCON blocks of %s that begin with a comment with the file's name", document)
          .isEqualTo(ANY_BLOCK.matcher(text).results().count());
      Matcher blocks = BLOCK.matcher(text);
      while (blocks.find()) {
        Path file = folder.resolve(blocks.group(1));
        Files.writeString(file, "# " + blocks.group(1) + "\n" + blocks.group(2));
        checked++;
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        makeMentionedFiles(folder, Files.readString(file));
        problems.addAll(problemsOf(file));
      }
    }
    assertThat(checked).as("configurations in the documents").isGreaterThanOrEqualTo(4);
    assertThat(problems).isEmpty();
  }

  private static List<String> problemsOf(Path file) {
    try {
      Optional<ConfigKind> kind = ConfigKind.of(ConfigKinds.all(), file);
      if (kind.isEmpty()) {
        return List.of(file + ": its keys do not tell what it configures");
      }
      kind.get().check().check(file);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(Object::toString).toList();
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve("docs"))) {
      List<Path> documents =
          new ArrayList<>(files.filter(f -> f.toString().endsWith(".md")).toList());
      documents.add(HOME.resolve("README.md"));
      return documents;
    }
  }

  private static void makeMentionedFiles(Path folder, String text) throws IOException {
    Matcher names = Pattern.compile("[a-z0-9.-]+\\.(pem|key|zone)").matcher(text);
    while (names.find()) {
      Path file = folder.resolve(names.group());
      if (!Files.exists(file)) {
        Files.writeString(file, "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
  }
}
