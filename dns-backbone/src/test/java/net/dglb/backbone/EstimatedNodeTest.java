package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Unannounced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A resolver that no load balancer announced, and that stands in Tokyo by the locations file, asks
 * a whole node over real sockets. There is a site in Tokyo, but the only load balancer is New
 * York's, which answers London.
 */
class EstimatedNodeTest extends LoopbackBackbone {

  private static final Path DIG = Path.of("/usr/bin/dig");
  private static final String IN_TOKYO = "127.9.0.1";
  private static final String BESIDE_NEW_YORK = "127.1.0.1";
  private static final String WWW = "www.lb.foobar.test";
  private static final String REFERRING = "img.cdn.lb.foobar.test";

  EstimatedNodeTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void isAnsweredTheSiteThatIsEstimatedToBeTheBestThoughTheNearestLoadBalancerAnswersAnother()
      throws Exception {
    assumeTrue(Files.isExecutable(DIG), "no dig");
    Files.writeString(folder.resolve("places.csv"), "127.9.0.0/16,35.7,139.7\n");
    Endpoint admin = OwnEndpoint.next();
    BackboneNode node =
        start("fallback.locations = places.csv\nnode.admin = \"%s\"\n".formatted(admin));
    EnterpriseZone zone = oneServiceRefers();
    authority("foobar", zone);
    FakeLoadBalancer balancer =
        loadBalancer("lb-nyc", Optional.of(Samples.NEW_YORK), "127.1.0.0/16");
    awaitAnswers(node, IN_TOKYO, WWW, "A", "20 CNAME lb-nyc." + WWW + ".");
    await()
        .atMost(PATIENCE)
        .until(() -> {
          dig(node, IN_TOKYO, REFERRING, "A");
          return balancer.received.stream().filter(Frame::hasDuty).count() >= 2;
        });

    for (Service service : zone.services()) {
      balancer.measured(
          service,
          Map.of("192.0.2.1", 70.0, "192.0.2.2", 160.0, "2001:db8::1", 70.0, "2001:db8::2", 160.0));
    }

    awaitAnswers(node, IN_TOKYO, WWW, "A", "300 A 192.0.2.2");
    assertThat(dig(node, IN_TOKYO, WWW, "AAAA")).containsExactly("300 AAAA 2001:db8::2");
    await()
        .atMost(PATIENCE)
        .until(
            () -> balancer.hasReceived(it -> it.getAsked().getServicesList().equals(List.of(WWW))));
    assertThat(balancer.hasReceived(it -> it.getAsked().getServicesList().contains(REFERRING)))
        .as("resolvers ask the load balancer themselves")
        .isFalse();
    assertThat(dig(node, IN_TOKYO, WWW, "MX")).isEmpty();
    assertThat(dig(node, IN_TOKYO, WWW, "TXT")).isEmpty();
    awaitAnswers(node, IN_TOKYO, REFERRING, "A", "3600 CNAME lb-nyc." + REFERRING + ".");
    awaitAnswers(node, BESIDE_NEW_YORK, WWW, "A", "3600 CNAME lb-nyc." + WWW + ".");
    JsonObject explained = explain(admin, WWW, IN_TOKYO);
    assertThat(explained.getJsonObject("unmeasured-place").getBoolean("answered-by-estimate"))
        .isTrue();
    assertThat(explained.containsKey("referral")).isFalse();
    assertThat(explained.getJsonObject("answers").getJsonObject("A").getString("site"))
        .isEqualTo("tokyo");
    JsonObject nearest = explain(admin, REFERRING, IN_TOKYO);
    assertThat(nearest.getJsonObject("answers").getJsonObject("A").getString("site"))
        .as("what the nearest load balancer answers")
        .isEqualTo("london");
    assertThat(get(admin, "/metrics"))
        .containsPattern("dglb_backbone_estimated_answers_total [1-9]")
        .contains("dglb_backbone_estimated_places 2.0");
  }

  private static EnterpriseZone oneServiceRefers() {
    return Samples.withServices(
        Samples.aliased(1),
        it ->
            it.name().toString().equals(REFERRING)
                ? Samples.unannounced(it, Unannounced.REFER)
                : it);
  }

  private static void awaitAnswers(
      BackboneNode node, String from, String name, String type, String expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(dig(node, from, name, type)).containsExactly(expected));
  }

  private static JsonObject explain(Endpoint admin, String name, String resolver) throws Exception {
    return new JsonObject(get(admin, "/explain/" + name + "?resolver=" + resolver));
  }

  private static String get(Endpoint admin, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> reply =
          http.send(
              HttpRequest.newBuilder(URI.create("http://" + admin + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
      return reply.body();
    }
  }

  /** TTL, type and data of each record of the answer. */
  private static List<String> dig(BackboneNode node, String from, String name, String type)
      throws IOException, InterruptedException {
    Endpoint server = node.addresses().getFirst();
    List<String> command = new ArrayList<>(List.of(DIG.toString(), "-b", from));
    command.addAll(List.of("@" + server.address().getHostAddress()));
    command.addAll(List.of("-p", Integer.toString(server.port())));
    command.addAll(List.of("+noall", "+answer", "+norecurse", "+nosplit", name, type));
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
