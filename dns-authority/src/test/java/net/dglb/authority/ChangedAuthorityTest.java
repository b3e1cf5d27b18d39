package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.Endpoint;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A node whose configuration file changes while it runs, over real sockets. */
class ChangedAuthorityTest {

  private static final String ZONE =
      """
      $TTL 300
      @ SOA ns1 hostmaster 1 7200 3600 1209600 60
      @ NS ns1
      ns1 A 127.0.0.1
      """;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** After so long nothing comes any more. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private AuthorityNode node;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("foobar.zone"), ZONE);
    write("dns.listen = [\"127.0.0.1:0\"]");
    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void answersAtAnotherAddressAndLeavesTheOldOne() throws Exception {
    Endpoint before = node.addresses().getFirst();

    write("dns.listen = [\"127.0.0.2:0\"]");

    await(() -> assertThat(at(node.addresses())).isEqualTo("127.0.0.2"));
    assertThat(ask(node.addresses().getFirst()).getRcode()).isEqualTo(Rcode.NOERROR);
    await(() -> new DatagramSocket(before.toSocketAddress()).close());
  }

  @Test
  void anAddressThatIsTakenIsNamedWithItsLineAndUsedOnceItIsFree() throws Exception {
    Endpoint before = node.addresses().getFirst();
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.2"))) {
      write(
          "dns.server-id = renamed\ndns.listen = [\"127.0.0.2:%d\"]\nlog.level = warn"
              .formatted(taken.getLocalPort()));

      await(() ->
          assertThat(configuration())
              .contains("node.conf:3: dns.listen: cannot listen on 127.0.0.2:", "already in use"));
      assertThat(ask(before).getRcode()).as("at the old address").isEqualTo(Rcode.NOERROR);
      assertThat(scrape()).contains("dglb_configuration_problem 1.0");
    }

    await(() -> assertThat(configuration()).contains("problems=[]"));
    assertThat(at(node.addresses())).isEqualTo("127.0.0.2");
    assertThat(scrape()).contains("dglb_configuration_problem 0.0");
  }

  @Test
  void aDeniedSourceIsToldNothing() throws Exception {
    write("dns { listen = [\"127.0.0.1:0\"], guards.deny = [\"127.0.0.0/8\"] }");

    await(() ->
        assertThatThrownBy(() -> ask(node.addresses().getFirst(), SILENCE))
            .isInstanceOf(IOException.class));
  }

  @Test
  void theAdminApiMovesAndBoundsItsCallersOtherwise() throws Exception {
    Endpoint before = node.admin().orElseThrow();

    write("dns.listen = [\"127.0.0.1:0\"]", "admin = \"127.0.0.2:0\"");

    await(() ->
        assertThat(node.admin().orElseThrow().address().getHostAddress()).isEqualTo("127.0.0.2"));
    assertThat(call("/status").statusCode()).isEqualTo(200);
    await(() ->
        assertThatThrownBy(() -> new Socket(before.address(), before.port()).close())
            .isInstanceOf(IOException.class));

    write("dns.listen = [\"127.0.0.1:0\"]", "admin = \"127.0.0.2:0\", admin-calls-per-second = 1");

    await(() -> assertThat(call("/status").statusCode()).isEqualTo(429));
    assertThat(call("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void aRenewedCertificateOfDnsOverTlsIsShown() throws Exception {
    NetworkAuthority authority =
        NetworkAuthority.create(folder.resolve("network"), "test", DAY, Instant.now());
    IdentityFiles old = certificate(authority, "one");
    Path shown = Files.copy(old.certificate(), folder.resolve("shown.pem"));
    Path key = Files.copy(old.key(), folder.resolve("shown-key.pem"), COPY);
    Endpoint tls = OwnEndpoint.next();
    write(
        "dns { listen = [\"%s:0\"], tls { port = %d, certificate = shown.pem, key = shown-key.pem } }"
            .formatted(tls.address().getHostAddress(), tls.port()));
    await(() -> assertThat(subject(tls)).contains("one"));

    IdentityFiles renewed = certificate(authority, "two");
    Files.copy(renewed.certificate(), shown, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(renewed.key(), key, StandardCopyOption.REPLACE_EXISTING, COPY);

    await(() -> assertThat(subject(tls)).contains("two"));
    await(() -> assertThat(configuration()).contains("problems=[]"));
  }

  @Test
  void whatNeedsARestartIsNamedAndTheRestIsInUse() throws Exception {
    write("dns.listen = [\"127.0.0.2:0\"]", "id = other");

    await(() -> assertThat(configuration()).contains("needs-restart=[node.id]"));
    assertThat(at(node.addresses())).isEqualTo("127.0.0.2");
    assertThat(node.status().id()).isEqualTo("foobar");
    assertThat(scrape()).contains("dglb_configuration_needs_restart 1.0");
  }

  @Test
  void aCertificateMayComeLater() throws Exception {
    NetworkAuthority authority =
        NetworkAuthority.create(folder.resolve("network"), "test", DAY, Instant.now());
    IdentityFiles files = certificate(authority, "foobar");
    String identity =
        "identity { certificate = \"%s\", key = \"%s\", authority = \"%s\" }"
            .formatted(files.certificate(), files.key(), files.authority());

    write("dns.listen = [\"127.0.0.1:0\"]\n" + identity, "admin = \"[::]:0\"");

    await(() -> assertThat(node.admin().orElseThrow().address().isLoopbackAddress()).isFalse());
    int port = node.admin().orElseThrow().port();
    assertThat(subject(Endpoint.parse("127.0.0.1:" + port))).contains("foobar");
  }

  private static final StandardCopyOption COPY = StandardCopyOption.COPY_ATTRIBUTES;

  private IdentityFiles certificate(NetworkAuthority authority, String id) throws Exception {
    return authority.issue(
        new PeerIdentity(NodeRole.AUTHORITY, id), List.of(), DAY, Instant.now(), folder);
  }

  private static String subject(Endpoint tls) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(tls.address(), tls.port())) {
      socket.startHandshake();
      X509Certificate first = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return first.getSubjectAlternativeNames() + " " + first.getSubjectX500Principal();
    }
  }

  /** What is shown is looked at, not whether it is trusted. */
  private static final class Anybody implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private void write(String more, String... node) throws IOException {
    Files.writeString(
        folder.resolve("node.conf"),
        """
        node { id = foobar, state = state, admin = "127.0.0.1:0", watch-interval = 100ms %s }
        %s
        zones = [ { origin = foobar.test, file = foobar.zone } ]
        """
            .formatted(node.length == 0 ? "" : ", " + node[0], more));
  }

  private static String at(List<Endpoint> endpoints) {
    assertThat(endpoints).hasSize(1);
    return endpoints.getFirst().address().getHostAddress();
  }

  private static Message ask(Endpoint server) throws IOException {
    return ask(server, PATIENCE);
  }

  private static Message ask(Endpoint server, Duration patience) throws IOException {
    SimpleResolver resolver = new SimpleResolver(server.toSocketAddress());
    resolver.setTimeout(patience);
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString("ns1.foobar.test."), Type.A, DClass.IN)));
  }

  private HttpResponse<String> call(String path) throws Exception {
    URI uri = URI.create("http://" + node.admin().orElseThrow() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private String scrape() throws Exception {
    return call("/metrics").body();
  }

  private String configuration() {
    return String.valueOf(node.status().parts().get("configuration"));
  }

  private static void await(ThrowingRunnable assertion) {
    Awaitility.await()
        .ignoreExceptions()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE)
        .untilAsserted(assertion);
  }
}
