package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A direct service from its registration to what dig shows, over real sockets. */
class DirectNodeTest extends LoopbackBackbone {

  private static final Path DIG = Path.of("/usr/bin/dig");

  DirectNodeTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void isAnsweredByTheBackboneFromWhatTheResolversLoadBalancerMeasures() throws Exception {
    assumeTrue(Files.isExecutable(DIG), "no dig");
    EnterpriseZone zone = Samples.direct(Samples.aliased(1));
    BackboneNode node = start("");
    FakeLoadBalancer balancer = measuring(node, zone);

    for (String best : List.of("192.0.2.2", "192.0.2.1")) {
      balancer.measured(
          zone.services().getFirst(),
          Map.of(best, 10.0, best.equals("192.0.2.1") ? "192.0.2.2" : "192.0.2.1", 200.0));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(dig(node)).containsExactly("300 A " + best));
    }
    await().atMost(PATIENCE).until(() -> balancer.hasReceived(Frame::hasAsked));
  }

  @Test
  void aSiteThatAnOperatorTakesOutIsNotAnsweredAndLoadBalancersHearWhoSaidItAndWhy()
      throws Exception {
    assumeTrue(Files.isExecutable(DIG), "no dig");
    EnterpriseZone zone = Samples.direct(Samples.aliased(1));
    Endpoint admin = OwnEndpoint.next();
    BackboneNode node = start("node.admin = \"%s\"\n".formatted(admin));
    FakeLoadBalancer balancer = measuring(node, zone);
    balancer.measured(zone.services().getFirst(), Map.of("192.0.2.1", 10.0, "192.0.2.2", 200.0));
    awaitBest(node, "192.0.2.1");
    String site = zone.services().getFirst().sites().getFirst().id();

    say(admin, site, "down");
    awaitBest(node, "192.0.2.2");
    await()
        .atMost(PATIENCE)
        .until(
            () -> balancer.hasReceived(frame -> frame.getSitesSaid().toString().contains("fire")));
    say(admin, site, "probed");
    awaitBest(node, "192.0.2.1");
  }

  @Test
  void tellsWhatPartOfTheAnswersEachSiteIsToGetAndGotInItsStatusAndItsMetrics() throws Exception {
    assumeTrue(Files.isExecutable(DIG), "no dig");
    EnterpriseZone zone = Samples.direct(Samples.ranked(Samples.aliased(1), Samples.PERCENTAGES));
    Endpoint admin = OwnEndpoint.next();
    BackboneNode node = start("node.admin = \"%s\"\n".formatted(admin));
    var _ = measuring(node, zone);
    await().atMost(PATIENCE).until(() -> !spread(admin).isEmpty());
    JsonObject before = spread(admin).getJsonObject("answers-by-site");

    Map<String, Long> answered = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      String answer = dig(node, "+subnet=172.16." + i + ".0/24").getFirst();
      answered.merge(answer.substring(answer.lastIndexOf(' ') + 1), 1L, Long::sum);
    }
    Description description = new Description();
    description.judge(
        description.operation("status"), 200, "application/json", get(admin, "/status"));
    JsonObject counted = spread(admin).getJsonObject("answers-by-site");
    assertThat(counted.getLong("london") - before.getLong("london"))
        .isEqualTo(answered.getOrDefault("192.0.2.1", 0L));
    assertThat(counted.getLong("tokyo") - before.getLong("tokyo"))
        .isEqualTo(answered.getOrDefault("192.0.2.2", 0L));
    assertThat(spread(admin).getJsonObject("shares-ipv4"))
        .isEqualTo(new JsonObject().put("london", 0.3).put("tokyo", 0.7));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(get(admin, "/metrics").lines())
                .contains(
                    "dglb_backbone_site_share{family=\"ipv4\",service=\"www.lb.foobar.test\","
                        + "site=\"tokyo\"} 0.7",
                    "dglb_backbone_site_answers_total{service=\"www.lb.foobar.test\","
                        + "site=\"tokyo\"} "
                        + counted.getLong("tokyo").doubleValue()));
  }

  /** Beside every resolver, once the node answers one and has asked it to measure the sites. */
  private FakeLoadBalancer measuring(BackboneNode node, EnterpriseZone zone) throws Exception {
    authority("foobar", zone);
    FakeLoadBalancer balancer = loadBalancer("lb-nyc", "127.0.0.0/8");
    await()
        .atMost(PATIENCE)
        .until(() -> dig(node).size() == 1 && balancer.hasReceived(Frame::hasDuty));
    return balancer;
  }

  private static JsonObject spread(Endpoint admin) throws Exception {
    return new JsonObject(get(admin, "/status"))
        .getJsonObject("spread-services")
        .getJsonObject("www.lb.foobar.test", new JsonObject());
  }

  private static String get(Endpoint admin, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://" + admin + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static void awaitBest(BackboneNode node, String best) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(dig(node)).singleElement(STRING).endsWith(" A " + best));
  }

  private static void say(Endpoint admin, String pattern, String state) throws Exception {
    String body =
        "{\"pattern\":\"%s\",\"state\":\"%s\",\"who\":\"ann\",\"why\":\"fire\"}"
            .formatted(pattern, state);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          http.send(
              HttpRequest.newBuilder(URI.create("http://" + admin + "/sites/said"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    }
  }

  /** TTL, type and data of each record of the answer. */
  private static List<String> dig(BackboneNode node, String... options)
      throws IOException, InterruptedException {
    Endpoint server = node.addresses().getFirst();
    List<String> command =
        new ArrayList<>(
            List.of(
                DIG.toString(),
                "@" + server.address().getHostAddress(),
                "-p",
                Integer.toString(server.port()),
                "+noall",
                "+answer",
                "+norecurse",
                "www.lb.foobar.test",
                "A"));
    command.addAll(List.of(options));
    Process dig = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(dig.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(dig.waitFor()).as(text).isZero();
    return text.lines()
        .map(line -> line.split("\\s+"))
        .filter(parts -> parts.length == 5)
        .map(parts -> parts[1] + " " + parts[3] + " " + parts[4])
        .toList();
  }
}
