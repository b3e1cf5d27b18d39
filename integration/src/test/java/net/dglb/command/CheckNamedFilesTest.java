package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dglb check} looks into every file that a configuration names. */
class CheckNamedFilesTest {

  private static final Instant NOW = CommandLineRun.NOW;
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path folder;

  @BeforeEach
  void makeCertificates() throws Exception {
    NetworkAuthority network =
        NetworkAuthority.create(folder.resolve("network"), "network", YEAR, NOW);
    for (NodeRole role : NodeRole.values()) {
      network.issue(new PeerIdentity(role, "n1"), List.of(), YEAR, NOW, folder);
    }
    network.issue(
        new PeerIdentity(NodeRole.LOAD_BALANCER, "old"),
        List.of(),
        Duration.ofDays(10),
        NOW.minus(Duration.ofDays(100)),
        folder);
    NetworkAuthority.create(folder.resolve("foreign"), "foreign", YEAR, NOW);
  }

  @Test
  void anAuthoritysFiles() throws IOException {
    write("good.zone", "$TTL 60\n@ SOA ns h 1 1 1 1 60\n@ NS ns\nns A 192.0.2.1\n");
    write("bad.zone", "$TTL 60\n@ SOA ns h 1 1 1 1 60\n@ NS ns\nns A 192.0.2.999\n");
    write("twice.zone", "$TTL 60\n@ SOA ns h 1 1 1 1 60\n@ NS ns\nw A 192.0.2.1\nw CNAME ns\n");
    write("lb.conf", "registration {\n  version = 1\n  zonne = lb.a.test\n}\n");
    write("cookie.key", "c2hvcnQ=");
    Path config =
        write(
            "authority.conf",
            """
            node { id = n1, state = state }
            identity { certificate = authority-n1.pem, key = authority-n1-key.pem, authority = network/authority.pem }
            dns.listen = ["127.0.0.1:5300"]
            dns.cookie-secrets = [cookie.key]
            dns.tls { certificate = authority-n1.pem, key = lb-n1-key.pem }
            zones = [
              { origin = a.test, file = good.zone }
              { origin = b.test, file = bad.zone }
              { origin = c.test, file = twice.zone }
            ]
            registrations = [
              lb.conf
            ]
            backbone.nodes = ["127.0.0.1:8853"]
            """);

    assertThat(problems(config))
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem)
                    .startsWith("authority.conf:4: dns.cookie-secrets[0]: cookie.key: secret of 5"),
            problem ->
                assertThat(problem)
                    .startsWith("authority.conf:5: dns.tls.certificate: lb-n1-key.pem: does not"),
            problem ->
                assertThat(problem)
                    .startsWith("authority.conf:8: zones[1].file: bad.zone:4: Invalid address"),
            problem ->
                assertThat(problem)
                    .startsWith("authority.conf:9: zones[2].file: twice.zone: w.c.test.: CNAME"),
            problem ->
                assertThat(problem)
                    .startsWith("authority.conf:12: registrations[0]: lb.conf:3: registration.zon"),
            problem ->
                assertThat(problem)
                    .contains("registrations[0]: lb.conf:1: registration.enterprise: missing"),
            problem ->
                assertThat(problem)
                    .contains("registrations[0]: lb.conf:1: registration.zone: missing"),
            problem ->
                assertThat(problem)
                    .contains("registrations[0]: lb.conf:1: registration.form: missing"));
  }

  @Test
  void anAuthoritysKeys() throws IOException {
    write("a.zone", "$TTL 60\n@ SOA ns h 1 1 1 1 60\n@ NS ns\nns A 192.0.2.1\n");
    write("good.key", tsigKey("transfer", "c2Vzc2FtZSBzZXNzYW1lIHNlc2FtZQ=="));
    write("short.key", tsigKey("short", "c2hvcnQ="));
    write("again.key", tsigKey("transfer", "c2Vzc2FtZSBzZXNzYW1lIHNlc2FtZQ=="));
    Files.setPosixFilePermissions(
        write("open.key", tsigKey("open", "c2Vzc2FtZSBzZXNzYW1lIHNlc2FtZQ==")),
        PosixFilePermissions.fromString("rw-r--r--"));
    Files.createDirectories(folder.resolve("state/keys"));
    write("state/keys/b.test.keys", "nonsense");
    Path config =
        write(
            "authority.conf",
            """
            node { id = n1, state = state }
            dns.listen = ["127.0.0.1:5300"]
            tsig-keys = [
              good.key
              short.key
              open.key
              again.key
              none.key
            ]
            zones = [
              { origin = a.test, file = a.zone, dnssec {} }
              { origin = b.test, file = a.zone, dnssec {} }
              { origin = c.test, file = a.zone, transfer = [ { key = transfer } ] }
            ]
            """);

    assertThat(problems(config))
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem)
                    .startsWith("authority.conf:5: tsig-keys[1]: short.key: secret of 5 octets"),
            problem ->
                assertThat(problem)
                    .startsWith("authority.conf:6: tsig-keys[2]: open.key: key is open to other"),
            problem ->
                assertThat(problem)
                    .startsWith("authority.conf:7: tsig-keys[3]: again.key: another file has"),
            problem ->
                assertThat(problem).startsWith("authority.conf:8: tsig-keys[4]: value: none"),
            problem ->
                assertThat(problem)
                    .startsWith(
                        "authority.conf:12: zones[1].dnssec: state/keys/b.test.keys: damag"));
  }

  private static String tsigKey(String name, String secret) {
    return "key \"%s\" { algorithm hmac-sha256; secret \"%s\"; };\n".formatted(name, secret);
  }

  @Test
  void aBackboneNodesFiles() throws IOException {
    write("map.key", "nonsense");
    write("places.csv", "198.51.100.0/24,lb-1\n\n198.51.100.0/99,lb-1\n");
    write("places.mmdb", "nonsense");
    Path config =
        write(
            "backbone.conf",
            """
            node { id = n1, state = state }
            identity {
              certificate = lb-n1.pem
              key = lb-n1-key.pem
              authority = foreign/authority.pem
            }
            dns { listen = ["127.0.0.1:5300"], label-listen = ["127.0.0.2:5300"] }
            dns.infrastructure-zone = dglb.test
            mapping.listen = ["127.0.0.1:8853"]
            cluster.enabled = false
            map.key = map.key
            fallback.computed-map = places.csv
            fallback.locations = places.mmdb
            """);

    assertThat(problems(config))
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem)
                    .startsWith("backbone.conf:3: identity.certificate: lb-n1.pem: not issued by"),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "backbone.conf:3: identity.certificate: lb-n1.pem: belongs to"
                            + " dglb://lb/n1 (expected: dglb://backbone/n1)"),
            problem -> assertThat(problem).startsWith("backbone.conf:11: map.key: map.key: secret"),
            problem ->
                assertThat(problem)
                    .startsWith("backbone.conf:12: fallback.computed-map: places.csv:3: "),
            problem ->
                assertThat(problem)
                    .startsWith("backbone.conf:13: fallback.locations: places.mmdb: is not a"));
  }

  @Test
  void aBackboneNodeThatAgreesWithOthersAndHearsNothingOfThem() throws Exception {
    String alone =
        """
        node { id = n1, state = state }
        identity {
          certificate = backbone-n1.pem, key = backbone-n1-key.pem, authority = network/authority.pem
        }
        dns { listen = ["127.0.0.1:5300"], label-listen = ["127.0.0.2:5300"] }
        dns.infrastructure-zone = dglb.test
        mapping.listen = ["127.0.0.1:8853"]
        map.key = map.key
        cluster.enabled = false
        registry.peers.n1.endpoint = "127.0.0.1:5801"
        """;
    Secret.create(folder.resolve("map.key"));
    assertThat(problems(write("alone.conf", alone))).containsExactly("alone.conf: no problems");
    String several = alone + "registry.peers.n2.endpoint = \"127.0.0.3:5801\"\n";
    assertThat(problems(write("several.conf", several)))
        .singleElement()
        .asString()
        .matches("several.conf:10: registry.peers: value: \\[n1, n2] .*")
        .endsWith(
            "(expected: with cluster.enabled = false this node alone, since it hears of no"
                + " announcement and no load balancer of the others; set cluster.enabled = true)");
  }

  @Test
  void aLoadBalancersFiles() throws IOException {
    write("resolv.conf", "nameserver 192.0.2.300\n");
    Path config =
        write(
            "lb.conf",
            """
            node { id = old, state = state }
            identity {
              certificate = lb-old.pem
              key = lb-n1-key.pem
              authority = lb-n1.pem
            }
            dns.listen = ["127.0.0.1:5300"]
            resolvers.file = resolv.conf
            probe.authorities = lb-n1-key.pem
            backbone.nodes = ["127.0.0.1:8853"]
            """);

    assertThat(problems(config))
        .satisfiesExactlyInAnyOrder(
            problem ->
                assertThat(problem)
                    .startsWith("lb.conf:3: identity.certificate: lb-old.pem: expired at"),
            problem ->
                assertThat(problem)
                    .startsWith("lb.conf:3: identity.certificate: lb-old.pem: not issued by"),
            problem ->
                assertThat(problem)
                    .startsWith("lb.conf:4: identity.key: lb-n1-key.pem: does not belong to"),
            problem ->
                assertThat(problem)
                    .startsWith("lb.conf:5: identity.authority: lb-n1.pem: not an authority's"),
            problem -> assertThat(problem).startsWith("lb.conf:8: resolvers.file: resolv.conf:1: "),
            problem ->
                assertThat(problem).startsWith("lb.conf:9: probe.authorities: lb-n1-key.pem: "));
  }

  @Test
  void goodFilesAreNoProblem() throws Exception {
    Secret.create(folder.resolve("map.key"));
    write("places.csv", "198.51.100.0/24,50.1,8.7\n");
    Path config =
        write(
            "backbone.conf",
            """
            node { id = n1, state = state }
            identity { certificate = backbone-n1.pem, key = backbone-n1-key.pem, authority = network/authority.pem }
            dns { listen = ["127.0.0.1:5300"], label-listen = ["127.0.0.2:5300"] }
            dns.infrastructure-zone = dglb.test
            dns.cookie-secrets = [map.key]
            dns.tls { certificate = backbone-n1.pem, key = backbone-n1-key.pem }
            mapping.listen = ["127.0.0.1:8853"]
            cluster.enabled = false
            map.key = map.key
            fallback.locations = places.csv
            """);

    assertThat(problems(config)).containsExactly("backbone.conf: no problems");
  }

  @Test
  void aKeyThatOthersCanReadIsAProblem() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("lb-n1-key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    Path config =
        write(
            "lb.conf",
            """
            node { id = n1, state = state }
            identity { certificate = lb-n1.pem, key = lb-n1-key.pem, authority = network/authority.pem }
            dns.listen = ["127.0.0.1:5300"]
            announce.port = 5300
            backbone.nodes = ["127.0.0.1:8853"]
            """);

    assertThat(problems(config))
        .containsExactly(
            "lb.conf:2: identity.key: lb-n1-key.pem: private key is open to other users"
                + " (expected: chmod 600)");
  }

  /** One line each, without the folder's name. */
  private List<String> problems(Path config) {
    CommandLineRun run = CommandLineRun.of("check", config.toString());
    return run.out().replace(folder + "/", "").lines().toList();
  }

  private Path write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
