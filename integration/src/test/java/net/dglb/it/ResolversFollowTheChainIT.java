package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.dglb.lab.plan.City;
import net.dglb.lab.plan.LabAddresses;
import net.dglb.lab.plan.RoundTrips;
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

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResolversFollowTheChainIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private LabRun lab;

  @BeforeAll
  void startTheLab() {
    Tool.requireNamespaces();
    Tool.require("dig");
    lab = LabRun.start();
    Chain.awaitBestSites(lab);
  }

  @AfterAll
  void stopTheLab() {
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest
  @EnumSource(RealResolver.Kind.class)
  void everyResolverGetsTheSiteThatIsBestFromItsPlaceOverIpv4(RealResolver.Kind kind) {
    everyResolverGetsItsBestSite(kind, "A");
  }

  @ParameterizedTest
  @EnumSource(RealResolver.Kind.class)
  void everyIpv6OnlyResolverGetsTheSiteThatIsBestFromItsPlace(RealResolver.Kind kind) {
    everyResolverGetsItsBestSite(kind, "AAAA");
  }

  private void everyResolverGetsItsBestSite(RealResolver.Kind kind, String family) {
    requireResolver(kind);
    Set<String> given = new HashSet<>();
    for (JsonObject entry : lab.entries("resolvers")) {
      try (RealResolver resolver = RealResolver.start(lab, kind, Chain.address(entry, family))) {
        for (JsonObject service : lab.entries("services")) {
          for (String type : List.of("A", "AAAA")) {
            List<String> answers = resolver.addresses(service.getString("question"), type);
            assertThat(answers)
                .as("%s in %s, %s", resolver, entry.getString("city"), service)
                .containsExactly(Chain.best(lab, entry, type));
            given.addAll(answers);
          }
        }
      }
    }
    assertThat(given).as("sites given to resolvers in different cities").hasSizeGreaterThan(2);
  }

  @Test
  void aResolverThatOnlyItsLocationIsKnownOfGetsTheSiteThatIsBestFromThere() {
    requireResolver(RealResolver.Kind.UNBOUND);
    City city = RoundTrips.published().city("london");
    assertThat(lab.entries("resolvers"))
        .as("cities with a load balancer")
        .noneMatch(entry -> entry.getString("city").equals(city.id()));
    String address = new LabAddresses(true).resolver(city).getFirst().getHostAddress();
    JsonObject best = Chain.sitesFrom(lab, city.id()).getFirst();
    try (RealResolver resolver = RealResolver.start(lab, RealResolver.Kind.UNBOUND, address)) {
      for (JsonObject service : lab.entries("services")) {
        for (String type : List.of("A", "AAAA")) {
          assertThat(resolver.addresses(service.getString("question"), type))
              .as("%s, %s", service, type)
              .containsExactly(Chain.address(best, type));
        }
      }
    }
    everyBackboneNodeComesToAnswerItself(address, best);
  }

  @Test
  void aResolverThatNobodyKnowsGetsASiteAndTheSameLoadBalancerEveryTime() {
    requireResolver(RealResolver.Kind.UNBOUND);
    String address = new LabAddresses(true).elsewhere().getFirst().getHostAddress();
    try (RealResolver resolver = RealResolver.start(lab, RealResolver.Kind.UNBOUND, address)) {
      for (JsonObject service : lab.entries("services")) {
        for (String type : List.of("A", "AAAA")) {
          List<String> sites =
              lab.entries("sites").stream().map(site -> Chain.address(site, type)).toList();
          assertThat(resolver.addresses(service.getString("question"), type))
              .as("%s, %s", service, type)
              .hasSize(1)
              .isSubsetOf(sites);
        }
      }
    }
    staysWithOneLoadBalancer(address);
  }

  /** Once it is estimated which site is the best from there; until then it refers. */
  private void everyBackboneNodeComesToAnswerItself(String resolver, JsonObject best) {
    for (JsonObject service : lab.entries("services")) {
      for (String type : List.of("A", "AAAA")) {
        Awaitility.await(type + " of " + service.getString("name") + " for " + resolver)
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(Chain.answered(lab, service.getString("name"), type, resolver).values())
                    .containsOnly(List.of(Chain.address(best, type))));
      }
    }
  }

  /** Asked again and again, every backbone node refers the resolver to the same label. */
  private void staysWithOneLoadBalancer(String resolver) {
    for (JsonObject service : lab.entries("services")) {
      Set<List<String>> given = new HashSet<>();
      for (int i = 0; i < 5; i++) {
        given.addAll(Chain.aliases(lab, service.getString("name"), resolver).values());
      }
      assertThat(given).as("%s for %s", service, resolver).hasSize(1);
      System.out.printf("%s at %s is referred to %s%n", resolver, service.getString("name"), given);
    }
  }

  @ParameterizedTest
  @EnumSource(RealResolver.Kind.class)
  void otherTypesOfABalancedNameAreNoDataRatherThanErrors(RealResolver.Kind kind) {
    requireResolver(kind);
    String address = Chain.address(lab.entries("resolvers").getFirst(), "A");
    try (RealResolver resolver = RealResolver.start(lab, kind, address)) {
      for (JsonObject service : lab.entries("services")) {
        for (String type : List.of("MX", "TXT", "HTTPS", "CAA", "SRV")) {
          Dig.Reply reply = resolver.ask(service.getString("question"), type);
          assertThat(reply.status()).as(reply.text()).isEqualTo("NOERROR");
          assertThat(reply.answers()).as(reply.text()).isEmpty();
        }
      }
    }
  }

  @Test
  void theWalkOfTheReadmePrintsWhatTheReadmeShows() {
    List<DocumentedWalk.Step> steps = DocumentedWalk.steps(Path.of("..", "README.md"));
    assertThat(steps).hasSizeGreaterThan(5);
    for (DocumentedWalk.Step step : steps) {
      Awaitility.await(String.join(" ", step.command()) + ", once all is told to every node")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(printed(step)).containsExactlyInAnyOrderElementsOf(step.output()));
    }
  }

  private List<String> printed(DocumentedWalk.Step step) {
    return Tool.run(lab.inside(step.command().toArray(String[]::new)), 30)
        .expectSuccess(step.command().toString())
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.replaceAll("\\s+", " "))
        .toList();
  }

  @Test
  void theLabsCommandsEnterItsNetwork() {
    assertThat(lab.lab("dig", "--", "@127.53.0.1", "test", "NS"))
        .contains("status: NOERROR", "a.nic.test.");
    lab.lab("shell", "--", "true");
    assertThat(lab.lab("shell", "--", "ip", "-o", "addr")).contains("127.53.0.1");
  }

  @Test
  void everyNodeAnswersWhatItOwnsOverTcpToo() {
    JsonObject service = lab.entries("services").getFirst();
    JsonObject resolver = lab.entries("resolvers").getFirst();
    String name = service.getString("name");
    String own = resolver.getString("beside") + "." + name;
    Awaitility.await("every backbone node refers to " + own)
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(Chain.aliases(lab, name, Chain.address(resolver, "A")).values())
                .containsOnly(List.of(own + ".")));
    List<JsonObject> nodes = lab.entries("nodes");
    JsonObject root = nodes.getFirst();
    assertThat(overTcp(root, ".", "NS", resolver)).containsExactly(root.getString("name") + ".");
    assertThat(overTcp(nodes.get(1), service.getString("zone"), "NS", resolver))
        .containsExactlyInAnyOrderElementsOf(namesOf("backbone"));
    for (JsonObject node : nodes) {
      switch (node.getString("role")) {
        case "backbone" ->
            assertThat(overTcp(node, name, "CNAME", resolver)).containsExactly(own + ".");
        case "lb" ->
            assertThat(overTcp(node, node.getString("id") + "." + name, "A", resolver))
                .containsExactly(
                    Chain.address(Chain.sitesFrom(lab, node.getString("city")).getFirst(), "A"));
        default -> assertThat(node.getString("role")).isEqualTo("authority");
      }
    }
  }

  /** In a real network in which things fail at last, so nothing is asked after this. */
  @Order(Integer.MAX_VALUE)
  @Test
  void traceAndExplainAgreeWhateverHappensAndTheDocumentShowsWhatIsPrinted() throws IOException {
    ExplainedWalks.awaitWhatTheDocumentShows(lab);
    ExplainedWalks.assertTraceAndExplainAgree(lab, 1, 24);
    lab.lab("kill", "lb-madrid");
    lab.lab("slow", "toronto", "300");
    lab.lab("kill", "tokyo");
    ExplainedWalks.assertTraceAndExplainAgree(lab, 2, 24);
  }

  private List<String> namesOf(String role) {
    return lab.entries("nodes").stream()
        .filter(node -> node.getString("role").equals(role))
        .map(node -> node.getString("name") + ".")
        .toList();
  }

  /** The records of a type, answered or referred to, in a reply that came over TCP. */
  private List<String> overTcp(JsonObject node, String name, String type, JsonObject from) {
    Dig.Reply reply =
        Dig.ask(
            lab,
            Chain.address(node, "A"),
            node.getInteger("port"),
            name,
            type,
            "+tcp",
            "+norecurse",
            "+authority",
            "+stats",
            "-b",
            Chain.address(from, "A"));
    assertThat(reply.status()).as("%s:%n%s", node, reply.text()).isEqualTo("NOERROR");
    assertThat(reply.text()).as("the transport").contains("(TCP)");
    return reply.answers();
  }

  static void requireResolver(RealResolver.Kind kind) {
    Tool.require(kind == RealResolver.Kind.UNBOUND ? "unbound" : "named");
  }
}
