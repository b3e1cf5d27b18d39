package net.dglb.mapping.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.dglb.identity.HandshakeFailure;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Ping;
import net.dglb.mapping.wire.Role;
import net.dglb.mapping.wire.Welcome;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each refusal is told to the peer, and the server goes on serving others. */
class RefusalTest {

  private static final SessionSettings USUAL = SessionSettings.defaults();

  /** What it says is read at once here, but for what comes behind octets that are under way. */
  private static final SessionSettings LINGERS_BRIEFLY =
      new SessionSettings(
          USUAL.maxFrameBytes(),
          USUAL.maxQueuedBytes(),
          USUAL.handshakeTimeout(),
          USUAL.pingInterval(),
          Duration.ofMillis(100));

  @TempDir Path folder;
  private TestNetwork network;
  private MappingServer server;
  private final LoggedLines log = LoggedLines.of(Strangers.class);
  private final Recorder atServer = new Recorder();
  private final Recorder atClient = new Recorder();

  @BeforeEach
  void start() throws Exception {
    network = new TestNetwork(folder.resolve("ours"));
    server = network.server(atServer, LINGERS_BRIEFLY);
  }

  @AfterEach
  void othersAreServedStill() throws Exception {
    Recorder other = new Recorder();
    network.client("lb-other", other).setPeers(List.of(Peer.at(endpoint())));
    await("a session of another peer").until(() -> other.sessions.size() == 1);
    network.close();
    log.close();
  }

