package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.refer.TouchedPrefixes;
import net.dglb.backbone.registry.LoggedZoneRegistry;
import net.dglb.backbone.registry.RegistryTables;
import net.dglb.backbone.registry.api.DelegationChecks;
import net.dglb.backbone.registry.api.DnsLookup;
import net.dglb.backbone.registry.api.RegistryApi;
import net.dglb.backbone.registry.log.LogSettings;
import net.dglb.backbone.registry.log.RatisLog;
import net.dglb.backbone.registry.wire.UpdateKey;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.AdminServer;
import net.dglb.node.AdminSettings;
import net.dglb.node.Metrics;
import net.dglb.node.Node;
import net.dglb.node.NodeStatus;
import net.dglb.node.Readiness;
import net.dglb.time.ControlThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;

/**
 * The owner of a site registers from another machine: the real command, TLS with certificates of
 * the network, and a backbone node's registry behind its admin server.
 */
class OwnerOverTlsTest {

  private static final Duration LONG = Duration.ofDays(36_500);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final ControlThread control = new ControlThread("control-test");
  private final Map<DomainName, List<String>> published = new ConcurrentHashMap<>();
  private final Readiness readiness = new Readiness(InstantSource.fixed(CommandLineRun.NOW));
  private final List<AutoCloseable> open = new ArrayList<>();
  private Endpoint admin = new Endpoint(LOOPBACK, 0);

  @BeforeEach
  void aNetworkAndANodeOfIt() throws Exception {
    NetworkAuthority network = network("network");
    issue(network, NodeRole.BACKBONE, "b1", List.of(LOOPBACK));
    issue(network, NodeRole.BACKBONE, "b9", List.of());
    issue(network, NodeRole.AUTHORITY, "foobar", List.of());
    issue(network("elsewhere"), NodeRole.AUTHORITY, "stranger", List.of());
    Files.writeString(
        folder.resolve("zone.conf"),
        """
        registration {
          version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
          services { "www.lb.foobar.test" {
            check { kind = tcp, port = 80 }
            sites { rome { addresses = ["192.0.2.1"] } }
          } }
        }
        """);
    serve("b1");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    control.close();
    vertx.close();
  }

  @Test
  void theOperatorAdmitsAndTheOwnerProvesAndRegistersWithItsToken() throws IOException {
    CommandLineRun admitted = zone("b9", "enterprise", "foobar", "--new-token");
    assertThat(admitted.exitCode()).as(admitted.err()).isZero();
    String token = admitted.out().lines().toList().getLast();
    String file = Files.writeString(folder.resolve("token"), token + "\n").toString();
    String document = folder.resolve("zone.conf").toString();

    CommandLineRun unproved = zone("foobar", "register", document, "--token-file", file);
    assertThat(unproved.exitCode()).isEqualTo(1);
    assertThat(unproved.err()).contains("publish _dglb-challenge.lb.foobar.test. 60 IN TXT");
    Matcher text = Pattern.compile("\"(dglb=[0-9a-f]+)\"").matcher(unproved.err());
    assertThat(text.find()).isTrue();
    published.put(DomainName.of("_dglb-challenge.lb.foobar.test"), List.of(text.group(1)));

    CommandLineRun registered = zone("foobar", "register", document, "--token-file", file);
    assertThat(registered.exitCode()).as(registered.err()).isZero();
    assertThat(registered.out())
        .contains(
            "lb.foobar.test is stored as version 1", "lb.foobar.test. 86400 IN NS b1.dglb.test.");
    assertThat(zone("foobar", "list", "--token-file", file).out()).contains("lb.foobar.test");

    assertThat(zone("b9", "enterprise", "foobar", "--revoke", "token").exitCode()).isZero();
    CommandLineRun revoked = zone("foobar", "list", "--token-file", file);
    assertThat(revoked.exitCode()).isEqualTo(1);
    assertThat(revoked.err()).contains("token (expected: the token of an enterprise)");
  }

  @Test
  void anEnterpriseWhoseCertificateTheOperatorNamedNeedsNoToken() {
    assertThat(zone("foobar", "list").err())
        .contains(
            "dglb://authority/foobar is no operator (expected: one of node.operators, an"
                + " enterprise's certificate, or a token)");
    zone("b9", "enterprise", "foobar", "--identity", "dglb://authority/foobar");
    CommandLineRun run = zone("foobar", "list");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("no zones\n");
    assertThat(zone("foobar", "enterprises").err()).contains("(expected: the operator)");
  }

  @Test
  void whoTrustsAnotherNetworkSaysSo() {
    CommandLineRun run = zone("stranger", "list");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains(admin + " does not answer: TLS: ");
  }

