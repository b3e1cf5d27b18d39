package net.dglb.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  private static final String REFERENCE = "config-test-reference.conf";

  @TempDir Path folder;

  @Test
  void laysTheFileOverTheReferenceAndWhatThatIncludes() throws Exception {
    ConfigSection root = ConfigFile.load(write("a.conf", "dns.workers = 8"), REFERENCE);
    assertThat(root.integer("dns.workers", 1, 64)).isEqualTo(8);
    assertThat(root.duration("dns.timeout", Duration.ZERO, Duration.ofDays(1)))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(root.endpoint("node.admin").port()).isEqualTo(8053);
    root.finish();
  }

  @Test
  void namesTheIncludedFileThatHoldsAProblem() throws Exception {
    Path included = write("b.conf", "\ndns.workers = many");
    Path file = write("a.conf", "include \"b.conf\"\nnode.id = a");
    ConfigSection root = ConfigFile.load(file, REFERENCE);
    root.integer("dns.workers", 1, 64);
    assertThat(problems(root::finish))
        .containsExactlyInAnyOrder(
            file + ":2: node: unknown key (known: dns)",
            included + ":2: dns.workers: value: many (expected: a whole number from 1 to 64)");
  }

  @Test
  void resolvesPathsOfAnIncludedFileAgainstItsOwnFolder() throws Exception {
    Files.createDirectory(folder.resolve("conf.d"));
    write("conf.d/b.conf", "state = data");
    ConfigSection root = ConfigFile.load(write("a.conf", "include \"conf.d/b.conf\""), "");
    assertThat(root.path("state")).isEqualTo(folder.resolve("conf.d/data"));
  }

  @Test
  void substitutesFromTheFileAndTheEnvironment() throws Exception {
    ConfigSection root =
        ConfigFile.parse("a.conf", "a = x, b = ${a}y, c = ${PATH}, d = ${?DGLB_NOT_SET}");
    assertThat(root.string("b")).isEqualTo("xy");
    assertThat(root.string("c")).isEqualTo(System.getenv("PATH"));
    assertThat(root.optionalString("d")).isEmpty();
  }

  @Test
  void placesAWrongValueOfTheEnvironmentWhereItIsUsed() throws Exception {
    ConfigSection root = ConfigFile.parse("a.conf", "dns {\n  x = 1\n  workers = ${PATH}\n}");
    root.integer("dns.workers", 1, 64);
    root.integer("dns.x", 1, 64);
    assertThat(problems(root::finish))
        .singleElement()
        .asString()
        .startsWith("a.conf:3: dns.workers: value: /");
  }

  @Test
  void reportsWhatIsNestedWithoutEndInsteadOfFailingOnIt() throws Exception {
    String deep = "a = " + "[".repeat(200_000);
    Path loop = write("loop.conf", "include file(\"" + folder.resolve("loop.conf") + "\")");
    assertThat(problems(() -> ConfigFile.parseForeign("a.conf", deep)))
        .singleElement()
        .asString()
        .startsWith("a.conf: nested too deeply (expected: a few levels");
    assertThat(problems(() -> ConfigFile.parse("a.conf", deep))).hasSize(1);
    assertThat(problems(() -> ConfigFile.load(loop, ""))).hasSize(1);
  }

  @Test
  void reportsASubstitutionThatNothingFills() {
    assertThat(problems(() -> ConfigFile.parse("a.conf", "\nb = ${nothing.here}")))
        .singleElement()
        .asString()
        .startsWith("a.conf:2: ")
        .contains("nothing.here");
  }

  @Test
  void reportsASyntaxErrorWithItsLine() {
    assertThat(problems(() -> ConfigFile.load(write("a.conf", "dns {\n  workers = = 3\n}"), "")))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("a.conf") + ":2: ")
        .doesNotContain(".properties");
  }

  @Test
  void reportsAFileThatIsNotThere() {
    Path file = folder.resolve("none.conf");
    assertThat(problems(() -> ConfigFile.load(file, "")))
        .containsExactly(file + ": cannot be read (expected: a file to read)");
  }

  @Test
  void refusesAnIncludeThatIsNotThere() {
    assertThat(problems(() -> ConfigFile.load(write("a.conf", "\ninclude \"none.conf\""), "")))
        .singleElement()
        .asString()
        .contains("none.conf");
  }

  @Test
  void refusesToFetchAnInclude() {
    assertThat(problems(() -> ConfigFile.parse("a.conf", "include url(\"http://192.0.2.1/x\")")))
        .singleElement()
        .asString()
        .contains("nothing is ever fetched");
  }

  @Test
  void sortsProblemsByFileAndLine() {
    ConfigException thrown =
        new ConfigException(
            List.of(
                new ConfigProblem("b", 1, "k", "m"),
                new ConfigProblem("a", 10, "k", "m"),
                new ConfigProblem("a", 9, "k", "m"),
                new ConfigProblem("a", 9, "k", "m")));
    assertThat(thrown).hasMessage("a:9: k: m\na:10: k: m\nb:1: k: m");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> problems(ThrowingCallable reading) {
    ConfigException thrown = catchThrowableOfType(ConfigException.class, reading);
    assertThat(thrown).as("the configuration was accepted").isNotNull();
    return thrown.problems().stream().map(ConfigProblem::toString).toList();
  }
}
