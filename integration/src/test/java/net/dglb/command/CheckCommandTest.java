package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  @TempDir Path folder;

  @Test
  void printsEveryProblemOfAFileWithItsLine() throws IOException {
    Path file = write("node.id = Not-An-Id\nnode.state = state\nzones = []\ndns.wrokers = 3\n");
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines())
        .anyMatch(line -> line.startsWith(file + ":1: node.id: value: Not-An-Id (expected: "))
        .anyMatch(
            line -> line.startsWith(file + ":4: dns.wrokers: unknown key (nearest: workers)"));
  }

  @Test
  void printsProblemsAsJson() throws IOException {
    Path file = write("zones = []\n\nnode.id = \"\"\n");
    JsonObject tree = new JsonObject(CommandLineRun.of("check", "--json", file.toString()).out());
    assertThat(tree.getString("file")).isEqualTo(file.toString());
    assertThat(tree.getJsonArray("problems"))
        .map(JsonObject.class::cast)
        .anyMatch(problem ->
            problem.getString("key").equals("node.id")
                && problem.getInteger("line") == 3
                && problem.getString("message").contains("expected"));
  }

  @Test
  void reportsASyntaxErrorWithItsLine() throws IOException {
    Path file = write("zones = []\nnode { id = [ }\n");
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith(file + ":2: ");
  }

  @Test
  void asksForTheRoleWhenTheKeysDoNotTell() throws IOException {
    Path file = write("node.id = a\n");
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("its keys do not tell").contains("--role").contains("authority");
    assertThat(CommandLineRun.of("check", "--role", "authority", file.toString()).exitCode())
        .isEqualTo(1);
  }

  @Test
  void refusesARoleThatDoesNotExist() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", "--role", "proxy", write("").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("role: proxy (expected: one of authority");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    CommandLineRun run = CommandLineRun.of("check", folder.resolve("none").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("cannot be read");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("node.conf"), text);
  }
}
