package net.dglb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes on loopback, so the certificates are valid at the system's time. */
class MutualTlsTest {

  private final Vertx vertx = Vertx.vertx();
  private final Instant now = Instant.now();
  private final List<NetClient> clients = new ArrayList<>();

  @TempDir Path folder;
  @TempDir Path foreignFolder;

  private NetworkAuthority authority;
  private NodeIdentity server;
  private int port;

  @BeforeEach
  void listen() throws Exception {
    authority = NetworkAuthority.create(folder, "test", Duration.ofDays(10), now);
    server = identity(authority, NodeRole.BACKBONE, "b-1", folder);
    NetServer listening =
        vertx
            .createNetServer(server.secure(new NetServerOptions()))
            .connectHandler(socket -> socket.write(callerOf(socket)));
    port = await(listening.listen(0, "127.0.0.1")).actualPort();
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void bothSidesLearnWhoTheOtherIs() throws Exception {
    NodeIdentity client = identity(authority, NodeRole.LOAD_BALANCER, "lb-1", folder);
    Meeting meeting = await(meet(client));
    assertThat(PeerIdentity.of(meeting.shown())).hasToString("dglb://backbone/b-1");
    assertThat(meeting.protocol()).isEqualTo("TLSv1.3");
    assertThat(meeting.words()).isEqualTo("dglb://lb/lb-1");
  }

  @Test
  void aNodeOfAnotherNetworkIsRefused() throws Exception {
    NetworkAuthority foreign =
        NetworkAuthority.create(foreignFolder, "test", Duration.ofDays(10), now);
    NodeIdentity stranger = identity(foreign, NodeRole.LOAD_BALANCER, "lb-1", foreignFolder);
    assertThatThrownBy(() -> await(meet(stranger))).hasStackTraceContaining("SSL");
  }

  @Test
  void aClientWithoutACertificateIsRefused() {
    NetClientOptions bare =
        new NetClientOptions()
            .setSsl(true)
            .setTrustOptions(server.trustOptions())
            .setHostnameVerificationAlgorithm("");
    assertThatThrownBy(() -> await(connect(bare).compose(this::firstWords))).isNotNull();
  }

  @Test
  void aServerShowsItsRenewedCertificateWithoutANewListener() throws Exception {
    IdentityFiles renewed =
        authority.issue(server.self(), List.of(), Duration.ofDays(5), now, foreignFolder);
    Files.move(
        renewed.certificate(), server.files().certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(renewed.key(), server.files().key(), StandardCopyOption.REPLACE_EXISTING);
    server.reload(now);
    NodeIdentity client = identity(authority, NodeRole.LOAD_BALANCER, "lb-1", folder);
    assertThat(await(meet(client)).shown().getNotAfter().toInstant()).isEqualTo(server.expires());
  }

  /** What a client saw of the server, and what the server said of the client. */
  private record Meeting(X509Certificate shown, String protocol, String words) {}

  /** Looks at the socket on its own event loop, so before its connection can have ended. */
  private Future<Meeting> meet(NodeIdentity client) {
    return connect(client.secure(new NetClientOptions()))
        .compose(socket -> {
          X509Certificate shown = certificateOf(socket);
          String protocol = socket.sslSession().getProtocol();
          return firstWords(socket).map(words -> new Meeting(shown, protocol, words));
        });
  }

  /** Holds the client: Vert.x closes the connections of one that nobody refers to any more. */
  private Future<NetSocket> connect(NetClientOptions options) {
    NetClient client = vertx.createNetClient(options);
    clients.add(client);
    return client.connect(port, "127.0.0.1");
  }

  /**
   * What the server says first; fails if it closes instead, as TLS 1.3 refuses after connecting.
   */
  private Future<String> firstWords(NetSocket socket) {
    Promise<String> words = Promise.promise();
    socket.handler(buffer -> words.tryComplete(buffer.toString()));
    socket.exceptionHandler(words::tryFail);
    socket.closeHandler(nothing -> words.tryFail("SSL connection closed"));
    return words.future();
  }

  private static String callerOf(NetSocket socket) {
    try {
      return PeerIdentity.of(certificateOf(socket)).toString();
    } catch (IdentityException e) {
      return e.toString();
    }
  }

  private static X509Certificate certificateOf(NetSocket socket) {
    try {
      return (X509Certificate) socket.peerCertificates().getFirst();
    } catch (SSLPeerUnverifiedException e) {
      throw new AssertionError(e);
    }
  }

  private NodeIdentity identity(NetworkAuthority issuer, NodeRole role, String id, Path into)
      throws IdentityException {
    PeerIdentity who = new PeerIdentity(role, id);
    return NodeIdentity.load(issuer.issue(who, List.of(), Duration.ofDays(1), now, into), now);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
