package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.session.MappingServer;
import net.dglb.mapping.session.ServerSettings;
import net.dglb.mapping.wire.Welcome;
import net.dglb.net.Endpoint;
import net.dglb.time.ControlThread;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class AuthorityNodeTest {

  private static final String ZONE =
      """
      $TTL 300
      @ SOA ns1 hostmaster 1 7200 3600 1209600 60
      @ NS ns1
      ns1 A 127.0.0.1
      """;
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final ControlThread control = new ControlThread("backbone-control");
  private final BackboneSide backbone = new BackboneSide();
  private MappingServer server;
  private AuthorityNode node;

  @BeforeEach
  void startABackbone() throws Exception {
    NetworkAuthority authority =
        NetworkAuthority.create(folder.resolve("pki"), "test", DAY, Instant.now());
    IdentityFiles theirs = issue(authority, NodeRole.BACKBONE, "b1");
    issue(authority, NodeRole.AUTHORITY, "foobar");
    server =
        MappingServer.listen(
                vertx,
                NodeIdentity.load(theirs, Instant.now()),
                ServerSettings.of(
                    List.of(Endpoint.parse("127.0.0.1:0")), Set.of(NodeRole.AUTHORITY)),
                (peer, hello) -> Welcome.getDefaultInstance(),
                backbone,
                control)
            .await();
    Files.writeString(folder.resolve("foobar.zone"), ZONE);
    Files.writeString(folder.resolve("lb.conf"), registration("192.0.2.1"));
    Files.writeString(folder.resolve("node.conf"), config());
    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();
  }

  private IdentityFiles issue(NetworkAuthority authority, NodeRole role, String id)
      throws Exception {
    Path pki = folder.resolve("pki");
    return authority.issue(new PeerIdentity(role, id), List.of(), DAY, Instant.now(), pki);
  }

  @AfterEach
  void stop() {
    node.close();
    server.close().await();
    control.close();
    vertx.close().await();
  }

  @Test
  void publishesTheDelegationAndTheAliasOnceTheBackboneHasAnswered() throws Exception {
    NotReady.assertSaid(node, "www.foobar.test.");
    assertThat(node.readiness().unmet())
        .singleElement()
        .satisfies(unmet -> {
          assertThat(unmet.condition()).isEqualTo("delegations");
          assertThat(unmet.reason()).contains("[lb.foobar.test]");
        });

    backbone.delegate("lb.foobar.test", "b1.dglb.test", "192.0.2.11");

    await("the alias", () -> first("www.foobar.test.").contains("CNAME\twww.lb.foobar.test."));
    await("readiness", node::ready);
    assertThat(ask("www.lb.foobar.test.").getSection(Section.AUTHORITY))
        .extracting(Record::toString)
        .allMatch(record -> record.startsWith("lb.foobar.test.\t\t86400\tIN\tNS\tb1.dglb.test."));
    assertThat(backbone.registered()).containsExactly("lb.foobar.test 192.0.2.1");
  }

  @Test
  void followsTheBackboneWhenItsNameServersChangeAndNumbersEachChange() throws Exception {
    backbone.delegate("lb.foobar.test", "b1.dglb.test", "192.0.2.11");
    await("the first delegation", () -> servers().equals(List.of("b1.dglb.test.")));
    long before = serial();

    backbone.delegate("lb.foobar.test", "b2.dglb.test", "192.0.2.12");

    await("the second delegation", () -> servers().equals(List.of("b2.dglb.test.")));
    assertThat(serial()).isEqualTo(before + 1);
  }

  @Test
  void takesAChangedFileIntoUseAndServesOnWhenItIsBroken() throws Exception {
    Files.writeString(folder.resolve("foobar.zone"), ZONE + "new A 192.0.2.7\n");
    await("the new name", () -> ask("new.foobar.test.").getRcode() == Rcode.NOERROR);

    Files.writeString(folder.resolve("foobar.zone"), ZONE + "new A 192.0.2.999\n");
    await("the problem", () -> problems().contains("foobar.zone:5"));
    assertThat(ask("new.foobar.test.").getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void registersAgainWhenTheDocumentChangesAndKeepsTheOldOneWhenItIsBroken() throws Exception {
    await("the first registration", () -> backbone.registered().size() == 1);

    Files.writeString(folder.resolve("lb.conf"), registration("192.0.2.2"));
    await(
        "the second registration",
        () -> backbone.registered().contains("lb.foobar.test 192.0.2.2"));

    Files.writeString(folder.resolve("lb.conf"), "registration { version = 1, zonne = x }");
    await("the problem", () -> status("registration-problems").contains("zonne"));
    assertThat(backbone.registered()).hasSize(2);
  }

  @Test
  void startsAloneWithABrokenFileFromWhatItLastKnew() throws Exception {
    backbone.delegate("lb.foobar.test", "b1.dglb.test", "192.0.2.11");
    await("the alias", () -> first("www.foobar.test.").contains("CNAME"));
    long before = serial();
    node.close();
    server.close().await();
    Files.writeString(folder.resolve("foobar.zone"), "nonsense");

    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();

    assertThat(first("www.foobar.test.")).contains("CNAME\twww.lb.foobar.test.");
    assertThat(node.ready()).isTrue();
    assertThat(serial()).isEqualTo(before);
  }

  @Test
  void withAnEmptyDiskNamesWhoseDelegationIsNotKnownYetAreNotSaidNotToExist() throws Exception {
    backbone.delegate("lb.foobar.test", "b1.dglb.test", "192.0.2.11");
    await("the alias", () -> first("www.foobar.test.").contains("CNAME"));
    node.close();
    server.close().await();
    Files.delete(folder.resolve("state/authority.mv"));
    Files.writeString(
        folder.resolve("foobar.zone"), ZONE + "own CNAME www.lb\nbeside A 192.0.2.7\n");

    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();

    NotReady.assertSaid(node, "lb.foobar.test.");
    NotReady.assertSaid(node, "www.lb.foobar.test.");
    NotReady.assertSaid(node, "lb-1.www.lb.foobar.test.");
    NotReady.assertSaid(node, "www.foobar.test.");
    assertThat(ask("lb.foobar.test.", Type.DS).getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(ask("own.foobar.test.").getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(first("own.foobar.test.")).as("the alias alone").contains("CNAME\twww.lb.foobar");
    assertThat(first("beside.foobar.test.")).contains("192.0.2.7");
    assertThat(ask("nothing.foobar.test.").getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(node.ready()).isFalse();
    assertThat(status("awaited")).isEqualTo("[lb.foobar.test]");
  }

  @Test
  void takesAChangedConfigurationIntoUseAndKeepsTheOldOneWhenItIsBroken() throws Exception {
    Files.writeString(folder.resolve("other.zone"), ZONE + "www A 192.0.2.9\n");
    String more = "zones += { origin = other.test, file = \"other.zone\" }\n";
    Files.writeString(folder.resolve("node.conf"), config() + more);
    await("the new zone", () -> first("www.other.test.").contains("192.0.2.9"));

    Files.writeString(folder.resolve("node.conf"), config() + "zonez = []\n");
    await("the problem", () -> status("configuration").contains("node.conf:7: zonez"));
    assertThat(first("www.other.test.")).as("the old configuration").contains("192.0.2.9");

    Files.writeString(folder.resolve("node.conf"), config());
    await("the old zone's end", () -> ask("www.other.test.").getRcode() == Rcode.REFUSED);
    await("all of it in use", () -> status("configuration").contains("problems=[]"));
  }

  @Test
  void aFileThatAConfigurationNamesMayAppearAfterIt() throws Exception {
    Files.writeString(
        folder.resolve("node.conf"),
        config() + "zones += { origin = late.test, file = \"late.zone\" }\n");
    await("the problem", () -> status("configuration").contains("late.zone"));

    Files.writeString(folder.resolve("late.zone"), ZONE + "www A 192.0.2.9\n");

    await("the new zone", () -> first("www.late.test.").contains("192.0.2.9"));
  }

  @Test
  void takesAChangedIncludedFileIntoUseAndServesOnWhenItIsBroken() throws Exception {
    Files.writeString(folder.resolve("hosts.zone"), "one A 192.0.2.1\n");
    Files.writeString(folder.resolve("foobar.zone"), ZONE + "$INCLUDE hosts.zone\n");
    await("the included name", () -> first("one.foobar.test.").contains("192.0.2.1"));

    Files.writeString(folder.resolve("hosts.zone"), "one A 192.0.2.2\n");
    await("the changed address", () -> first("one.foobar.test.").contains("192.0.2.2"));

    Files.writeString(folder.resolve("hosts.zone"), "; of no use\none A 192.0.2.999\n");
    await("the problem", () -> problems().contains("hosts.zone:2"));
    assertThat(first("one.foobar.test.")).contains("192.0.2.2");
  }

  @Test
  void removesTheZoneOfADocumentTakenOutOnceTheBackboneHasAcknowledgedIt() throws Exception {
    backbone.delegate("lb.foobar.test", "b1.dglb.test", "192.0.2.11");
    await("the alias", () -> first("www.foobar.test.").contains("CNAME"));
    backbone.acknowledgeRemovals(false);

    Files.writeString(folder.resolve("node.conf"), config().replace("[\"lb.conf\"]", "[]"));

    await("the removal", () -> backbone.unregistered().equals(List.of("lb.foobar.test")));
    assertThat(first("www.foobar.test.")).as("not acknowledged yet").contains("CNAME");
    assertThat(status("leaving")).contains("lb.foobar.test");

    node.close();
    backbone.acknowledgeRemovals(true);
    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();
    await("the alias's end", () -> ask("www.foobar.test.").getRcode() == Rcode.NXDOMAIN);
    assertThat(ask("www.lb.foobar.test.").getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(backbone.unregistered()).containsExactly("lb.foobar.test", "lb.foobar.test");
  }

  @Test
  void aDocumentThatVanishesOrCannotBeReadRemovesNothing() throws Exception {
    backbone.delegate("lb.foobar.test", "b1.dglb.test", "192.0.2.11");
    await("the alias", () -> first("www.foobar.test.").contains("CNAME"));

    Files.delete(folder.resolve("lb.conf"));
    await("the problem", () -> status("registration-problems").contains("lb.conf"));
    Files.writeString(folder.resolve("node.conf"), config() + "# touched\n");
    await("the refused configuration", () -> status("configuration").contains("lb.conf"));

    assertThat(backbone.unregistered()).isEmpty();
    assertThat(first("www.foobar.test.")).contains("CNAME");
  }

  @Test
  void exportsWhatItServedAndWhatItsSessionsDid() throws Exception {
    await("the registration", () -> backbone.registered().size() == 1);
    ask("nothing.foobar.test.");

    await("the figures", () -> scrape().contains("dglb_authority_sessions 1.0"));
    assertThat(scrape().lines())
        .contains(
            "dglb_authority_zones 1.0",
            "dglb_authority_registrations 1.0",
            "dglb_authority_registrations_delegated 0.0",
            "dglb_dns_requests_total{proto=\"udp\"} 1.0",
            "dglb_dns_responses_total{rcode=\"NXDOMAIN\"} 1.0",
            "dglb_mapping_sessions_opened_total 1.0")
        .anyMatch(line -> line.matches("dglb_mapping_frames_total\\{direction=\"out\"} [1-9].*"))
        .anyMatch(line ->
            line.equals("dglb_mapping_errors_total{code=\"malformed\",direction=\"in\"} 0.0"));
  }

  @Test
  void saysWhyTheBackboneRefusesARegistration() throws Exception {
    backbone.refuseAll("not permitted for you");
    Files.writeString(folder.resolve("lb.conf"), registration("192.0.2.3"));

    await("the refusal", () -> status("refused").contains("not permitted for you"));
  }

  @Test
  void doesNotStartWithoutAnyZoneToServe() throws Exception {
    Files.writeString(folder.resolve("foobar.zone"), "nonsense");
    Files.writeString(
        folder.resolve("other.conf"), config().replace(state(), folder.resolve("other") + ""));

    try (AuthorityNode other = AuthorityNode.open(folder.resolve("other.conf"))) {
      assertThatThrownBy(other::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("foobar.zone:1");
    }
  }

  private String config() {
    Path pki = folder.resolve("pki");
    return """
    node { id = foobar, state = "%s", admin = "127.0.0.1:0", watch-interval = 100ms }
    identity { certificate = "%s", key = "%s", authority = "%s" }
    dns.listen = ["127.0.0.1:0"]
    zones = [ { origin = foobar.test, file = "foobar.zone" } ]
    registrations = ["lb.conf"]
    backbone.nodes = ["%s"]
    """
        .formatted(
            state(),
            pki.resolve("authority-foobar.pem"),
            pki.resolve("authority-foobar-key.pem"),
            pki.resolve("authority.pem"),
            server.endpoints().getFirst());
  }

  private String state() {
    return folder.resolve("state").toString();
  }

  private static String registration(String site) {
    return """
    registration {
      version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
      services { "www.lb.foobar.test" {
        aliases = ["www.foobar.test"]
        mode = answer
        check { kind = http, port = 80, path = "/" }
        sites { only { addresses = ["%s"] } }
      } }
    }
    """
        .formatted(site);
  }

  private String scrape() throws Exception {
    URI metrics = URI.create("http://" + node.admin().orElseThrow() + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private Message ask(String name) throws IOException {
    return ask(name, Type.A);
  }

  private Message ask(String name, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver(node.addresses().getFirst().toSocketAddress());
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
  }

  private String first(String name) throws IOException {
    List<Record> answer = ask(name).getSection(Section.ANSWER);
    return answer.isEmpty() ? "" : answer.getFirst().toString();
  }

  private List<String> servers() throws IOException {
    return ask("www.lb.foobar.test.").getSection(Section.AUTHORITY).stream()
        .map(Record::rdataToString)
        .toList();
  }

  private long serial() throws IOException {
    Record soa = ask("foobar.test.", Type.SOA).getSection(Section.ANSWER).getFirst();
    return ((SOARecord) soa).getSerial();
  }

  private String problems() {
    return status("zone-problems");
  }

  private String status(String part) {
    return String.valueOf(node.status().parts().get(part));
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
  }
}
