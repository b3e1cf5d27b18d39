package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import net.dglb.net.Endpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferIn;

/** A node that signs a zone, as its operator and its secondaries see it. */
class SignedAuthorityTest {

  private static final String ZONE =
      """
      $TTL 300
      @ SOA ns1 hostmaster 1 7200 3600 1209600 60
      @ NS ns1
      ns1 A 127.0.0.1
      """;

  @TempDir private Path folder;

  private AuthorityNode node;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("foobar.zone"), ZONE);
    configure("dnssec {}");
    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void configure(String dnssec) throws Exception {
    Files.writeString(
        folder.resolve("node.conf"),
        """
        node { id = foobar, state = "%s", admin = "127.0.0.1:0", watch-interval = 100ms }
        dns { listen = ["127.0.0.1:0"] }
        zones = [ {
          origin = foobar.test, file = "foobar.zone", transfer = [ { from = ["127.0.0.1/32"] } ]
          %s
        } ]
        """
            .formatted(folder.resolve("state"), dnssec));
  }

  private Message ask(String name, int type) throws Exception {
    SimpleResolver resolver = new SimpleResolver(node.addresses().getFirst().toSocketAddress());
    resolver.setEDNS(0, 1232, ExtendedFlags.DO, List.of());
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
  }

  private List<Integer> types(String name, int type) throws Exception {
    return ask(name, type).getSection(Section.ANSWER).stream().map(Record::getType).toList();
  }

  private long serial() throws Exception {
    return ((SOARecord) ask("foobar.test.", Type.SOA).getSection(Section.ANSWER).getFirst())
        .getSerial();
  }

  private JsonObject call(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + node.admin().orElseThrow() + path))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new JsonObject(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private static JsonObject key(JsonObject zone, int index) {
    return zone.getJsonArray("keys").getJsonObject(index);
  }

  @Test
  void answersCarrySignaturesAndAChangedFileIsSignedToo() throws Exception {
    assertThat(types("ns1.foobar.test.", Type.A)).containsExactly(Type.A, Type.RRSIG);
    assertThat(types("foobar.test.", Type.DNSKEY)).containsExactly(Type.DNSKEY, Type.RRSIG);
    long before = serial();

    Files.writeString(folder.resolve("foobar.zone"), ZONE + "new A 192.0.2.7\n");

    await("the new name", () -> types("new.foobar.test.", Type.A).contains(Type.RRSIG));
    assertThat(serial()).isEqualTo(before + 1);
  }

  @Test
  void aRestartServesTheSameSignaturesAndSerial() throws Exception {
    Record before = ask("ns1.foobar.test.", Type.A).getSection(Section.ANSWER).getLast();
    long serial = serial();
    node.close();
    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();
    assertThat(ask("ns1.foobar.test.", Type.A).getSection(Section.ANSWER).getLast())
        .isEqualTo(before);
    assertThat(serial()).isEqualTo(serial);
  }

  @Test
  void theOperatorSeesKeysAndRollsThem() throws Exception {
    JsonObject zone = call("GET", "/keys", "").getJsonArray("zones").getJsonObject(0);
    assertThat(zone.getString("zone")).isEqualTo("foobar.test");
    assertThat(key(zone, 0).getString("state")).isEqualTo("published");
    assertThat(zone.encode()).doesNotContain("secret");
    int tag = key(zone, 0).getInteger("tag");

    JsonObject confirmed = call("POST", "/keys/foobar.test/parent", "{\"tags\": [" + tag + "]}");
    assertThat(key(confirmed, 0).getString("state")).isEqualTo("active");
    assertThat(types("foobar.test.", Type.CDS)).containsExactly(Type.CDS, Type.RRSIG);

    JsonObject rolling = call("POST", "/keys/foobar.test/roll", "{}");
    assertThat(key(rolling, 1).getString("state")).isEqualTo("introduced");
    assertThat(types("ns1.foobar.test.", Type.A))
        .as("both keys sign")
        .containsExactly(Type.A, Type.RRSIG, Type.RRSIG);
    assertThat(types("foobar.test.", Type.DNSKEY))
        .as("one key is published")
        .containsExactly(Type.DNSKEY, Type.RRSIG, Type.RRSIG);

    JsonObject retired =
        call(
            "POST",
            "/keys/foobar.test/retire",
            "{\"tag\": " + key(rolling, 1).getInteger("tag") + "}");
    assertThat(retired.getJsonArray("keys")).hasSize(1);
    assertThat(call("POST", "/keys/other.test/roll", "{}").getString("detail"))
        .contains("not a signed zone");
    assertThat(call("POST", "/keys/foobar.test/retire", "{}").getString("detail"))
        .contains("tag: missing");
    assertThat(call("POST", "/keys/foobar.test/parent", "{\"tags\": [1]}").getString("detail"))
        .contains("no key with the tag 1");
  }

  @Test
  void aZoneThatTheParentNeverKnewToBeSignedIsUnsignedWithTheSectionGone() throws Exception {
    configure("");
    await("no signature", () -> types("ns1.foobar.test.", Type.A).equals(List.of(Type.A)));
    assertThat(call("GET", "/keys", "").getJsonArray("zones")).isEmpty();
    assertThat(folder.resolve("state/keys/foobar.test.keys")).doesNotExist();
  }

  @Test
  void secondariesGetTheZoneWithItsSignatures() throws Exception {
    Endpoint at = node.addresses().getFirst();
    ZoneTransferIn transfer =
        ZoneTransferIn.newAXFR(
            Name.fromString("foobar.test."), at.address().getHostAddress(), at.port(), null);
    transfer.run();
    StringBuilder text = new StringBuilder();
    transfer.getAXFR().forEach(record -> text.append(record).append('\n'));
    assertThat(text).contains("DNSKEY", "NSEC");
    Path verifier = Path.of("/usr/bin/ldns-verify-zone");
    if (Files.isExecutable(verifier)) {
      Path file = Files.writeString(folder.resolve("transferred"), text);
      Process process =
          new ProcessBuilder(verifier.toString(), file.toString())
              .redirectErrorStream(true)
              .start();
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      process.getInputStream().transferTo(output);
      assertThat(process.waitFor()).as(output.toString(StandardCharsets.UTF_8)).isZero();
    }
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
  }
}
