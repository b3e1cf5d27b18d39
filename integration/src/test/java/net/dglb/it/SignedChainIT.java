package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real resolvers validate what a signed zone leads to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedChainIT {

  private LabRun lab;
  private JsonObject service;
  private List<String> anchors;

  @BeforeAll
  void startTheLab() {
    Tool.requireNamespaces();
    Tool.require("dig");
    lab = LabRun.start("--dnssec", "--ttl-referral", "20s", "--ttl-answer", "5s");
    Chain.awaitBestSites(lab);
    service =
        lab.entries("services").stream()
            .filter(it -> it.getString("form").equals("aliased"))
            .findFirst()
            .orElseThrow();
    String zone = service.getString("zone");
    List<String> signers =
        Awaitility.await("DS of " + zone + " at the enterprise's authority")
            .atMost(Duration.ofSeconds(30))
            .until(() -> fromParent(zone, "DS"), found -> !found.isEmpty());
    anchors = signers.stream().map(ds -> zone + ". " + oneDigest(ds)).toList();
  }

  @AfterAll
  void stopTheLab() {
    if (lab != null) {
      lab.close();
    }
  }

  private List<String> fromParent(String name, String type) {
    JsonObject authority =
        lab.entries("nodes").stream()
            .filter(node -> node.getString("role").equals("authority"))
            .skip(1)
            .findFirst()
            .orElseThrow();
    return Dig.ask(lab, Chain.address(authority, "A"), 53, name, type, "+norecurse").answers();
  }

  /** Dig breaks long digests into groups. */
  private static String oneDigest(String ds) {
    String[] fields = ds.split(" ", 4);
    return "%s %s %s %s".formatted(fields[0], fields[1], fields[2], fields[3].replace(" ", ""));
  }

  @ParameterizedTest
  @EnumSource(RealResolver.Kind.class)
  void whatTheBackboneSignsIsSecure(RealResolver.Kind kind) {
    try (RealResolver resolver = start(kind)) {
      String name = service.getString("name");
      String zone = service.getString("zone");
      for (String type : List.of("SOA", "NS", "DNSKEY", "TXT")) {
        assertSecure(resolver.ask(zone, type));
      }
      assertSecure(resolver.ask(name, "CNAME"));
      assertSecure(resolver.ask("nothing-there." + zone, "A"));
      assertSecure(resolver.ask("ns." + zone, "A"));
      assertThat(resolver.addresses(name, "A")).hasSize(1);
      assertThat(resolver.addresses(name, "AAAA")).hasSize(1);
      assertThat(resolver.addresses(service.getString("question"), "A")).hasSize(1);
    }
  }

  private RealResolver start(RealResolver.Kind kind) {
    ResolversFollowTheChainIT.requireResolver(kind);
    String address = Chain.address(lab.entries("resolvers").getFirst(), "A");
    return RealResolver.start(lab, kind, address, anchors);
  }

  private static void assertSecure(Dig.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo("NOERROR");
    assertThat(reply.text()).as("the AD flag").containsPattern("flags:[^;]* ad[ ;]");
  }
}
