package net.dglb.mapping.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconnectionTest {

  private static final Endpoint ANY = Endpoint.parse("127.0.0.1:0");

  /** Nobody else's: a client that connects again and again takes ports of 127.0.0.1. */
  private static final Endpoint OWN = Endpoint.parse("127.0.77.13:0");

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

  @Test
  void connectsAgainAfterTheServerCameBack() throws Exception {
    MappingServer server = network.server(atServer, SessionSettings.defaults(), 10, OWN);
    Endpoint endpoint = server.endpoints().getFirst();
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(endpoint)));
    await().until(() -> atClient.sessions.size() == 1);

    TestNetwork.await(server.close());
    await().until(() -> atClient.reasons.size() == 1);
    assertThat(atClient.reasons.getFirst()).isEqualTo("peer left: dglb://backbone/b1 stops");
    await().until(() -> TestNetwork.waitingReason(client).orElse("").contains("refused"));

    network.server(atServer, SessionSettings.defaults(), 10, endpoint);
    await().until(() -> atClient.sessions.size() == 2);
    assertThat(atClient.events).containsExactly("opened b1", "closed b1", "opened b1");
  }

  @Test
  void connectsAgainAfterTheServerRefusedTheSession() throws Exception {
    MappingServer server = network.server(atServer);
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atServer.sessions.size() == 1);
    atServer.session().close(ErrorCode.ERROR_UNAVAILABLE, "come back later");
    await().until(() -> atClient.sessions.size() == 2);
    assertThat(atClient.reasons).containsExactly("peer says ERROR_UNAVAILABLE: come back later");
    assertThat(client.counters().errorsIn(ErrorCode.ERROR_UNAVAILABLE)).isEqualTo(1);
  }

  @Test
  void triesTheEndpointsOfAPeerInTurn() throws Exception {
    MappingServer gone = network.server(new Recorder(), SessionSettings.defaults(), 10, OWN);
    Endpoint dead = gone.endpoints().getFirst();
    TestNetwork.await(gone.close());
    MappingServer server = network.server(atServer);
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.of("b1", List.of(dead, server.endpoints().getFirst()))));
    await().until(() -> atClient.sessions.size() == 1);
  }

  @Test
  void peersAreAddedAndRemovedAtRunTimeWithoutTouchingTheOthers() throws Exception {
    MappingServer first = network.server(atServer);
    Recorder atSecond = new Recorder();
    MappingServer second = secondServer(atSecond);
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(first.endpoints().getFirst())));
    await().until(() -> atServer.sessions.size() == 1);

    client.setPeers(
        List.of(Peer.of("b1", first.endpoints()), Peer.at(second.endpoints().getFirst())));
    await().until(() -> atSecond.sessions.size() == 1);
    assertThat(atServer.events).containsExactly("opened lb-1");

    client.setPeers(List.of(Peer.at(second.endpoints().getFirst())));
    await().until(() -> atServer.reasons.size() == 1);
    assertThat(atServer.reasons.getFirst()).isEqualTo("peer left: dglb://lb/lb-1 leaves");
    assertThat(atSecond.session().isOpen()).isTrue();
    await().until(() -> client.sessions().size() == 1);
  }

  @Test
  void oneNodeReachedByTwoEndpointsKeepsOneSession() throws Exception {
    MappingServer server =
        network.server(
            atServer, SessionSettings.defaults(), 10, ANY, Endpoint.parse("127.0.0.2:0"));
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(server.endpoints().stream().map(Peer::at).toList());
    await().until(() -> waitsForTheOther(client));

    assertThat(client.sessions()).hasSize(1);
    assertThat(client.sessions().getFirst().isOpen()).isTrue();
  }

  @Test
  void aConfiguredEndpointOfANodeThatIsKnownByItsIdMakesNoSessionOfItsOwn() throws Exception {
    MappingServer server = network.server(atServer);
    MappingClient client = network.client("lb-1", atClient);
    Peer configured = Peer.at(server.endpoints().getFirst());
    client.setPeers(List.of(configured));
    await().until(() -> atServer.sessions.size() == 1);

    client.setPeers(List.of(configured, Peer.of("b1", server.endpoints())));
    await().until(() -> client.peers().keySet().equals(Set.of(Peer.of("b1", server.endpoints()))));
    assertThat(atServer.events).containsExactly("opened lb-1");
    assertThat(client.sessions()).hasSize(1);
  }

  @Test
  void aClosedClientConnectsNoMore() throws Exception {
    MappingServer server = network.server(atServer);
    MappingClient client = network.client("lb-1", atClient);
    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atServer.sessions.size() == 1);
    TestNetwork.await(client.close());
    await().until(() -> atServer.reasons.size() == 1 && client.peers().isEmpty());

    client.setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    network
        .client("lb-2", new Recorder())
        .setPeers(List.of(Peer.at(server.endpoints().getFirst())));
    await().until(() -> atServer.sessions.size() == 2);
    assertThat(atServer.events).containsExactly("opened lb-1", "closed lb-1", "opened lb-2");
    assertThat(client.peers()).isEmpty();
  }

  private static boolean waitsForTheOther(MappingClient client) {
    return TestNetwork.waitingReason(client)
        .filter(why -> why.contains("there is a session to dglb://backbone/b1 already"))
        .isPresent();
  }

  private MappingServer secondServer(Recorder listener) throws Exception {
    return TestNetwork.await(
        MappingServer.listen(
            network.vertx,
            network.identity(net.dglb.identity.NodeRole.BACKBONE, "b2"),
            ServerSettings.of(
                List.of(ANY), java.util.Set.of(net.dglb.identity.NodeRole.LOAD_BALANCER)),
            (peer, hello) -> net.dglb.mapping.wire.Welcome.getDefaultInstance(),
            listener,
            network.control));
  }
}
