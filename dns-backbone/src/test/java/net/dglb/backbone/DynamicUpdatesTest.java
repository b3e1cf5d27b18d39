package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import net.dglb.service.RegistrationDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real node, updated with nsupdate and listed with dig. */
class DynamicUpdatesTest extends LoopbackBackbone {

  private final HttpClient http = HttpClient.newHttpClient();
  private Endpoint admin = mapping;

  DynamicUpdatesTest(@TempDir Path folder) {
    super(folder);
  }

  private BackboneNode startWithAnEnterprise() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/nsupdate")), "nsupdate is not installed");
    admin = free();
    BackboneNode node = start("node.admin = \"" + admin + "\"\n");
    await().atMost(PATIENCE).until(() -> call("GET", "/zones", null).statusCode() == 200);
    for (String enterprise : List.of("foobar", "rival")) {
      stored("POST", "/enterprises", new JsonObject().put("name", enterprise));
      JsonObject key =
          stored(
              "POST",
              "/enterprises/" + enterprise + "/keys",
              new JsonObject().put("name", "updates." + enterprise + ".test"));
      writeKey(enterprise, key.getString("file"));
    }
    return node;
  }

  private void writeKey(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name + ".key"), text);
    Files.setPosixFilePermissions(
        folder.resolve(name + ".key"), PosixFilePermissions.fromString("rw-------"));
  }

  private void register() throws Exception {
    stored(
        "POST",
        "/zones",
        new JsonObject()
            .put("document", RegistrationDocument.render(Samples.aliased(0)))
            .put("approve", true));
  }

  @Test
  void nsupdateChangesTheAddressesOfAServiceAndSetsAChallenge() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();

    assertThat(
            nsupdate(
                node,
                "foobar",
                """
                zone lb.foobar.test
                prereq yxrrset www.lb.foobar.test A
                prereq nxdomain _acme-challenge.www.lb.foobar.test
                update add www.lb.foobar.test 60 A 192.0.2.77
                update add _acme-challenge.www.lb.foobar.test 60 TXT "proof"
                send
                """))
        .isEmpty();

    String listed = dig(node, "foobar", "lb.foobar.test", "AXFR");
    assertThat(listed)
        .contains("ip-192-0-2-77._sites.www.lb.foobar.test.")
        .contains("192.0.2.77")
        .containsPattern("_acme-challenge.www.lb.foobar.test. 60\\s+IN\\s+TXT\\s+\"proof\"");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(dig(node, "", "_acme-challenge.www.lb.foobar.test", "TXT", "+short"))
                .isEqualToIgnoringNewLines("\"proof\""));
    assertThat(dig(node, "", "_acme-challenge.www.lb.foobar.test", "A", "+comments"))
        .as("the name exists")
        .contains("status: NOERROR");
    JsonObject audit = new JsonObject(call("GET", "/audit", null).body());
    assertThat(audit.getJsonArray("records").encode())
        .contains("enterprise foobar key updates.foobar.test")
        .contains("127.0.0.1");

    assertThat(
            nsupdate(
                node,
                "foobar",
                """
                update delete www.lb.foobar.test A 192.0.2.77
                update delete _acme-challenge.www.lb.foobar.test TXT
                send
                """))
        .as("the zone is found by asking")
        .isEmpty();
    assertThat(dig(node, "foobar", "lb.foobar.test", "AXFR"))
        .doesNotContain("192.0.2.77")
        .doesNotContain("proof");
  }

  @Test
  void theExamplesOfTheDocumentWork() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    String document = Files.readString(Path.of("../docs/dynamic-updates.md"));
    List<String> scripts =
        Pattern.compile("```nsupdate\n(.*?)```", Pattern.DOTALL)
            .matcher(document)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(scripts).isNotEmpty();
    for (String script : scripts) {
      String here =
          script.replace(".example", ".test").lines().skip(1).collect(Collectors.joining("\n"));
      assertThat(nsupdate(node, "foobar", here + "\n")).isEmpty();
    }
    assertThat(dig(node, "foobar", "lb.foobar.test", "AXFR"))
        .contains("frankfurt._sites.www.lb.foobar.test.")
        .contains("proof-of-control")
        .doesNotContain("192.0.2.77");
  }

  @Test
  void whatMayNotBeIsAnsweredAsTheRfcSaysAndChangesNothing() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    register();
    String before = dig(node, "foobar", "lb.foobar.test", "AXFR");
    String add = "zone lb.foobar.test\nupdate add www.lb.foobar.test 60 A 192.0.2.77\nsend\n";

    assertThat(nsupdate(node, "", add)).contains("REFUSED");
    assertThat(nsupdate(node, "rival", add)).contains("REFUSED");
    writeKey(
        "unknown", Files.readString(folder.resolve("foobar.key")).replace("updates.", "nobodys."));
    assertThat(nsupdate(node, "unknown", add)).contains("NOTAUTH(BADKEY)");
    writeKey("wrong", Files.readString(folder.resolve("rival.key")).replace("rival", "foobar"));
    assertThat(nsupdate(node, "wrong", add)).contains("BADSIG");
    assertThat(nsupdate(node, "foobar", add.replace("foobar.test", "other.test")))
        .contains("NOTAUTH");
    assertThat(
            nsupdate(
                node,
                "foobar",
                "zone lb.foobar.test\nprereq nxdomain www.lb.foobar.test\n"
                    + add.lines().skip(1).reduce("", (one, two) -> one + two + "\n")))
        .contains("YXDOMAIN");
    assertThat(nsupdate(node, "foobar", add.replace("www.lb", "new.lb"))).contains("REFUSED");
    assertThat(dig(node, "rival", "lb.foobar.test", "AXFR")).contains("Transfer failed");
    assertThat(dig(node, "", "lb.foobar.test", "AXFR")).contains("Transfer failed");
    assertThat(dig(node, "foobar", "lb.foobar.test", "AXFR")).isEqualTo(before);
  }

  @Test
  void anAuthoritysZoneTakesChallengesButNoAddresses() throws Exception {
    BackboneNode node = startWithAnEnterprise();
    FakeAuthority authority = authority("foobar", Samples.aliased(1));
    await().atMost(PATIENCE).until(() -> authority.has(Frame::hasRegistered));

    assertThat(
            nsupdate(
                node,
                "foobar",
                "zone lb.foobar.test\nupdate add www.lb.foobar.test 60 A 192.0.2.77\nsend\n"))
        .contains("REFUSED");
    assertThat(
            nsupdate(
                node,
                "foobar",
                "zone lb.foobar.test\nupdate add _acme-challenge.lb.foobar.test 60 TXT x\nsend\n"))
        .isEmpty();
  }

  private String nsupdate(BackboneNode node, String key, String script) throws Exception {
    Path file = folder.resolve("script");
    Endpoint server = node.addresses().getFirst();
    Files.writeString(file, "server 127.0.0.1 " + server.port() + "\n" + script);
    List<String> command = new ArrayList<>(List.of("/usr/bin/nsupdate"));
    if (!key.isEmpty()) {
      command.addAll(List.of("-k", folder.resolve(key + ".key").toString()));
    }
    command.add(file.toString());
    return run(command);
  }

  private String dig(BackboneNode node, String key, String name, String type, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/dig",
                "@127.0.0.1",
                "-p",
                Integer.toString(node.addresses().getFirst().port()),
                name,
                type,
                "+nostats",
                "+nocmd",
                "+noall",
                "+answer"));
    if (!key.isEmpty()) {
      command.addAll(List.of("-k", folder.resolve(key + ".key").toString()));
    }
    command.addAll(List.of(options));
    return run(command);
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private JsonObject stored(String method, String path, JsonObject body) throws Exception {
    HttpResponse<String> answer = call(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private HttpResponse<String> call(String method, String path, @Nullable JsonObject body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://" + admin + path))
            .header("content-type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.encode()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
