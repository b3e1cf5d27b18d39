package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command's side of changing who decides; the node's side is a script. */
class RegistryCommandTest {

  private final List<String> calls = new ArrayList<>();
  private int status = 200;
  private String answer =
      """
      {"members": [
        {"id": "b1", "endpoint": "192.0.2.1:5801", "leader": true, "confirmed": 12},
        {"id": "b2", "endpoint": "192.0.2.2:5801", "leader": false, "confirmed": 11}],
       "problem": ""}
      """;

  @Test
  void showsWhoDecides() throws IOException {
    CommandLineRun run = registry("members");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "b1               192.0.2.1:5801           confirmed 12, leads",
            "b2               192.0.2.2:5801           confirmed 11");
  }

  @Test
  void addsAndRemoves() throws IOException {
    assertThat(registry("add", "b2", "192.0.2.2:5801").exitCode()).isZero();
    assertThat(registry("remove", "b1").exitCode()).isZero();
    assertThat(calls)
        .containsExactly(
            "POST /registry/members {\"id\":\"b2\",\"endpoint\":\"192.0.2.2:5801\"}",
            "DELETE /registry/members/b1 ");
  }

  @Test
  void anAddressWithoutAPortIsAWrongCommandLineAndAMinorityEndsWithThree() throws IOException {
    assertThat(registry("add", "b2", "192.0.2.2").exitCode()).isEqualTo(2);
    status = 503;
    answer = "{\"detail\": \"not confirmed\"}";
    CommandLineRun run = registry("remove", "b1");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("dglb: not confirmed\n");
  }

  private CommandLineRun registry(String... arguments) throws IOException {
    try (AnsweringAdmin admin = new AnsweringAdmin(status, answer)) {
      List<String> line = new ArrayList<>(List.of("registry"));
      line.addAll(Arrays.asList(arguments));
      CommandLineRun run = admin.run(line);
      calls.addAll(admin.calls);
      return run;
    }
  }
}
