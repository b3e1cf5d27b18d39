package net.dglb.authority;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zone transfers over TLS (RFC 9103), with the tools and secondaries of others. */
class TransferOverTlsTest {

  private static final DomainName KEY = DomainName.of("transfer.foobar.test");
  private static final int HOSTS = 3_000;

  @TempDir private Path folder;

  private final TsigKey key = TsigKey.random(KEY, TsigAlgorithm.HMAC_SHA256);
  private final Endpoint primary = OwnEndpoint.next();
  private final int tlsPort = primary.port() + 1;
  private final int bindPort = SecondaryProcess.port();
  private AuthorityNode node;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void startThePrimary() throws Exception {
    key.write(folder.resolve("transfer.key"));
    IdentityFiles identity =
        NetworkAuthority.create(
                folder.resolve("network"), "test", Duration.ofDays(1), Instant.now())
            .issue(
                new PeerIdentity(NodeRole.AUTHORITY, "dns"),
                List.of(),
                Duration.ofDays(1),
                Instant.now(),
                folder);
    writeZone(1);
    Files.writeString(
        folder.resolve("node.conf"),
        """
        node { id = foobar, state = state, admin = "127.0.0.1:0", watch-interval = 100ms }
        dns {
          listen = ["%s"]
          tls { port = %d, certificate = "%s", key = "%s" }
        }
        tsig-keys = [ transfer.key ]
        zones = [ {
          origin = foobar.test, file = foobar.zone
          transfer = [ { key = %s } ]
          notify = [ { to = "127.0.0.1:%d", key = %5$s } ]
        } ]
        """
            .formatted(primary, tlsPort, identity.certificate(), identity.key(), KEY, bindPort));
    node = AuthorityNode.open(folder.resolve("node.conf"));
    node.start();
  }

  private void writeZone(int version) throws Exception {
    StringBuilder zone =
        new StringBuilder(
            "$TTL 300\n@ SOA ns1 hostmaster 1 7200 3600 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n");
    zone.append("changing A 192.0.2.").append(version).append('\n');
    for (int i = 0; i < HOSTS; i++) {
      zone.append("host-%d A 198.18.%d.%d%n".formatted(i, i / 250, 1 + i % 250));
    }
    Files.writeString(folder.resolve("foobar.zone"), zone);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void kdigGetsTheWholeZone() throws Exception {
    String secret = Base64.getEncoder().encodeToString(key.secret().getEncoded());
    String text = run("/usr/bin/kdig", "+tls", "-y", "hmac-sha256:%s:%s".formatted(KEY, secret));
    assertThat(text.lines().filter(line -> line.contains("198.18."))).hasSize(HOSTS);
    assertThat(text).doesNotContain(";; WARNING").doesNotContain(";; ERROR");
  }

  @Test
  void digTakesTheZoneOnlyFromAServerThatAgreesToSpeakDnsAndGetsIt() throws Exception {
    String text = run("/usr/bin/dig", "+tls", "-k", folder.resolve("transfer.key").toString());
    assertThat(text).doesNotContain("not allowed").doesNotContain("failed");
    assertThat(text.lines().filter(line -> line.contains("198.18."))).hasSize(HOSTS);
    assertThat(run("/usr/bin/dig", "+tls")).as("without the key").contains("Transfer failed");
  }

  @Test
  void bindFollowsAsASecondary() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/named")), "BIND is not installed");
    Endpoint primary = new Endpoint(this.primary.address(), tlsPort);
    Path own = Files.createDirectory(folder.resolve("bind"));
    try (SecondaryProcess bind = SecondaryProcess.bindOverTls(own, bindPort, primary, key)) {
      awaitSerial(bind, 1);
      writeZone(2);
      awaitSerial(bind, 2);
      Awaitility.await("a transfer counts once its end is written, which BIND may have read")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(node.status().parts().get("transfers"))
                  .hasToString("{whole=1, changes=1, refused=0, broken=0}"));
    }
  }

  @Test
  void noZoneIsSentOverAnOldVersionOfTlsWhileQueriesAreAnswered() throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("gnutls.conf"), "[overrides]\ndisabled-version = tls1.3\n");
    environment = Map.of("GNUTLS_SYSTEM_PRIORITY_FILE", policy.toString());
    String secret = Base64.getEncoder().encodeToString(key.secret().getEncoded());
    String sign = "hmac-sha256:%s:%s".formatted(KEY, secret);
    assertThat(ask("/usr/bin/kdig", "+tls", "-y", sign, "changing.foobar.test", "A"))
        .contains("TLS1.2", "192.0.2.1");

    String text = run("/usr/bin/kdig", "+tls", "-y", sign);
    assertThat(text).contains("REFUSED").doesNotContain("198.18.");
    assertThat(node.status().parts().get("transfers"))
        .hasToString("{whole=0, changes=0, refused=1, broken=0}");
  }

  private static void awaitSerial(SecondaryProcess secondary, long serial) {
    Awaitility.await("serial " + serial)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() ->
            assertThat(secondary.serial())
                .as(() -> secondary.name() + " said: " + secondary.log())
                .isEqualTo(serial));
  }

  private String run(String program, String... arguments) throws Exception {
    return ask(
        program,
        Stream.concat(Stream.of(arguments), Stream.of("foobar.test", "AXFR"))
            .toArray(String[]::new));
  }

  private String ask(String program, String... arguments) throws Exception {
    assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
    List<String> command =
        Stream.of(
                Stream.of(
                    program,
                    "@" + primary.address().getHostAddress(),
                    "-p",
                    Integer.toString(tlsPort)),
                Stream.of(arguments))
            .flatMap(part -> part)
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