  @Test
  void refusesAGreetingWithTheIdOfAnotherNode() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.hello(RawPeer.goodHello("lb-2"));
    expect(peer, ErrorCode.ERROR_IDENTITY, "lb-2", "dglb://lb/lb-1");
  }

  @Test
  void refusesAGreetingWithAnotherRole() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.hello(RawPeer.goodHello("lb-1").setRole(Role.ROLE_BACKBONE));
    expect(peer, ErrorCode.ERROR_IDENTITY, "ROLE_BACKBONE");
  }

  @Test
  void refusesARoleThatDoesNotBelongHere() throws Exception {
    RawPeer peer =
        network.rawPeer(network.identity(NodeRole.MEASUREMENT_SERVICE, "m1"), endpoint());
    expect(peer, ErrorCode.ERROR_NOT_PERMITTED, "expected a node of role authority or lb");
  }

  @Test
  void refusesVersionsThatItDoesNotSpeak() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.hello(RawPeer.goodHello("lb-1").setVersionMin(2).setVersionMax(9));
    expect(peer, ErrorCode.ERROR_VERSION, "2 to 9");
  }

  @Test
  void acceptsARangeOfVersionsWithItsOwnInIt() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.hello(RawPeer.goodHello("lb-1").setVersionMax(9));
    await().until(peer::welcomed);
  }

  @Test
  void refusesALimitOfFramesThatIsTooSmallToBeUseful() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.hello(RawPeer.goodHello("lb-1").setMaxFrameBytes(100));
    expect(peer, ErrorCode.ERROR_INVALID, "max_frame_bytes: 100");
  }

  @Test
  void refusesGarbage() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.send(Buffer.buffer(new byte[] {0, 0, 0, 3, (byte) 0xff, (byte) 0xff, (byte) 0xff}));
    expect(peer, ErrorCode.ERROR_MALFORMED, "not a message of the mapping protocol");
  }

  @Test
  void refusesAnEmptyFrame() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.send(Buffer.buffer(new byte[4]));
    expect(peer, ErrorCode.ERROR_MALFORMED, "frame of 0 bytes");
  }

  @Test
  void refusesALargeFrameBeforeTheGreeting() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.send(Buffer.buffer(new byte[] {0, 0, 0x40, 1}));
    expect(peer, ErrorCode.ERROR_FRAME_TOO_LARGE, "16385", "16384");
  }

  @Test
  void refusesAnOversizedFrameInAnOpenSessionAlthoughItsBytesKeepComing() throws Exception {
    server = network.server(atServer);
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.hello(RawPeer.goodHello("lb-1"));
    await().until(peer::welcomed);
    peer.send(Buffer.buffer(new byte[] {0, 0x20, 0, 0}));
    peer.send(Buffer.buffer(new byte[2 * 1024 * 1024]));
    expect(peer, ErrorCode.ERROR_FRAME_TOO_LARGE, "2097152", "1048576");
    await().until(() -> atServer.reasons.size() == 1);
    assertThat(atServer.reasons.getFirst()).startsWith("ERROR_FRAME_TOO_LARGE: frame of 2097152");
    assertThat(server.counters().errorsOut(ErrorCode.ERROR_FRAME_TOO_LARGE)).isEqualTo(1);
  }

  @Test
  void refusesAnotherFirstFrameThanHello() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.send(Frame.newBuilder().setPing(Ping.getDefaultInstance()));
    expect(peer, ErrorCode.ERROR_MALFORMED, "PING before the Welcome");
  }

  @Test
  void refusesASecondHello() throws Exception {
    RawPeer peer = network.rawPeer(lb("lb-1"), endpoint());
    peer.hello(RawPeer.goodHello("lb-1"));
    await().until(peer::welcomed);
    peer.hello(RawPeer.goodHello("lb-1"));
    expect(peer, ErrorCode.ERROR_MALFORMED, "HELLO in an open session");
  }

  @Test
  void refusesMoreConnectionsThanAllowed() throws Exception {
    MappingServer small =
        network.server(new Recorder(), LINGERS_BRIEFLY, 1, Endpoint.parse("127.0.0.1:0"));
    RawPeer first = network.rawPeer(lb("lb-1"), small.endpoints().getFirst());
    first.hello(RawPeer.goodHello("lb-1"));
    await().until(first::welcomed);
    RawPeer second = network.rawPeer(lb("lb-2"), small.endpoints().getFirst());
    expect(second, ErrorCode.ERROR_TOO_MANY, "expected at most 1");
    first.close();
    await("room after the first has gone")
        .until(() -> {
          RawPeer third = network.rawPeer(lb("lb-3"), small.endpoints().getFirst());
          third.hello(RawPeer.goodHello("lb-3"));
          await().until(() -> third.welcomed() || third.error().getFatal());
          return third.welcomed();
        });
  }

  @Test
  void doesNotWaitForAGreetingForEver() throws Exception {
    MappingServer impatient =
        network.server(
            new Recorder(),
            LINGERS_BRIEFLY.withHandshakeTimeout(Duration.ofMillis(500)),
            10,
            Endpoint.parse("127.0.0.1:0"));
    RawPeer peer = network.rawPeer(lb("lb-1"), impatient.endpoints().getFirst());
    expect(peer, ErrorCode.ERROR_TIMEOUT, "no Hello within 500 ms");
  }

  @Test
  void aClientSaysThatTheServerIsOfAnotherNetwork() throws Exception {
    try (TestNetwork foreign =
        new TestNetwork(Files.createDirectories(folder.resolve("foreign")))) {
      MappingClient client = foreign.client("lb-1", atClient);
      client.setPeers(List.of(Peer.at(endpoint())));
      assertThat(TestNetwork.failure(client))
          .isEqualTo(
              endpoint()
                  + ": certificate of dglb://backbone/b1: not issued by this network's authority");
      assertThat(client.counters().opened()).isZero();
    }
    assertThat(atServer.events).isEmpty();
  }

  @Test
  void aForeignCertificateGetsNoSessionAndBothSidesAreToldWhy() throws Exception {
    try (TestNetwork foreign =
        new TestNetwork(Files.createDirectories(folder.resolve("foreign")))) {
      NodeIdentity stranger = foreign.identity(NodeRole.LOAD_BALANCER, "lb-1");
      NetClientOptions options = Tls.client(stranger, SessionSettings.defaults());
      options.setTrustAll(true).setTrustOptions(null);

      assertRefusedInTheHandshake(
          options, "TLS: the other side refuses this node's certificate (certificate_unknown)");
    }
    await()
        .untilAsserted(() ->
            assertThat(log.lines())
                .containsExactly(
                    "refused a TLS handshake: certificate of dglb://lb/lb-1: not issued by this"
                        + " network's authority"));
  }

  @Test
  void aPeerWithoutACertificateGetsNoSession() throws Exception {
    NetClientOptions options = Tls.client(lb("lb-1"), SessionSettings.defaults());
    options.setKeyCertOptions(null);
    assertRefusedInTheHandshake(
        options, "TLS: the other side refuses this node's certificate (certificate_required)");
  }

  @Test
  void anExpiredCertificateGetsNoSessionAndTheLogSaysSinceWhen() throws Exception {
    NetClientOptions options =
        Tls.client(lb("lb-1"), SessionSettings.defaults())
            .setKeyCertOptions(network.expired(NodeRole.LOAD_BALANCER, "lb-1"));
    assertRefusedInTheHandshake(options, "TLS: the other side refuses this node's certificate");
    await()
        .untilAsserted(() ->
            assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith(
                    "refused a TLS handshake: certificate of dglb://lb/lb-1: expired at 20"));
  }

  @Test
  void whoHangsUpDuringTheHandshakeIsLoggedInWords() throws Exception {
    new Socket(endpoint().address(), endpoint().port()).close();
    await().until(() -> !log.lines().isEmpty());
    assertThat(log.lines())
        .containsExactly("refused a TLS handshake: the connection ended before the handshake did");
    assertThat(server.counters().refusedHandshakes(HandshakeFailure.CLOSED)).isEqualTo(1);
  }

  @Test
  void strangersCannotFillTheLog() throws Exception {
    for (int i = 0; i < 5; i++) {
      NetClientOptions plain = new NetClientOptions();
      try (RawPeer peer = RawPeer.connect(network.vertx, plain, endpoint())) {
        peer.send(Buffer.buffer("GET / HTTP/1.0\r\n\r\n"));
        await().until(() -> peer.closed);
      }
    }
    await().until(() -> server.counters().refusedHandshakes(HandshakeFailure.PROTOCOL) == 5);
    assertThat(log.lines()).singleElement().asString().contains("not an SSL/TLS record");
  }

  @Test
  void tlsBefore13IsRefused() throws Exception {
    NetClientOptions options = Tls.client(lb("lb-1"), SessionSettings.defaults());
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.2"));
    Throwable failure = catchThrowable(() -> RawPeer.connect(network.vertx, options, endpoint()));
    assertThat(failure).hasStackTraceContaining("protocol_version");
  }

  @Test
  void aClientRefusesAServerOfAnotherProtocol() throws Exception {
    NodeIdentity backbone = network.identity(NodeRole.BACKBONE, "b7");
    NetServer other =
        TestNetwork.await(
            network
                .vertx
                .createNetServer(backbone.secure(new NetServerOptions()))
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1"));
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(Endpoint.parse("127.0.0.1:" + other.actualPort()))));
    assertThat(TestNetwork.failure(client)).contains("expected dglb-mapping/1");
    TestNetwork.await(other.close());
  }

  @Test
  void aClientRefusesAServerWithAnotherIdThanItWasToldToExpect() throws Exception {
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.of("b2", List.of(endpoint()))));
    assertThat(TestNetwork.failure(client)).contains("ERROR_IDENTITY", "expected id b2");
    assertThat(atServer.events).isEmpty();
  }

  @Test
  void aClientRefusesAServerOfAnotherRole() throws Exception {
    MappingServer lb =
        TestNetwork.await(
            MappingServer.listen(
                network.vertx,
                lb("lb-9"),
                ServerSettings.of(
                    List.of(Endpoint.parse("127.0.0.1:0")), Set.of(NodeRole.LOAD_BALANCER)),
                (peer, hello) -> Welcome.getDefaultInstance(),
                new Recorder(),
                network.control));
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(lb.endpoints().getFirst())));
    assertThat(TestNetwork.failure(client)).contains("role backbone");
    TestNetwork.await(client.close());
    TestNetwork.await(lb.close());
  }

  private void assertRefusedInTheHandshake(NetClientOptions options, String toldToThePeer) {
    try (RawPeer peer = RawPeer.connect(network.vertx, options, endpoint())) {
      peer.hello(RawPeer.goodHello("lb-1"));
      await("the end of the connection").until(() -> peer.closed);
      assertThat(peer.problem).startsWith(toldToThePeer);
      assertThat(peer.welcomed()).isFalse();
    }
    assertThat(atServer.events).isEmpty();
    await().until(() -> server.counters().refusedHandshakes(HandshakeFailure.CERTIFICATE) == 1);
  }

  private void expect(RawPeer peer, ErrorCode code, String... words) {
    await("the error").until(() -> peer.error().getFatal());
    assertThat(peer.error().getCode()).isEqualTo(code);
    assertThat(peer.error().getText()).contains(words);
    await("the end of the connection").until(() -> peer.closed);
  }

  private NodeIdentity lb(String id) throws Exception {
    return network.identity(NodeRole.LOAD_BALANCER, id);
  }

  private Endpoint endpoint() {
    return server.endpoints().getFirst();
  }
}
