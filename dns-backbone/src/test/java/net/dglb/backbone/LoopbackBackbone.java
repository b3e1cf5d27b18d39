package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.EnterpriseZone;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A network authority, and what starts whole nodes on loopback with obedient peers. */
class LoopbackBackbone {

  static {
    // What a test waits for comes within milliseconds, many times in a test.
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration VALIDITY = Duration.ofDays(1);

  final Path folder;

  final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable NetworkAuthority authority;
  Endpoint mapping = OwnEndpoint.next();
  private final Endpoint log1 = OwnEndpoint.next();
  private final Endpoint log2 = OwnEndpoint.next();

  LoopbackBackbone(Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void aNetworkAuthority() throws Exception {
    NetworkAuthority network =
        NetworkAuthority.create(folder.resolve("pki"), "test", VALIDITY, Instant.now());
    authority = network;
    for (String id : List.of("b1", "b2")) {
      network.issue(
          new PeerIdentity(NodeRole.BACKBONE, id),
          List.of(),
          VALIDITY,
          Instant.now(),
          folder.resolve("pki"));
    }
    Secret.create(folder.resolve("map.key"));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      if (!(part instanceof BackboneNode)) {
        part.close();
      }
    }
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      for (AutoCloseable part : open) {
        if (part instanceof BackboneNode node) {
          closing.execute(node::close);
        }
      }
    }
  }

  String clustered(Endpoint own, Endpoint other) {
    return """
    cluster {
      enabled = true, name = node-test, address = %s, port = %d, members = ["%s"]
      scan-interval = 300ms, liveness-interval = 300ms
    }
    registry.peers { b1.endpoint = "%s", b2.endpoint = "%s" }
    """
        .formatted(own.address().getHostAddress(), own.port(), other, log1, log2);
  }

  BackboneNode start(String more) throws Exception {
    return start("b1", mapping, more);
  }

  BackboneNode start(String id, Endpoint sessions, String more) throws Exception {
    Path config = folder.resolve(id + ".conf");
    Files.writeString(
        config,
        """
        node { id = @, state = state-@, admin = "127.0.0.1:0", watch-interval = 100ms }
        identity {
          certificate = pki/backbone-@.pem, key = pki/backbone-@-key.pem
          authority = pki/authority.pem
        }
        dns {
          listen = ["127.0.0.1:0"], label-listen = ["127.0.0.2:0"]
          infrastructure-zone = dglb.test
        }
        mapping.listen = ["%s"]
        cluster.enabled = false
        map.key = map.key
        grants {
          load-balancers.lb-nyc { resolvers = ["127.0.0.0/8"] }
          authorities.foobar.zones = ["lb.foobar.test"]
        }
        labels.duty-retry = 1s
        """
                .replace("@", id)
                .formatted(sessions)
            + more);
    BackboneNode node = BackboneNode.open(config);
    open.add(node);
    node.start();
    return node;
  }

  FakeLoadBalancer loadBalancer(String id, String... resolvers) throws Exception {
    return loadBalancer(id, Optional.empty(), resolvers);
  }

  FakeLoadBalancer loadBalancer(String id, Optional<Location> location, String... resolvers)
      throws Exception {
    FakeLoadBalancer balancer =
        new FakeLoadBalancer(
            identity(NodeRole.LOAD_BALANCER, id),
            InetAddress.ofLiteral("127.0.0.3"),
            Stream.of(resolvers).map(Prefix::parse).toList(),
            location,
            mapping);
    open.add(balancer);
    return balancer;
  }

  FakeAuthority authority(String id, EnterpriseZone zone) throws Exception {
    FakeAuthority authority = new FakeAuthority(identity(NodeRole.AUTHORITY, id), zone, mapping);
    open.add(authority);
    return authority;
  }

  NodeIdentity identity(NodeRole role, String id) throws Exception {
    return NodeIdentity.load(
        Objects.requireNonNull(authority)
            .issue(
                new PeerIdentity(role, id),
                List.of(),
                VALIDITY,
                Instant.now(),
                Files.createTempDirectory(folder, id)),
        Instant.now());
  }

  void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  static void awaitAnswer(BackboneNode node, String expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(answer(node, "www.lb.foobar.test.")).containsExactly(expected));
  }

  static List<String> answer(BackboneNode node, String name) throws IOException {
    return ask(node, name).getSection(Section.ANSWER).stream()
        .map(record -> record.getTTL() + " " + record.rdataToString())
        .toList();
  }

  static Message ask(BackboneNode node, String name) throws IOException {
    SimpleResolver resolver = new SimpleResolver(node.addresses().getFirst().toSocketAddress());
    return resolver.send(
        Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN)));
  }
}