  @Test
  void withoutCertificatesTheOptionsThatAreMissingAreNamed() {
    CommandLineRun run = CommandLineRun.of("zone", "list", "--admin", admin.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("(if it speaks TLS: --certificate, --key and --authority)");
    CommandLineRun elsewhere = CommandLineRun.of("zone", "list", "--admin", "192.0.2.1:8053");
    assertThat(elsewhere.exitCode()).isEqualTo(2);
    assertThat(elsewhere.err())
        .contains(
            "--admin: 192.0.2.1:8053 speaks TLS (expected with it: --certificate, --key and"
                + " --authority)");
  }

  @Test
  void aNodeWhoseCertificateDoesNotNameItsAddressIsNotBelieved() throws Exception {
    serve("b9");
    CommandLineRun run = zone("foobar", "list");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("TLS: ").contains("127.0.0.1");
  }

  private CommandLineRun zone(String who, String... arguments) {
    List<String> all = new ArrayList<>(List.of("zone"));
    all.addAll(List.of(arguments));
    IdentityFiles files = files(who);
    all.addAll(List.of("--admin", admin.toString()));
    all.addAll(List.of("--certificate", files.certificate().toString()));
    all.addAll(List.of("--key", files.key().toString()));
    all.addAll(List.of("--authority", files.authority().toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private NetworkAuthority network(String name) throws Exception {
    return NetworkAuthority.create(folder.resolve(name), name, LONG, CommandLineRun.NOW);
  }

  private void issue(
      NetworkAuthority network, NodeRole role, String id, List<InetAddress> addresses)
      throws Exception {
    network.issue(new PeerIdentity(role, id), addresses, LONG, CommandLineRun.NOW, folder);
  }

  private IdentityFiles files(String who) {
    String role = who.startsWith("b") ? "backbone" : "authority";
    return new IdentityFiles(
        folder.resolve(role + "-" + who + ".pem"),
        folder.resolve(role + "-" + who + "-key.pem"),
        folder.resolve(who.equals("stranger") ? "elsewhere" : "network").resolve("authority.pem"));
  }

  /** The registry of a node that decides alone, behind the admin server of all nodes. */
  private void serve(String id) throws Exception {
    NodeIdentity identity = NodeIdentity.load(files(id), CommandLineRun.NOW);
    RegistryTables tables = new RegistryTables();
    RatisLog log =
        new RatisLog(
            LogSettings.alone(
                id, new Endpoint(LOOPBACK, 1), folder.resolve("log-" + id), Duration.ofSeconds(8)),
            identity,
            tables);
    open.add(log);
    log.start();
    LoggedZoneRegistry registry =
        new LoggedZoneRegistry(
            log,
            tables,
            new HashMap<>(),
            DomainName.of("dglb.test"),
            () -> Duration.ofDays(30),
            Runnable::run,
            control);
    SecretKeySpec secret = new SecretKeySpec(new byte[32], "HmacSHA256");
    DnsLookup nobody = new NobodyAnswers();
    RegistryApi api =
        new RegistryApi(
            registry,
            MapKeys.only(secret),
            name -> CompletableFuture.completedFuture(published.getOrDefault(name, List.of())),
            () -> List.of(DomainName.of("b1.dglb.test")),
            _ -> List.of(),
            _ -> TouchedPrefixes.NONE,
            new DelegationChecks(registry, nobody, Map::of, _ -> List.of(), control),
            () -> Set.of("dglb://backbone/b9"),
            _ -> UpdateKey.getDefaultInstance(),
            nobody,
            Runnable::run,
            control);
    AdminServer server =
        AdminServer.start(
            vertx,
            new AdminSettings(new Endpoint(LOOPBACK, 0), Optional.of(identity), 1_000),
            control,
            new Served(),
            new Metrics(NodeRole.BACKBONE, id),
            api.routes());
    open.add(server);
    admin = server.endpoint();
  }

  private static final class NobodyAnswers implements DnsLookup {
    @Override
    public CompletableFuture<Message> resolve(DomainName name, int type) {
      return CompletableFuture.failedFuture(new IOException("timed out"));
    }

    @Override
    public CompletableFuture<Message> ask(InetAddress server, DomainName name, int type) {
      return resolve(name, type);
    }
  }

  private final class Served implements Node {
    @Override
    public void start() {}

    @Override
    public void reload() {}

    @Override
    public NodeStatus status() {
      return new NodeStatus(NodeRole.BACKBONE, "b1", true, Map.of());
    }

    @Override
    public Readiness readiness() {
      return readiness;
    }

    @Override
    public void close() {}
  }
}
