package net.dglb.dns.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static net.dglb.identity.HandshakeFailure.CLOSED;
import static net.dglb.identity.HandshakeFailure.PROTOCOL;
import static net.dglb.identity.HandshakeFailure.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import net.dglb.identity.HandshakeFailure;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class TlsTest {

  private static final List<Endpoint> LISTEN = List.of(Endpoint.parse("127.0.0.1:0"));
  private static final int TIMEOUT_MILLIS = 20_000;

  @TempDir Path folder = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private IdentityFiles files = new IdentityFiles(folder, folder, folder);

  @BeforeEach
  void issueACertificate() throws Exception {
    NetworkAuthority authority =
        NetworkAuthority.create(
            folder.resolve("network"), "test", Duration.ofDays(1), Instant.now());
    files =
        authority.issue(
            new PeerIdentity(NodeRole.AUTHORITY, "dns"),
            List.of(),
            Duration.ofDays(1),
            Instant.now(),
            folder);
  }

  @AfterEach
  void closeVertx() {
    vertx.close().await();
  }

  private DnsServer start(Path certificate) throws IOException {
    return start(certificate, TcpLimits.DEFAULT);
  }

  private DnsServer start(Path certificate, TcpLimits limits) throws IOException {
    return start(certificate, limits, null);
  }

  private DnsServer start(Path certificate, TcpLimits limits, @Nullable SlowPath slowPath)
      throws IOException {
    Catalog catalog =
        Catalog.of(
            List.of(
                Asked.zone(
                    "example.test",
                    "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww 60 A 192.0.2.1\nlong 60 TXT"
                        + (" " + "x".repeat(250)).repeat(200))));
    return DnsServer.start(
        vertx,
        LISTEN,
        settings(certificate, limits),
        new Published<>(catalog),
        Optional.ofNullable(slowPath));
  }

  private DnsServerSettings settings(Path certificate, TcpLimits limits) {
    return DnsServerSettings.DEFAULT
        .withTcp(limits)
        .withTls(new TlsSettings(0, certificate, files.key()));
  }

  private SSLSocket connect(Endpoint server) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    try (InputStream in = Files.newInputStream(files.authority())) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.address(), server.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  @Test
  void answersPipelinedQueriesOverTls() throws Exception {
    try (DnsServer server = start(files.certificate());
        Socket socket = connect(server.tlsAddresses().getFirst())) {
      Message one = Asked.query("www.example.test", "A");
      Message other = Asked.query("example.test", "SOA");
      socket.getOutputStream().write(TcpClient.frame(one, other));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (Message query : List.of(one, other)) {
        byte[] answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        assertThat(new Message(answer).getHeader().getID()).isEqualTo(query.getHeader().getID());
        assertThat(new Message(answer).getSection(Section.ANSWER)).hasSize(1);
      }
      assertThat(server.counters().queriesByTransport()).containsEntry("tls", 2L);
    }
  }

  @Test
  void whoNeverEndsAHandshakeIsCountedLikeEveryConnection() throws Exception {
    TcpLimits two = new TcpLimits(10, 2, Duration.ofMinutes(1));
    try (DnsServer server = start(files.certificate(), two);
        Socket other = open(server)) {
      try (Socket silent = open(server);
          Socket third = open(server)) {
        assertThat(third.getInputStream().read()).as("closed at once").isEqualTo(-1);
        assertThat(server.counters().tcpRefused()).isEqualTo(1);
        assertThat(silent.isConnected()).isTrue();
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> answers(server));
      assertThat(other.isConnected()).isTrue();
    }
  }

  @Test
  void aSlowHandshakeIsGivenUp() throws Exception {
    TcpLimits brief = new TcpLimits(10, 10, Duration.ofMillis(200));
    try (DnsServer server = start(files.certificate(), brief);
        Socket slow = open(server)) {
      slow.getOutputStream().write(new byte[] {22, 3, 1, 2, 0}); // a record that never comes
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
      server.use(LISTEN, settings(files.certificate(), TcpLimits.DEFAULT));
      assertThat(answers(server)).isTrue();
      assertThat(server.counters().handshakesRefused()).isEqualTo(refused(TIMEOUT));
    }
  }

  /** TLS 1.3 closes each direction on its own (RFC 8446 section 6.1). */
  @Test
  void whoSaysThatItSendsNoMoreGetsItsAnswersAndThenTheEnd() throws Exception {
    BlockingQueue<SlowPath.Request> slow = new LinkedBlockingQueue<>();
    try (DnsServer server = start(files.certificate(), TcpLimits.DEFAULT, slow::add);
        SSLSocket socket = connect(server.tlsAddresses().getFirst())) {
      socket
          .getOutputStream()
          .write(
              TcpClient.frame(
                  Asked.query("example.test", "AXFR"), Asked.query("www.example.test", "A")));
      socket.shutdownOutput();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertThat(receive(in).getSection(Section.ANSWER)).hasSize(1);
      assertThat(answers(server)).as("the end was seen meanwhile").isTrue();
      SlowPath.Request request = slow.take();
      for (int i = 0; i < 100; i++) {
        request.replies().send(request.octets());
      }
      request.replies().end(request.octets());
      for (int i = 0; i <= 100; i++) {
        assertThat(receive(in).getQuestion().getType()).isEqualTo(Type.AXFR);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  /** There the end of one direction is the end of both (RFC 5246 section 7.2.1). */
  @Test
  void overAnOldVersionTheConnectionEndsForBoth() throws Exception {
    BlockingQueue<SlowPath.Request> slow = new LinkedBlockingQueue<>();
    TcpLimits one = new TcpLimits(1, 1, Duration.ofMinutes(1));
    try (DnsServer server = start(files.certificate(), one, slow::add)) {
      try (SSLSocket socket = connect(server.tlsAddresses().getFirst())) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.getOutputStream().write(TcpClient.frame(Asked.query("example.test", "AXFR")));
        SlowPath.Request request = slow.take();
        socket.shutdownOutput();
        request.replies().end(request.octets());
        socket.getInputStream().readAllBytes();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> answers(server));
    }
  }

  @Test
  void whoeverReadsNothingIsCutOffAfterTheIdleTimeout() throws Exception {
    try (DnsServer server = start(files.certificate(), new TcpLimits(1, 1, Duration.ofMinutes(1)));
        SSLSocket socket = connect(server.tlsAddresses().getFirst())) {
      Message[] queries = new Message[300];
      Arrays.setAll(queries, _ -> Asked.query("long.example.test", "TXT"));
      socket.getOutputStream().write(TcpClient.frame(queries));
      TcpLimits brief = new TcpLimits(1, 1, Duration.ofSeconds(1));
      server.use(LISTEN, settings(files.certificate(), brief));
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> answers(server));
    }
  }

  private static Message receive(DataInputStream in) throws IOException {
    byte[] answer = new byte[in.readUnsignedShort()];
    in.readFully(answer);
    return new Message(answer);
  }

  @Test
  void aClientThatBeginsAnotherHandshakeOnItsConnectionLosesIt() throws Exception {
    try (DnsServer server = start(files.certificate());
        SSLSocket socket = connect(server.tlsAddresses().getFirst())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      socket.getSession().invalidate(); // so that the next one is a whole one
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getInputStream().read();
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      assertThat(answers(server)).isTrue();
    }
  }

  @Test
  void whatIsNoHandshakeEndsItsConnectionAlone() throws Exception {
    try (DnsServer server = start(files.certificate());
        Socket plain = open(server)) {
      plain.getOutputStream().write(TcpClient.frame(Asked.query("www.example.test", "A")));
      byte[] told = plain.getInputStream().readAllBytes();
      assertThat(told.length).as("an alert, or nothing").isLessThan(12);
      assertThat(answers(server)).isTrue();
      assertThat(server.counters().handshakesRefused()).isEqualTo(refused(PROTOCOL));
    }
  }

  @Test
  void whoGoesAwayDuringTheHandshakeIsCounted() throws Exception {
    try (DnsServer server = start(files.certificate())) {
      open(server).close();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(server.counters().handshakesRefused()).isEqualTo(refused(CLOSED)));
      assertThat(answers(server)).isTrue();
      assertThat(server.counters().handshakesRefused()).isEqualTo(refused(CLOSED));
    }
  }

  /** One handshake refused for this reason, none for any other. */
  private static Map<String, Long> refused(HandshakeFailure why) {
    return Stream.of(HandshakeFailure.values())
        .collect(Collectors.toMap(HandshakeFailure::word, it -> it == why ? 1L : 0L));
  }

  private static Socket open(DnsServer server) throws IOException {
    Endpoint address = server.tlsAddresses().getFirst();
    Socket socket = new Socket(address.address(), address.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private boolean answers(DnsServer server) throws Exception {
    try (Socket socket = connect(server.tlsAddresses().getFirst())) {
      socket.getOutputStream().write(TcpClient.frame(Asked.query("www.example.test", "A")));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      return receive(in).getSection(Section.ANSWER).size() == 1;
    }
  }

  @Test
  void saysWhichCertificateCannotBeUsed() throws Exception {
    Path scrap = Files.writeString(folder.resolve("scrap.pem"), "not a certificate");
    assertThatThrownBy(() -> start(scrap).close())
        .isInstanceOf(IOException.class)
        .hasMessage(scrap + ": not a certificate in PEM");
  }

  @Test
  void satisfiesKdig() throws Exception {
    Path kdig = Path.of("/usr/bin/kdig");
    assumeTrue(Files.isExecutable(kdig), "skipped: kdig is not installed (package knot-dnsutils)");
    try (DnsServer server = start(files.certificate())) {
      Endpoint address = server.tlsAddresses().getFirst();
      Process process =
          new ProcessBuilder(
                  kdig.toString(),
                  "@127.0.0.1",
                  "-p",
                  Integer.toString(address.port()),
                  "+tls",
                  "+padding",
                  "www.example.test",
                  "A")
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output)
          .contains("status: NOERROR", "192.0.2.1", "PADDING")
          .contains("Received 468 B");
    }
  }
}
