package net.dglb.mapping.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.wire.AnnounceAck;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Load;
import net.dglb.mapping.wire.SignedSet;
import net.dglb.mapping.wire.SignedSets;
import net.dglb.mapping.wire.Version;
import net.dglb.mapping.wire.Welcome;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {

  @TempDir Path folder;
  private TestNetwork network;
  private final Recorder atServer = new Recorder();
  private final Recorder atClient = new Recorder();

  @BeforeEach
  void start() throws Exception {
    network = new TestNetwork(folder);
  }

  @AfterEach
  void stop() throws Exception {
    network.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:0", "[::1]:0"})
  void bothSidesGreetAndExchangeFrames(String endpoint) throws Exception {
    assumeTrue(
        NetworkInterface.getByInetAddress(Endpoint.parse(endpoint).address()) != null
            || endpoint.startsWith("127."),
        "no IPv6 loopback here");
    MappingServer server =
        network.server(atServer, SessionSettings.defaults(), 10, Endpoint.parse(endpoint));
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atServer.sessions.size() == 1 && atClient.sessions.size() == 1);

    atClient.session().send(ack(7));
    atServer.session().send(ack(8));
    await().until(() -> atServer.frames.size() == 1 && atClient.frames.size() == 1);

    assertThat(atServer.session().peer()).hasToString("dglb://lb/lb-1");
    assertThat(atClient.session().peer()).hasToString("dglb://backbone/b1");
    assertThat(atServer.session().hello().getSoftware()).isEqualTo("test-client");
    assertThat(atClient.session().hello().getSoftware()).isEqualTo("test-server");
    assertThat(atServer.frames).containsExactly(ack(7));
    assertThat(atClient.frames).containsExactly(ack(8));
    assertThat(atServer.session().remote()).isEqualTo(atClient.session().local());
    assertThat(client.peers().values()).allMatch(PeerState.Open.class::isInstance);
  }

  @Test
  void theWelcomeTellsTheHighestVersionStored() throws Exception {
    Version stored = Version.newBuilder().setGeneration(3).setCounter(14).build();
    MappingServer server =
        TestNetwork.await(
            MappingServer.listen(
                network.vertx,
                network.identity(NodeRole.BACKBONE, "b9"),
                ServerSettings.of(
                    List.of(Endpoint.parse("127.0.0.1:0")), Set.of(NodeRole.LOAD_BALANCER)),
                (peer, hello) -> Welcome.newBuilder().setHighestVersion(stored).build(),
                atServer,
                network.control));
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atClient.sessions.size() == 1);

    assertThat(atClient.session().hello().getHighestVersion()).isEqualTo(stored);
    TestNetwork.await(server.close());
  }

  @Test
  void theListenerIsCalledInOrderOnTheControlThreadOnly() throws Exception {
    MappingServer server = network.server(atServer);
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atClient.sessions.size() == 1);
    for (long i = 0; i < 1000; i++) {
      atClient.session().send(ack(i));
    }
    TestNetwork.await(client.close());
    await().until(() -> atServer.reasons.size() == 1);

    assertThat(atServer.frames.stream().map(frame -> frame.getAnnounceAck().getVersion()))
        .extracting(Version::getCounter)
        .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
    assertThat(atServer.events.getFirst()).isEqualTo("opened lb-1");
    assertThat(atServer.events.get(1001)).isEqualTo("closed lb-1");
    assertThat(atServer.threads).containsOnly("control");
    assertThat(atServer.reasons.getFirst()).isEqualTo("peer left: dglb://lb/lb-1 leaves");
  }

  @Test
  void connectsFromTheGivenLocalAddress() throws Exception {
    MappingServer server = network.server(atServer);
    MappingClient client =
        new MappingClient(
            network.vertx,
            network.identity(NodeRole.LOAD_BALANCER, "lb-1"),
            ClientSettings.of(
                List.of(InetAddress.ofLiteral("127.0.0.77")), Set.of(NodeRole.BACKBONE)),
            Hello::getDefaultInstance,
            atClient,
            network.control,
            new Random(1));
    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atServer.sessions.size() == 1);

    assertThat(atServer.session().remote().address()).hasToString("/127.0.0.77");
    TestNetwork.await(client.close());
  }

  @Test
  void connectsAnewByOtherSettings() throws Exception {
    MappingServer server = network.server(atServer);
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atServer.sessions.size() == 1);

    client.use(
        ClientSettings.of(List.of(InetAddress.ofLiteral("127.0.0.77")), Set.of(NodeRole.BACKBONE)));

    await().until(() -> atServer.sessions.size() == 2);
    assertThat(atServer.sessions.getLast().remote().address()).hasToString("/127.0.0.77");
    await().until(() -> client.sessions().size() == 1);
    TestNetwork.await(client.close());
  }

  @Test
  void listensElsewhereAndEndsTheSessionsOfEndpointsThatItLeaves() throws Exception {
    MappingServer server = network.server(atServer);
    Endpoint before = server.endpoints().getFirst();
    Endpoint wanted = Endpoint.parse("127.0.0.2:0");
    TestNetwork.await(server.use(listening(Endpoint.parse("127.0.0.1:0"), wanted)));
    assertThat(server.endpoints()).hasSize(2).first().isEqualTo(before);
    Endpoint after = server.endpoints().getLast();
    MappingClient stays = network.client("lb-1", atClient);
    stays.setPeers(List.of(Peer.at(after)));
    Recorder atOther = new Recorder();
    MappingClient goes = network.client("lb-2", atOther);
    goes.setPeers(List.of(Peer.at(before)));
    await().until(() -> atServer.sessions.size() == 2);

    TestNetwork.await(server.use(listening(wanted)));

    assertThat(server.endpoints()).containsExactly(after);
    await().until(() -> atOther.reasons.size() == 1);
    assertThat(atOther.reasons.getFirst()).contains("listens elsewhere");
    await().untilAsserted(() -> BindFailure.probe("TCP", before));
    atClient.session().send(ack(7));
    await().until(() -> atServer.frames.contains(ack(7)));
    TestNetwork.await(stays.close());
    TestNetwork.await(goes.close());
  }

  private static ServerSettings listening(Endpoint... endpoints) {
    return ServerSettings.of(List.of(endpoints), Set.of(NodeRole.LOAD_BALANCER));
  }

  @Test
  void anEndpointThatIsTakenChangesNothing() throws Exception {
    MappingServer server = network.server(atServer);
    Endpoint before = server.endpoints().getFirst();
    Endpoint taken = network.server(new Recorder()).endpoints().getFirst();

    assertThatThrownBy(() ->
            TestNetwork.await(
                server.use(
                    ServerSettings.of(
                        List.of(Endpoint.parse("127.0.0.2:0"), taken),
                        Set.of(NodeRole.LOAD_BALANCER)))))
        .hasMessageContaining("cannot listen on " + taken);

    assertThat(server.endpoints()).containsExactly(before);
  }

  @Test
  void aFrameWithAnUnknownMessageIsIgnoredAndCounted() throws Exception {
    MappingServer server = network.server(atServer);
    RawPeer peer = network.rawPeer(lb("lb-1"), server.endpoints().getFirst());
    UnknownFieldSet.Field later =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8("of a later version"))
            .build();
    Frame.Builder unknown =
        Frame.newBuilder()
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(900, later).build());
    peer.send(unknown);
    peer.hello(RawPeer.goodHello("lb-1").addCapabilities("something-new"));
    await().until(peer::welcomed);
    peer.send(unknown);
    peer.send(ack(1).toBuilder());
    await().until(() -> atServer.frames.size() == 1);

    assertThat(server.counters().unknownFrames()).isEqualTo(1);
    assertThat(atServer.session().isOpen()).isTrue();
  }

  @Test
  void aNewerSessionOfTheSamePeerReplacesTheOlder() throws Exception {
    MappingServer server = network.server(atServer);
    RawPeer older = network.rawPeer(lb("lb-1"), server.endpoints().getFirst());
    older.hello(RawPeer.goodHello("lb-1"));
    await().until(older::welcomed);
    RawPeer newer = network.rawPeer(lb("lb-1"), server.endpoints().getFirst());
    newer.hello(RawPeer.goodHello("lb-1"));
    await().until(newer::welcomed);
    await().until(() -> older.error().getFatal());

    assertThat(older.error().getCode()).isEqualTo(ErrorCode.ERROR_REPLACED);
    assertThat(atServer.events).containsExactly("opened lb-1", "closed lb-1", "opened lb-1");
    assertThat(server.sessions()).hasSize(1);
    assertThat(server.sessions().getFirst().isOpen()).isTrue();
  }

  @Test
  void aSilentPeerIsTakenForDeadAndToldSo() throws Exception {
    MappingServer server =
        network.server(
            atServer,
            SessionSettings.defaults().withPingInterval(Duration.ofMillis(20)),
            10,
            Endpoint.parse("127.0.0.1:0"));
    RawPeer silent = network.rawPeer(lb("lb-1"), server.endpoints().getFirst());
    silent.hello(RawPeer.goodHello("lb-1"));
    await().until(() -> silent.error().getFatal());

    assertThat(silent.error().getCode()).isEqualTo(ErrorCode.ERROR_TIMEOUT);
    assertThat(silent.frames.stream().filter(Frame::hasPing).count()).isEqualTo(3);
    await().until(() -> atServer.reasons.size() == 1);
    assertThat(atServer.reasons.getFirst()).contains("nothing heard for 3 pings of 20 ms");
  }

  @Test
  void pingsKeepAQuietSessionAlive() throws Exception {
    SessionSettings often = SessionSettings.defaults().withPingInterval(Duration.ofMillis(500));
    MappingServer server = network.server(atServer, often, 10, Endpoint.parse("127.0.0.1:0"));
    MappingClient client = network.client(lb("lb-1"), atClient, often);
    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> server.counters().framesIn() > 10 && client.counters().framesIn() > 10);

    assertThat(atServer.events).containsExactly("opened lb-1");
    assertThat(atClient.events).containsExactly("opened b1");
  }

  /** What may wait is more than the systems of both sides take over. */
  @Test
  void aPeerThatDoesNotReadIsClosedAsSlowAndMakesRoomForOthers() throws Exception {
    MappingServer server =
        network.server(
            atServer,
            SessionSettings.defaults().withSizes(64 * 1024, 32 << 20),
            1,
            Endpoint.parse("127.0.0.1:0"));
    RawPeer slow = network.rawPeer(lb("lb-1"), server.endpoints().getFirst());
    slow.hello(RawPeer.goodHello("lb-1"));
    await().until(slow::welcomed);
    slow.socket.pause();
    Session session = atServer.session();
    Frame large = sized(60 * 1024);
    await()
        .until(() -> {
          for (int i = 0; i < 50; i++) {
            session.send(large);
          }
          return !session.isOpen();
        });
    await().until(() -> atServer.reasons.size() == 1);
    assertThat(atServer.reasons.getFirst()).contains("ERROR_SLOW_READER");
    assertThat(server.counters().errorsOut(ErrorCode.ERROR_SLOW_READER)).isEqualTo(1);

    network.client("lb-2", atClient).setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atClient.sessions.size() == 1);
  }

  @Test
  void aFrameLargerThanThePeerAcceptsIsRefusedBeforeItIsSent() throws Exception {
    MappingServer server = network.server(atServer);
    RawPeer peer = network.rawPeer(lb("lb-1"), server.endpoints().getFirst());
    peer.hello(RawPeer.goodHello("lb-1").setMaxFrameBytes(20_000));
    await().until(peer::welcomed);

    assertThatThrownBy(() -> atServer.session().send(sized(20_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at most 20000, as dglb://lb/lb-1 asked");
    assertThat(atServer.session().isOpen()).isTrue();
  }

  @Test
  void aListenerThatFailsCostsOneFrameOnly() throws Exception {
    Recorder faulty = new Recorder();
    MappingServer server =
        TestNetwork.await(
            MappingServer.listen(
                network.vertx,
                network.identity(NodeRole.BACKBONE, "b2"),
                ServerSettings.of(
                    List.of(Endpoint.parse("127.0.0.1:0")), Set.of(NodeRole.LOAD_BALANCER)),
                (peer, hello) -> Welcome.getDefaultInstance(),
                new FailsAtLoad(faulty),
                network.control));
    RawPeer peer = network.rawPeer(lb("lb-1"), server.endpoints().getFirst());
    peer.hello(RawPeer.goodHello("lb-1"));
    peer.frames.clear();
    await().until(() -> faulty.sessions.size() == 1);
    peer.send(Frame.newBuilder().setCorrelation(5).setLoad(Load.getDefaultInstance()));
    peer.send(ack(1).toBuilder());
    await().until(() -> faulty.frames.size() == 1);
    await().until(() -> peer.error().getCode() == ErrorCode.ERROR_UNAVAILABLE);

    assertThat(peer.error().getFatal()).isFalse();
    assertThat(faulty.session().isOpen()).isTrue();
    TestNetwork.await(server.close());
  }

  private record FailsAtLoad(Recorder next) implements SessionListener {

    @Override
    public void opened(Session session) {
      next.opened(session);
    }

    @Override
    public void received(Session session, Frame frame) {
      if (frame.hasLoad()) {
        throw new IllegalStateException("a fault on purpose");
      }
      next.received(session, frame);
    }

    @Override
    public void closed(Session session, String why) {
      next.closed(session, why);
    }
  }

  private net.dglb.identity.NodeIdentity lb(String id) throws Exception {
    return network.identity(NodeRole.LOAD_BALANCER, id);
  }

  private static Frame ack(long counter) {
    return Frame.newBuilder()
        .setAnnounceAck(
            AnnounceAck.newBuilder().setVersion(Version.newBuilder().setCounter(counter)))
        .build();
  }

  private static Frame sized(int bytes) {
    return Frame.newBuilder()
        .setSignedSets(
            SignedSets.newBuilder()
                .addSets(SignedSet.newBuilder().addData(ByteString.copyFrom(new byte[bytes]))))
        .build();
  }
}
