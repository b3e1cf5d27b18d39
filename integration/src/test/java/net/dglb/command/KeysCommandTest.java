package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysCommandTest {

  private static final String ZONE =
      """
      {"zone": "foobar.example", "leaving": false, "ds": "12345 13 2 AB", "keys": [
        {"tag": 12345, "algorithm": 13, "state": "active", "outlook": "in use"},
        {"tag": 7, "algorithm": 15, "state": "introduced", "outlook": "signs"}]}
      """;

  private final List<String> sent = new ArrayList<>();

  @Test
  void listsTheKeysOfEveryZone() throws IOException {
    CommandLineRun run =
        run("{\"zones\": [" + ZONE + "], \"problems\": {\"a.test\": \"lost\"}}", "list");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(sent).containsExactly("GET /keys ");
    assertThat(run.out().lines())
        .containsExactly(
            "foobar.example",
            "  12345  ECDSAP256SHA256    active      in use",
            "      7  ED25519            introduced  signs",
            "a.test: lost");
  }

  @Test
  void saysThatNothingIsSigned() throws IOException {
    assertThat(run("{\"zones\": []}", "list").out()).isEqualTo("no zone is signed\n");
  }

  @Test
  void printsTheRecordForTheParent() throws IOException {
    String zones = "{\"zones\": [" + ZONE + "]}";
    assertThat(run(zones, "ds", "foobar.example").out())
        .isEqualTo("foobar.example. 3600 IN DS 12345 13 2 AB\n");
    String early = zones.replace("\"ds\": \"12345 13 2 AB\",", "");
    assertThat(run(early, "ds", "foobar.example").out()).startsWith("; not yet: foobar.example");
    String leaving = zones.replace("\"leaving\": false", "\"leaving\": true");
    assertThat(run(leaving, "ds", "foobar.example").out())
        .startsWith("; foobar.example is to be unsigned");
    CommandLineRun other = run(zones, "ds", "other.example");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("other.example: not a signed zone of this node");
  }

  @Test
  void rollsRetiresAndConfirms() throws IOException {
    assertThat(run(ZONE, "roll", "foobar.example").out()).startsWith("foobar.example\n");
    run(ZONE, "retire", "foobar.example", "7");
    run(ZONE, "confirm", "foobar.example", "7", "12345");
    run(ZONE, "confirm", "foobar.example");
    assertThat(sent)
        .containsExactly(
            "POST /keys/foobar.example/roll {}",
            "POST /keys/foobar.example/retire {\"tag\":7}",
            "POST /keys/foobar.example/parent {\"tags\":[7,12345]}",
            "POST /keys/foobar.example/parent {\"tags\":[]}");
  }

  @Test
  void givesLostKeysUp() throws IOException {
    assertThat(run("{\"zones\": [" + ZONE + "]}", "forget", "foobar.example").out())
        .startsWith("foobar.example\n");
    assertThat(sent).containsExactly("POST /keys/foobar.example/forget {}");
  }

  private CommandLineRun run(String answer, String... arguments) throws IOException {
    try (AnsweringAdmin admin = new AnsweringAdmin(200, answer)) {
      List<String> line = new ArrayList<>(List.of("keys"));
      line.addAll(Arrays.asList(arguments));
      CommandLineRun run = admin.run(line);
      sent.addAll(admin.calls);
      return run;
    }
  }
}
