package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.dglb.it.OwnEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {

  private static final String STATUS =
      """
      {"role": "lb", "id": "lb-1", "ready": true,
       "sessions": [{"peer": "b-1", "open": true}], "dns": {"queries": 12}}
      """;

  @Test
  void showsTheTreeAsATable() throws IOException {
    CommandLineRun run = ask(STATUS, 200);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("id +lb-1"))
        .contains("sessions (1)", "dns")
        .anyMatch(line -> line.matches("  queries +12"))
        .anyMatch(line -> line.matches("    peer +b-1"));
  }

  @Test
  void showsTheTreeAsJson() throws IOException {
    assertThat(new JsonObject(ask(STATUS, 200, "--json").out())).isEqualTo(new JsonObject(STATUS));
  }

  @Test
  void reportsWhatTheNodeAnswersInstead() throws IOException {
    CommandLineRun run = ask("{\"detail\": \"the control thread does not answer\"}", 503);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("the control thread does not answer");
  }

  @Test
  void endsWithThreeWhenSomethingElseAnswers() throws IOException {
    CommandLineRun run = ask("<html>", 200);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("is not a node's admin address");
  }

  @Test
  void endsWithThreeWhenNothingListens() {
    CommandLineRun run = CommandLineRun.of("status", "--admin", OwnEndpoint.next().toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("does not answer");
  }

  @Test
  void endsWithTwoForAnAddressThatIsNone() {
    CommandLineRun run = CommandLineRun.of("status", "--admin", "example.org");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("expected an address and a port");
  }

  @Test
  void asksANodeOfTheRunningLabByItsName(@TempDir Path folder) throws IOException {
    CommandLineRun found;
    CommandLineRun unknown;
    try (AnsweringAdmin admin = new AnsweringAdmin(200, STATUS)) {
      String lab =
          """
          {"pid": %d, "nodes": [{"id": "lb-1", "admin": "%s"}]}
          """
              .formatted(ProcessHandle.current().pid(), admin.endpoint());
      Files.writeString(folder.resolve("lab.json"), lab);
      found = CommandLineRun.of("status", "--node", "lb-1", "--dir", folder.toString());
      unknown = CommandLineRun.of("status", "--node", "lb-2", "--dir", folder.toString());
    }
    assertThat(found.exitCode()).as(found.err()).isZero();
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("no node lb-2 (it has [lb-1])");
  }

  @Test
  void saysThatNoLabRunsWhenItsNodeIsAsked(@TempDir Path folder) {
    CommandLineRun run = CommandLineRun.of("status", "--node", "b1", "--dir", folder.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no lab runs with its files in " + folder);
  }

  private static CommandLineRun ask(String body, int code, String... more) throws IOException {
    try (AnsweringAdmin admin = new AnsweringAdmin(code, body)) {
      List<String> line = new ArrayList<>(List.of("status"));
      line.addAll(Arrays.asList(more));
      return admin.run(line);
    }
  }
}
