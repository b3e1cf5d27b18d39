package net.dglb.mapping.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.dglb.identity.IdentityException;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Welcome;
import net.dglb.net.Endpoint;
import net.dglb.time.BackoffSettings;
import net.dglb.time.ControlThread;
import org.awaitility.Awaitility;

/** A network authority in a temporary folder, and nodes of it on the loopback addresses. */
final class TestNetwork implements AutoCloseable {

  static {
    // Costs nothing where all goes well, and a busy machine may take longer than the usual 10 s.
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  static final Duration DAY = Duration.ofDays(1);
  static final BackoffSettings QUICK =
      new BackoffSettings(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofSeconds(10));

  final Vertx vertx = Vertx.vertx();
  final ControlThread control = new ControlThread("control");
  private final Path folder;
  private final NetworkAuthority authority;
  private final Deque<Runnable> open = new ArrayDeque<>();
  private int issued;

  TestNetwork(Path folder) throws IdentityException {
    this.folder = folder;
    this.authority =
        NetworkAuthority.create(folder.resolve("authority"), "test", DAY, Instant.now());
  }

  NodeIdentity identity(NodeRole role, String id) throws IdentityException, IOException {
    issued++;
    Path into = Files.createDirectories(folder.resolve("node" + issued));
    Instant now = Instant.now();
    return NodeIdentity.load(
        authority.issue(new PeerIdentity(role, id), List.of(), DAY, now, into), now);
  }

  /** What a node shows whose certificate ended yesterday. */
  KeyCertOptions expired(NodeRole role, String id) throws IdentityException {
    IdentityFiles files =
        authority.issue(
            new PeerIdentity(role, id),
            List.of(),
            DAY,
            Instant.now().minus(DAY.multipliedBy(2)),
            folder);
    return new PemKeyCertOptions()
        .setCertPath(files.certificate().toString())
        .setKeyPath(files.key().toString());
  }

  MappingServer server(Recorder listener) throws Exception {
    return server(listener, SessionSettings.defaults());
  }

  MappingServer server(Recorder listener, SessionSettings settings) throws Exception {
    return server(listener, settings, 100, Endpoint.parse("127.0.0.1:0"));
  }

  MappingServer server(
      Recorder listener, SessionSettings settings, int maxConnections, Endpoint... endpoints)
      throws Exception {
    MappingServer server =
        await(
            MappingServer.listen(
                vertx,
                identity(NodeRole.BACKBONE, "b1"),
                new ServerSettings(
                    List.of(endpoints),
                    Set.of(NodeRole.LOAD_BALANCER, NodeRole.AUTHORITY),
                    maxConnections,
                    settings),
                (peer, hello) -> Welcome.newBuilder().setSoftware("test-server").build(),
                listener,
                control));
    open.push(() -> await(server.close()));
    return server;
  }

  MappingClient client(String id, Recorder listener) throws Exception {
    return client(identity(NodeRole.LOAD_BALANCER, id), listener, SessionSettings.defaults());
  }

  MappingClient client(NodeIdentity identity, Recorder listener, SessionSettings settings) {
    MappingClient client =
        new MappingClient(
            vertx,
            identity,
            new ClientSettings(List.of(), Set.of(NodeRole.BACKBONE), settings, QUICK),
            () -> Hello.newBuilder().setSoftware("test-client").build(),
            listener,
            control,
            new Random(1));
    open.push(() -> await(client.close()));
    return client;
  }

  RawPeer rawPeer(NodeIdentity identity, Endpoint server) {
    RawPeer peer = RawPeer.connect(vertx, Tls.client(identity, SessionSettings.defaults()), server);
    open.push(peer::close);
    return peer;
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  static Optional<String> waitingReason(MappingClient client) {
    return client.peers().values().stream()
        .filter(PeerState.Waiting.class::isInstance)
        .map(state -> ((PeerState.Waiting) state).why())
        .findFirst();
  }

  /** Why the client's one peer is not connected; waits for an attempt to have failed. */
  static String failure(MappingClient client) {
    return Awaitility.await().until(() -> waitingReason(client), Optional::isPresent).orElseThrow();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
    await(vertx.close());
    control.close();
  }
}
