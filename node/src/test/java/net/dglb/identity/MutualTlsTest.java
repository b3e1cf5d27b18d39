package net.dglb.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
    NetSocket socket = await(connect(client));
    assertThat(callerOf(socket)).isEqualTo("dglb://backbone/b-1");
    assertThat(socket.sslSession().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(await(firstWords(socket))).isEqualTo("dglb://lb/lb-1");
  }

  @Test
  void aNodeOfAnotherNetworkIsRefused() throws Exception {
    NetworkAuthority foreign =
        NetworkAuthority.create(foreignFolder, "test", Duration.ofDays(10), now);
    NodeIdentity stranger = identity(foreign, NodeRole.LOAD_BALANCER, "lb-1", foreignFolder);
    assertThatThrownBy(() -> await(connect(stranger).compose(this::firstWords)))
        .hasStackTraceContaining("SSL");
  }

  @Test
  void aClientWithoutACertificateIsRefused() {
    NetClientOptions bare =
        new NetClientOptions()
            .setSsl(true)
            .setTrustOptions(server.trustOptions())
            .setHostnameVerificationAlgorithm("");
    assertThatThrownBy(() ->
            await(vertx.createNetClient(bare).connect(port, "127.0.0.1").compose(this::firstWords)))
        .isNotNull();
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
    NetSocket socket = await(connect(client));
    X509Certificate shown = (X509Certificate) socket.peerCertificates().getFirst();
    assertThat(shown.getNotAfter().toInstant()).isEqualTo(server.expires());
  }

  private Future<NetSocket> connect(NodeIdentity client) {
    return vertx.createNetClient(client.secure(new NetClientOptions())).connect(port, "127.0.0.1");
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
      return PeerIdentity.of((X509Certificate) socket.peerCertificates().getFirst()).toString();
    } catch (SSLPeerUnverifiedException | IdentityException e) {
      return e.toString();
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
