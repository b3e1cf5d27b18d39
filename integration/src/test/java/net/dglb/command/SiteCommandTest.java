package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteCommandTest {

  private static final String SAID =
      """
      {"said": [{"pattern": "*/tokyo", "state": "drain", "who": "ann (127.0.0.1:9)", "why": "works",
        "since": "2026-01-01T12:00:00Z", "matches": ["www.lb.foobar.example/tokyo"]}]}
      """;

  private final List<String> sent = new ArrayList<>();

  @Test
  void showsWhatIsSaid() throws IOException {
    CommandLineRun run = run(SAID, 200);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(sent).containsExactly("GET /sites/said ");
    assertThat(run.out().lines())
        .containsExactly(
            "drain  */tokyo  (ann (127.0.0.1:9): works, since 2026-01-01T12:00:00Z)",
            "         www.lb.foobar.example/tokyo");
  }

  @Test
  void showsWhatTheNetworkSaysBelowWhatIsSaidThere() throws IOException {
    String both =
        SAID.strip()
            .replaceFirst(
                "}]}$",
                """
                }], "network": [{"pattern": "*/*", "state": "up", "who": "bob", "why": "x",
                  "since": "2026-01-01T12:00:00Z", "matches": []}]}
                """);
    assertThat(run(both, 200).out().lines().skip(2))
        .containsExactly(
            "below that, for the whole network:",
            "up     */*  (bob: x, since 2026-01-01T12:00:00Z)",
            "         matches no site that is answered here now");
  }

  @Test
  void showsThatNothingIsSaid() throws IOException {
    assertThat(run("{\"said\": []}", 200).out()).isEqualTo("nothing is said: probes alone count\n");
  }

  @Test
  void saysSomething() throws IOException {
    CommandLineRun run = run(SAID, 200, "drain", "tokyo", "--why", "works", "--who", "ann");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst()).startsWith("POST /sites/said ");
    assertThat(new JsonObject(sent.getFirst().substring("POST /sites/said ".length())))
        .isEqualTo(
            new JsonObject()
                .put("pattern", "tokyo")
                .put("state", "drain")
                .put("who", "ann")
                .put("why", "works"));
  }

  @Test
  void wantsAPatternAndAReasonToChangeAnything() throws IOException {
    CommandLineRun run = run(SAID, 200, "down", "tokyo");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("PATTERN and --why TEXT are needed");
    assertThat(sent).isEmpty();
  }

  @Test
  void reportsARefusal() throws IOException {
    CommandLineRun run =
        run("{\"detail\": \"pattern: wrong\"}", 400, "down", "a/b/c", "--why", "x");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("pattern: wrong");
  }

  private CommandLineRun run(String answer, int status, String... arguments) throws IOException {
    try (AnsweringAdmin admin = new AnsweringAdmin(status, answer)) {
      List<String> line = new ArrayList<>(List.of("site"));
      line.addAll(Arrays.asList(arguments));
      CommandLineRun run = admin.run(line);
      sent.addAll(admin.calls);
      return run;
    }
  }
}
