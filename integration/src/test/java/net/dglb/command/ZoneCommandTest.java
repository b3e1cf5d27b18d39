package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's side of the registry's API; the node's side is a script. */
class ZoneCommandTest {

  private final Path folder;
  private final HttpServer server;
  private final List<String> calls = new ArrayList<>();
  private final List<JsonObject> bodies = new ArrayList<>();
  private JsonObject answer = new JsonObject();
  private int status = 200;

  ZoneCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          calls.add(
              call.getRequestMethod()
                  + " "
                  + call.getRequestURI()
                  + " "
                  + call.getRequestHeaders().getOrDefault("authorization", List.of("operator")));
          byte[] sent = call.getRequestBody().readAllBytes();
          bodies.add(
              sent.length == 0
                  ? new JsonObject()
                  : new JsonObject(new String(sent, StandardCharsets.UTF_8)));
          byte[] octets = answer.encode().getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(status, octets.length);
          call.getResponseBody().write(octets);
          call.close();
        });
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void registersAndPrintsWhatChangedAndTheRecordsToAdd() throws IOException {
    answer =
        new JsonObject()
            .put("origin", "lb.foobar.test")
            .put("version", 3)
            .put("base", 2)
            .put("changes", new JsonArray().add("service www.lb.foobar.test is new"))
            .put("records", new JsonArray().add("lb.foobar.test. 86400 IN NS b1.dglb.test."));

    CommandLineRun run = zone("register", document(), "--base", "2", "--token-file", token());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsSubsequence(
            "lb.foobar.test is stored as version 3",
            "against version 2:",
            "  service www.lb.foobar.test is new",
            "records that the enterprise's own zone must hold:",
            "  lb.foobar.test. 86400 IN NS b1.dglb.test.");
    assertThat(calls).containsExactly("POST /zones [Bearer sesame]");
    assertThat(bodies.getFirst().getLong("base")).isEqualTo(2);
    assertThat(bodies.getFirst().getString("document")).contains("\"zone\":\"lb.foobar.test\"");
  }

  @Test
  void diffTellsForHowManyPrefixes() throws IOException {
    answer =
        new JsonObject()
            .put("base", 2)
            .put("resolver-prefixes", 12)
            .put("computed-prefixes", 3)
            .put("located-prefixes", 0)
            .put("exact", true)
            .put("changes", new JsonArray().add("service www.lb.foobar.test is new"));
    assertThat(zone("diff", document()).out().lines())
        .containsExactly(
            "against version 2, for 12 announced resolver prefixes, 3 prefixes of the computed"
                + " map:",
            "  service www.lb.foobar.test is new");
    answer.put("exact", false);
    assertThat(zone("diff", document()).out()).contains("for at most 12 announced");
  }

  @Test
  void showWarnsWhenTheEnterprisesOwnZoneIsNotAsItMustBe() {
    JsonArray warnings = new JsonArray().add("missing: www.foobar.test. IN CNAME x.");
    answer =
        new JsonObject()
            .put("version", 3)
            .put("delegation", new JsonObject().put("warnings", warnings).put("problem", ""));
    CommandLineRun run = zone("show", "lb.foobar.test");
    assertThat(run.out().lines())
        .containsSubsequence(
            "WARNING, not as they must be:", "  missing: www.foobar.test. IN CNAME x.");

    warnings.clear();
    assertThat(zone("show", "lb.foobar.test").out()).contains("they are there\n");
    answer.getJsonObject("delegation").put("problem", "could not be looked up: timed out");
    assertThat(zone("show", "lb.foobar.test").out())
        .contains("whether they are there could not be looked up: timed out\n");
  }

  @Test
  void aBrokenDocumentIsToldByItsOwnLinesAndNobodyIsAsked() throws IOException {
    Path file = folder.resolve("broken.conf");
    Files.writeString(file, "registration {\n  version = 1\n  zonne = lb.foobar.test\n}\n");

    CommandLineRun run = zone("diff", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains(file + ":3: registration.zonne: unknown key (nearest: zone)")
        .contains("registration.enterprise: missing");
    assertThat(calls).isEmpty();
  }

  @Test
  void everyCommandAsksForTheRightThing() throws IOException {
    answer = new JsonObject().put("versions", new JsonArray());
    zone("list", "--json");
    zone("show", "lb.foobar.test", "--json");
    zone("history", "lb.foobar.test");
    zone("rollback", "lb.foobar.test", "2", "--json");
    zone("remove", "lb.foobar.test", "--base", "3", "--json");
    zone("enterprise", "foobar", "--new-token", "--zones", "5", "--json");

    assertThat(calls)
        .containsExactly(
            "GET /zones [operator]",
            "GET /zones/lb.foobar.test [operator]",
            "GET /zones/lb.foobar.test/history [operator]",
            "POST /zones/lb.foobar.test/rollback [operator]",
            "DELETE /zones/lb.foobar.test?base=3 [operator]",
            "POST /enterprises [operator]");
    assertThat(bodies.get(3)).isEqualTo(new JsonObject().put("version", 2));
    assertThat(bodies.get(5))
        .isEqualTo(new JsonObject().put("name", "foobar").put("new-token", true).put("zones", 5));
  }

  @Test
  void enterprisesAreListedWithWhatTheyUseAndHaveAndCredentialsAndTheyAreTakenAway() {
    JsonObject one =
        new JsonObject()
            .put("name", "foobar")
            .put("token", true)
            .put("signing-key", true)
            .put("identity", "dglb://authority/foobar")
            .put("update-keys", new JsonArray().add("updates.foobar.test"))
            .put("zones", 100)
            .put("services", 20_000)
            .put("zones-used", 1)
            .put("services-used", 12)
            .put("origins", new JsonArray().add("lb.foobar.test"));
    JsonObject none =
        one.copy()
            .put("name", "granted")
            .put("token", false)
            .put("signing-key", false)
            .put("identity", "")
            .put("update-keys", new JsonArray());
    answer = new JsonObject().put("enterprises", new JsonArray().add(one).add(none));
    assertThat(zone("enterprises").out().lines().map(String::strip))
        .containsExactly(
            "foobar                         1 of 100 zones, 12 of 20000 services; token, signing"
                + " key, identity dglb://authority/foobar, update key updates.foobar.test",
            "lb.foobar.test",
            "granted                        1 of 100 zones, 12 of 20000 services; no credentials",
            "lb.foobar.test");
    answer = new JsonObject().put("name", "foobar");
    zone("enterprise", "foobar", "--revoke", "token,identity");
    zone("remove-enterprise", "foobar");
    assertThat(zone("remove-enterprise", "foobar", "--with-zones").out())
        .isEqualTo("enterprise foobar is forgotten with all its credentials\n");

    assertThat(calls)
        .containsExactly(
            "GET /enterprises [operator]",
            "POST /enterprises [operator]",
            "DELETE /enterprises/foobar [operator]",
            "DELETE /enterprises/foobar?with-zones=true [operator]");
    assertThat(bodies.get(1).getJsonArray("revoke"))
        .isEqualTo(new JsonArray().add("token").add("identity"));
  }

  @Test
  void anEnterprisesNameIsNoPathToSomethingElse() {
    for (List<String> command :
        List.of(
            List.of("remove-enterprise", "foobar/keys/updates.test"),
            List.of("remove-enterprise", "foobar?with-zones=true"),
            List.of("key", "foobar/keys", "updates.test", "--remove"))) {
      CommandLineRun run = zone(command.toArray(String[]::new));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("expected 1 to 63 lower-case letters, digits and hyphens");
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void anAuditThatDoesNotFitEndsWithOneHoweverItIsPrinted() {
    answer = new JsonObject().put("count", 3).put("records", new JsonArray());
    for (String printed : List.of("--json", "--lines", "--follow")) {
      CommandLineRun run = zone("audit", "--after", "4", printed);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).startsWith("dglb: the node has 3 records, and record 4 was there");
    }
    assertThat(calls.getLast()).isEqualTo("GET /audit?after=4&wait=8 [operator]");
    assertThat(zone("audit", "--after", "3", "--json").exitCode()).isZero();
    assertThat(zone("audit", "--after", "3:" + "ab".repeat(32)).err())
        .contains("record 3 does not fit");
  }

  @Test
  void aRefusalEndsWithOneAndAMissingMajorityWithThree() throws IOException {
    status = 409;
    answer = new JsonObject().put("detail", "zone lb.foobar.test is another's");
    CommandLineRun refused = zone("register", document());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo("dglb: zone lb.foobar.test is another's\n");

    status = 503;
    assertThat(zone("register", document()).exitCode()).isEqualTo(3);
  }

  @Test
  void aNameThatIsNoneIsAWrongCommandLine() {
    CommandLineRun run = zone("show", "not a name");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("not a name");
    assertThat(calls).isEmpty();
  }

  private CommandLineRun zone(String... arguments) {
    List<String> all = new ArrayList<>(List.of("zone"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--admin", "127.0.0.1:" + server.getAddress().getPort()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String token() throws IOException {
    return Files.writeString(folder.resolve("token"), "sesame\n").toString();
  }

  private String document() throws IOException {
    return Files.writeString(
            folder.resolve("zone.conf"),
            """
            registration {
              version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
              services { "www.lb.foobar.test" {
                check { kind = tcp, port = 80 }
                sites { rome { addresses = ["192.0.2.1"] } }
              } }
            }
            """)
        .toString();
  }

  @Test
  void whatANodeSaysStaysOnItsLine() {
    answer =
        new JsonObject()
            .put(
                "versions",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("version", 3)
                            .put("at", "2026-01-01T00:00:00Z")
                            .put("services", 1)
                            .put("by", "ann\n     4  forged")
                            .put("note", "a\r\nb")));

    CommandLineRun run = zone("history", "lb.foobar.test");

    assertThat(run.out())
        .isEqualTo(
            "     3  2026-01-01T00:00:00Z  1 services  ann\\u000a     4  forged "
                + " a\\u000d\\u000ab\n");
  }
}
