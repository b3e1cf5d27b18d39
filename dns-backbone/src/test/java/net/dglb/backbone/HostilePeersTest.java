package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
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
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers that mean harm, or are broken, at a whole node over real sockets: they are told why they
 * are refused, and nothing that is stored or answered changes.
 */
class HostilePeersTest extends LoopbackBackbone {

  private static final String ALIAS = "3600 lb-nyc.www.lb.foobar.test.";

  private BackboneNode node;
  private FakeLoadBalancer honest;
  private Endpoint admin;
  private JsonObject stored = new JsonObject();

  HostilePeersTest(@TempDir Path folder) {
    super(folder);
  }

  @BeforeEach
  void aNetworkThatAnswers() throws Exception {
    admin = OwnEndpoint.next();
    node = start("node.admin = \"%s\"\n".formatted(admin));
    authority("foobar", Samples.aliased(1));
    honest = loadBalancer("lb-nyc", "127.0.0.0/8");
    awaitAnswer(node, ALIAS);
    stored = resolverMap();
  }

  @AfterEach
  void nothingIsLost() throws IOException {
    assertThat(resolverMap()).isEqualTo(stored);
    assertThat(answer(node, "www.lb.foobar.test.")).containsExactly(ALIAS);
  }

  @Test
  void aForeignCertificateWithTheIdOfALoadBalancerDoesNotEvenEndItsSession() throws Exception {
    try (RawPeer stranger = RawPeer.connect(foreign("lb-nyc"), lb("lb-lon"), mapping)) {
      stranger.hello("lb-nyc");

      assertThat(stranger.awaitRefusal()).contains("certificate_unknown");
    }
    assertThat(honest.closed()).isZero();
    await("the alert leaves before it counts")
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(scrape())
                .contains("dglb_mapping_handshakes_refused_total{reason=\"certificate\"} 1.0\n"));
  }

  @Test
  void octetsThatAreNoFrameEndTheSessionOfTheirSenderOnly() throws Exception {
    try (RawPeer broken = RawPeer.connect(lb("lb-lon"), lb("lb-lon"), mapping)) {
      broken.hello("lb-lon");
      broken.awaitWelcome();
      broken.send(new byte[] {0, 0, 0, 3, (byte) 0xff, (byte) 0xff, (byte) 0xff});

      Error error = broken.awaitFatalError();

      assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_MALFORMED);
      assertThat(error.getText()).contains("not a message of the mapping protocol");
    }
    assertThat(honest.closed()).isZero();
  }

  @Test
  void aFrameThatIsTooLargeEndsTheSessionOfItsSenderOnly() throws Exception {
    try (RawPeer broken = RawPeer.connect(lb("lb-lon"), lb("lb-lon"), mapping)) {
      broken.hello("lb-lon");
      broken.awaitWelcome();
      broken.send(new byte[] {0x7f, 0, 0, 0});

      Error error = broken.awaitFatalError();

      assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_FRAME_TOO_LARGE);
      assertThat(error.getText()).contains("2130706432").contains("expected at most 1048576");
    }
    assertThat(honest.closed()).isZero();
    assertThat(scrape())
        .contains("dglb_mapping_errors_total{code=\"frame_too_large\",direction=\"out\"} 1.0\n");
  }

  @Test
  void aLoadBalancerThatGoesMadKeepsWhatItAnnouncedAndComesBack() throws Exception {
    try (RawPeer mad = RawPeer.connect(lb("lb-nyc"), lb("lb-nyc"), mapping)) {
      mad.hello("lb-nyc");
      mad.awaitWelcome();
      mad.send(new byte[] {0, 0, 0, 0});

      assertThat(mad.awaitFatalError().getCode()).isEqualTo(ErrorCode.ERROR_MALFORMED);
    }
    assertThat(answer(node, "www.lb.foobar.test."))
        .as("while it is away")
        .singleElement()
        .asString()
        .endsWith(" lb-nyc.www.lb.foobar.test.");
    await("the next session")
        .atMost(PATIENCE)
        .until(() -> honest.received.stream().filter(Frame::hasAnnounceAck).count() == 2);
    awaitAnswer(node, ALIAS);
  }

  private String scrape() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://" + admin + "/metrics");
      return http.send(
              HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private JsonObject resolverMap() {
    return node.status().toJson().getJsonObject("resolver-map");
  }

  private NodeIdentity lb(String id) throws Exception {
    return identity(NodeRole.LOAD_BALANCER, id);
  }

  private NodeIdentity foreign(String id) throws Exception {
    Path pki = Files.createDirectories(folder.resolve("foreign"));
    Instant now = Instant.now();
    Duration day = Duration.ofDays(1);
    NetworkAuthority other = NetworkAuthority.create(pki, "test", day, now);
    PeerIdentity who = new PeerIdentity(NodeRole.LOAD_BALANCER, id);
    return NodeIdentity.load(other.issue(who, List.of(), day, now, pki), now);
  }
}
