package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    List<Path> written = list(folder);
    makeNamedFiles(folder);
    written.forEach(file -> problems.addAll(problemsOf(file)));
    assertThat(checked).as("configurations in the documents").isGreaterThanOrEqualTo(4);
    assertThat(problems).isEmpty();
  }

  private static List<String> problemsOf(Path file) {
    try {
      Optional<ConfigKind> kind = ConfigKind.of(ConfigKinds.all(), file);
      if (kind.isEmpty()) {
        return List.of(file + ": its keys do not tell what it configures");
      }
      kind.get().check(file, CommandLineRun.NOW);
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

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** What the documents say how to make, and the zone that they speak of. */
  private static void makeNamedFiles(Path folder) throws IOException {
    String network = folder.resolve("network").toString();
    run("pki", "init", network);
    run("pki", "secret", folder.resolve("map.key").toString());
    String key = folder.resolve("transfer.key").toString();
    run("pki", "tsig", key, "--name", "transfer.foobar.example");
    for (String node : List.of("backbone b1", "backbone b4", "lb lb-madrid", "authority foobar")) {
      String[] roleAndId = node.split(" ", 2);
      run(
          "pki",
          "issue",
          network,
          "--role=" + roleAndId[0],
          "--id=" + roleAndId[1],
          "--out=" + folder);
    }
    Files.copy(folder.resolve("network/authority.pem"), folder.resolve("authority.pem"));
    Files.writeString(
        folder.resolve("foobar.example.zone"),
        "$TTL 300\n@ SOA ns1 hostmaster 1 7200 3600 1209600 60\n@ NS ns1\nns1 A 192.0.2.53\n");
  }

  private static void run(String... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }
}
