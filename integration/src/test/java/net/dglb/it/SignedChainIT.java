package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real resolvers that trust the root, and nothing else, validate the whole chain: root, top-level
 * domain, enterprise, backbone, label. The labels' load balancers die at the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignedChainIT {

  private static final Duration UNTIL_ADDRESSES_ARE_ASKED_FOR_ANEW = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Below what denials of long names and of the root need. */
  private static final int SMALL_UDP_OCTETS = 512;

  private LabRun lab;
  private JsonObject service;
  private JsonObject unsigned;
  private List<String> anchor;
  private String name;
  private String zone;
  private String label;
  private final Map<RealResolver.Kind, RealResolver> resolvers = new TreeMap<>();

  @BeforeAll
  void startTheLab() {
    Tool.requireNamespaces();
    Tool.require("dig");
    lab =
        LabRun.start(
            "--lbs",
            "3",
            "--sites",
            "3",
            "--dnssec",
            "--ttl-referral",
            "20s",
            "--ttl-answer",
            "2s");
    Chain.awaitBestSites(lab);
    service = inForm("aliased");
    unsigned = inForm("delegated");
    name = service.getString("name");
    zone = service.getString("zone");
    label = lab.entries("resolvers").getFirst().getString("beside") + "." + name;
    anchor = List.of(lab.description().getString("trust_anchor").replaceFirst(" DS ", " "));
    awaitDs(authority(1), zone);
    awaitDsOfEveryLabel();
  }

  private JsonObject inForm(String form) {
    return lab.entries("services").stream()
        .filter(it -> it.getString("form").equals(form))
        .findFirst()
        .orElseThrow();
  }

  private JsonObject node(String role, int number) {
    return lab.entries("nodes").stream()
        .filter(node -> node.getString("role").equals(role))
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  private JsonObject authority(int number) {
    return node("authority", number);
  }

  /** A label may be referred to before its key is told: securely so, but without a DS. */
  private void awaitDsOfEveryLabel() {
    for (JsonObject backbone : lab.entries("nodes")) {
      if (backbone.getString("role").equals("backbone")) {
        for (JsonObject resolver : lab.entries("resolvers")) {
          awaitDs(backbone, resolver.getString("beside") + "." + name);
        }
      }
    }
  }

  private void awaitDs(JsonObject server, String owner) {
    Awaitility.await("DS of " + owner + " at " + server.getString("id"))
        .atMost(PATIENCE)
        .until(
            () -> Dig.ask(lab, Chain.address(server, "A"), 53, owner, "DS", "+norecurse").answers(),
            found -> !found.isEmpty());
  }

  @AfterAll
  void stopTheLab() {
    resolvers.values().forEach(RealResolver::close);
    if (lab != null) {
      lab.close();
    }
  }

  private RealResolver resolver(RealResolver.Kind kind) {
    ResolversFollowTheChainIT.requireResolver(kind);
    return resolvers.computeIfAbsent(
        kind,
        it ->
            RealResolver.start(lab, it, address(it == RealResolver.Kind.UNBOUND ? 0 : 1), anchor));
  }

  private String address(int number) {
    return Chain.address(lab.entries("resolvers").get(number), "A");
  }

  @Order(1)
  @ParameterizedTest
  @EnumSource(RealResolver.Kind.class)
  void everyPartOfTheChainIsSecure(RealResolver.Kind kind) {
    RealResolver resolver = resolver(kind);
    for (String type : List.of("SOA", "NS", "DNSKEY", "CDS", "TXT")) {
      assertSecure(resolver.ask(zone, type));
    }
    assertSecure(resolver.ask(".", "DNSKEY"));
    assertSecure(resolver.ask("test", "SOA"));
    assertTheBackbonesOwnZoneIsSecure(resolver);
    assertSecure(resolver.ask(name, "CNAME"));
    for (String asked : List.of(service.getString("question"), name, label)) {
      for (String type : List.of("A", "AAAA", "HTTPS")) {
        Dig.Reply reply = resolver.ask(asked, type);
        assertSecure(reply);
        assertThat(reply.answers()).as("%s %s: %s", asked, type, reply.text()).hasSize(1);
      }
    }
  }

  private void assertTheBackbonesOwnZoneIsSecure(RealResolver resolver) {
    String server = node("backbone", 0).getString("name");
    String infrastructure = server.substring(server.indexOf('.') + 1);
    for (String type : List.of("DS", "SOA", "NS", "DNSKEY")) {
      Dig.Reply reply = resolver.ask(infrastructure, type);
      assertSecure(reply);
      assertThat(reply.answers()).as(reply.text()).isNotEmpty();
    }
    assertSecure(resolver.ask(server, "A"));
    assertSecure(resolver.ask(server, "AAAA"));
    assertSecure(resolver.ask("nothing." + infrastructure, "A"), "NOERROR", "NXDOMAIN");
  }

  @Order(2)
  @ParameterizedTest
  @EnumSource(RealResolver.Kind.class)
  void whatDoesNotExistIsDeniedSecurely(RealResolver.Kind kind) {
    RealResolver resolver = resolver(kind);
    for (String none : List.of("nothing-there." + zone, "nothing." + "nothing-there." + zone)) {
      assertSecure(resolver.ask(none, "A"), "NOERROR", "NXDOMAIN");
    }
    assertSecure(resolver.ask("below." + label, "A"), "NXDOMAIN");
    assertSecure(resolver.ask("nothing.test", "A"), "NXDOMAIN");
    for (String type : List.of("TXT", "MX", "CAA")) {
      assertSecure(resolver.ask(label, type));
    }
    assertSecure(resolver.ask("ns." + zone, "A"));
  }

  @Order(3)
  @ParameterizedTest
  @EnumSource(RealResolver.Kind.class)
  void whatIsNotSignedIsProvenToBeSo(RealResolver.Kind kind) {
    RealResolver resolver = resolver(kind);
    assertInsecure(resolver.ask(unsigned.getString("question"), "A"));
    Dig.Reply none = resolver.ask(unsigned.getString("zone"), "DS");
    assertSecure(none);
    assertThat(none.answers()).as(none.text()).isEmpty();
  }

  @Order(4)
  @ParameterizedTest
  @EnumSource(RealResolver.Kind.class)
  void answersThatDoNotFitOverUdpComeOverTcp(RealResolver.Kind kind) {
    ResolversFollowTheChainIT.requireResolver(kind);
    String longName = "x".repeat(60) + "." + "y".repeat(60) + "." + zone;
    Dig.Reply cut =
        Dig.ask(
            lab,
            Chain.address(node("backbone", 0), "A"),
            53,
            longName,
            "A",
            "+norecurse",
            "+dnssec",
            "+ignore",
            "+bufsize=" + SMALL_UDP_OCTETS);
    assertThat(cut.text()).containsPattern("flags:[^;]* tc[ ;]");
    try (RealResolver small = RealResolver.start(lab, kind, address(2), anchor, SMALL_UDP_OCTETS)) {
      for (String type : List.of("A", "AAAA", "HTTPS")) {
        assertSecure(small.ask(service.getString("question"), type));
      }
      assertSecure(small.ask(longName, "A"), "NOERROR", "NXDOMAIN");
    }
  }

  @Order(5)
  @Test
  void theAnswerGoesOnValidatingWhenTheOwnerOfTheLabelIsKilled() {
    resolver(RealResolver.Kind.UNBOUND);
    resolver(RealResolver.Kind.BIND);
    lab.lab("kill", lab.entries("resolvers").getFirst().getString("beside"));
    long end = System.nanoTime() + UNTIL_ADDRESSES_ARE_ASKED_FOR_ANEW.toNanos();
    do {
      resolvers
          .values()
          .forEach(resolver -> {
            for (String type : List.of("A", "AAAA", "HTTPS")) {
              assertSecure(resolver.ask(label, type));
            }
          });
    } while (System.nanoTime() < end);
    Dig.Reply ds = fromBackbone("addresses", "DS");
    assertThat(ds.answers()).as("the label is secure: %s", ds.text()).hasSize(1);
    for (String type : List.of("A", "AAAA", "HTTPS", "DNSKEY")) {
      Dig.Reply answered = fromBackbone("label_addresses", type);
      assertThat(answered.answers()).as(answered.text()).hasSize(1);
      assertThat(answered.text()).contains("RRSIG");
    }
  }

  /** What a backbone node says of the label at its main address or at its label address. */
  private Dig.Reply fromBackbone(String addresses, String type) {
    String address = node("backbone", 0).getJsonArray(addresses).getString(0);
    return Dig.ask(lab, address, 53, label, type, "+norecurse", "+dnssec");
  }

  private static void assertSecure(Dig.Reply reply) {
    assertSecure(reply, "NOERROR");
  }

  private static void assertSecure(Dig.Reply reply, String... statuses) {
    assertThat(reply.status()).as(reply.text()).isIn((Object[]) statuses);
    assertThat(reply.text()).as("the AD flag").containsPattern("flags:[^;]* ad[ ;]");
  }

  private static void assertInsecure(Dig.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo("NOERROR");
    assertThat(reply.answers()).as(reply.text()).isNotEmpty();
    assertThat(reply.text()).as("no AD flag").doesNotContainPattern("flags:[^;]* ad[ ;]");
  }
}
