package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.dglb.config.ConfigFile;
import net.dglb.identity.IdentityException;
import net.dglb.identity.IdentityFiles;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.convert.WireAddresses;
import net.dglb.mapping.convert.ZonePages;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import net.dglb.node.ConfigurationFile;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class LoadBalancerNodeTest {

  private static final String LABEL = "lb-nyc-1.www.lb.foobar.test";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private NetworkAuthority authority;
  private IdentityFiles identity;
  private BackboneInMemory backbone;
  private HttpServer site;
  private final Endpoint dns = OwnEndpoint.next();
  private final String own = dns.address().getHostAddress();

  /** By whom, and from which address. */
  private final Set<String> probes = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void prepare() throws Exception {
    authority = NetworkAuthority.create(directory, "trial", Duration.ofDays(1), Instant.now());
    identity = issue(NodeRole.LOAD_BALANCER, "lb-nyc-1");
    backbone =
        new BackboneInMemory(
            NodeIdentity.load(issue(NodeRole.BACKBONE, "backbone-1"), Instant.now()));
    site = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          probes.add(
              exchange.getRequestHeaders().getFirst("User-Agent")
                  + " from "
                  + exchange.getRemoteAddress().getAddress().getHostAddress());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    site.start();
    Files.writeString(directory.resolve("resolv.conf"), "nameserver 198.51.100.53\n");
    writeConfiguration("198.51.100.0/24");
  }

  @AfterEach
  void stop() throws Exception {
    backbone.stop();
    site.stop(0);
  }

  @Test
  void announcesMeasuresAcknowledgesAndAnswersOverUdpAndTcp() throws Exception {
    try (LoadBalancerNode node = LoadBalancerNode.open(configuration())) {
      node.start();
      assertThat(announcedPrefixes()).contains("198.51.100.0/24", "198.51.100.53/32");
      assign();
      await().atMost(PATIENCE).until(() -> !backbone.received(Frame::hasDutyAck).isEmpty());
      assertThat(ask(false)).isEqualTo("127.0.0.1");
      assertThat(ask(true)).isEqualTo("127.0.0.1");
      await().atMost(PATIENCE).until(node::ready);
      assertThat(node.status().toJson().encode())
          .contains("\"backbone-1\":\"stored ")
          .contains("open with backbone-1")
          .contains("lowest score");
      await().atMost(PATIENCE).until(() -> !backbone.received(Frame::hasEstimates).isEmpty());
    }
    assertThat(backbone.received(Frame::hasWithdraw)).hasSize(1);
  }

  @Test
  void tellsThoseWhomItIsAllowedToWhyALabelIsAnsweredAsItIs() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dig")), "dig is not installed");
    Files.writeString(
        configuration(),
        Files.readString(configuration()) + "dns.explain.allow = [\"127.0.0.0/8\"]\n");
    try (LoadBalancerNode node = LoadBalancerNode.open(configuration())) {
      node.start();
      assertThat(announcedPrefixes()).isNotEmpty();
      assign();
      await().atMost(PATIENCE).until(() -> !backbone.received(Frame::hasDutyAck).isEmpty());
      await().atMost(PATIENCE).until(node::ready);
      for (String name : List.of("_explain." + LABEL, "_explain.www.lb.foobar.test")) {
        assertThat(dig(name))
            .contains(LABEL + " for the resolver 127.0.0.1: measured at lb-nyc-1, own label")
            .containsPattern("A 127.0.0.1 for \\d+ s")
            .contains("lowest score");
      }
    }
  }

  private String dig(String name) throws Exception {
    Process process =
        new ProcessBuilder(
                "/usr/bin/dig", "@" + own, "-p", Integer.toString(dns.port()), name, "TXT")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void announcesAChangedResolverFileAndAChangedConfigurationWithoutARestart() throws Exception {
    try (LoadBalancerNode node = LoadBalancerNode.open(configuration())) {
      node.start();
      assertThat(announcedPrefixes()).contains("198.51.100.53/32");
      Files.writeString(directory.resolve("resolv.conf"), "nameserver 203.0.113.53\n");
      await().atMost(PATIENCE).until(() -> announcedPrefixes().contains("203.0.113.53/32"));
      writeConfiguration("192.0.2.0/24");
      node.reload();
      await().atMost(PATIENCE).until(() -> announcedPrefixes().contains("192.0.2.0/24"));
    }
  }

  @Test
  void probesSessionsAndAddressesFollowAChangedConfiguration() throws Exception {
    try (LoadBalancerNode node = LoadBalancerNode.open(configuration())) {
      node.start();
      announcedPrefixes();
      assign();
      await().atMost(PATIENCE).until(() -> probes.contains("dglb-probe/1 from " + own));

      Files.writeString(
          configuration(),
          Files.readString(configuration())
              + """
              probe { user-agent = "renamed/2", from = ["127.0.0.9"] }
              backbone.from = ["127.0.0.8"]
              dns.listen += "127.0.0.7:%d"
              """
                  .formatted(dns.port()));
      await().atMost(PATIENCE).until(() -> probes.contains("renamed/2 from 127.0.0.9"));
      await().atMost(PATIENCE).until(() -> backbone.peers().contains("127.0.0.8"));
      await().atMost(PATIENCE).until(() -> ask("127.0.0.7").equals("127.0.0.1"));
      assertThat(node.status().toJson().getJsonObject("configuration").encode())
          .contains("\"problems\":[]", "\"needs-restart\":[]");
    }
  }

  @Test
  void aBrokenConfigurationIsReportedByFileAndLineAndChangesNothing() throws Exception {
    try (LoggedErrors errors = LoggedErrors.of(ConfigurationFile.class);
        LoadBalancerNode node = LoadBalancerNode.open(configuration())) {
      node.start();
      List<String> announced = announcedPrefixes();
      assign();
      await().atMost(PATIENCE).until(() -> !backbone.received(Frame::hasDutyAck).isEmpty());
      int announcements = backbone.received(Frame::hasAnnounce).size();
      assertThat(ask(false)).isEqualTo("127.0.0.1");

      Files.writeString(configuration(), Files.readString(configuration()) + "dns.lisen = []\n");
      long line;
      try (Stream<String> lines = Files.lines(configuration())) {
        line = lines.count();
      }
      node.reload();
      String problem = configuration() + ":" + line;
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(errors.messages())
                  .as("errors in the log")
                  .anySatisfy(message -> assertThat(message).contains(problem, "lisen")));

      assertThat(node.status().toJson().getJsonObject("configuration").encode()).contains(problem);
      assertThat(ask(false)).as("the answer over UDP").isEqualTo("127.0.0.1");
      assertThat(ask(true)).as("the answer over TCP").isEqualTo("127.0.0.1");
      assertThat(backbone.received(Frame::hasAnnounce)).hasSize(announcements);
      assertThat(announcedPrefixes()).isEqualTo(announced);
      Files.writeString(directory.resolve("resolv.conf"), "nameserver 203.0.113.53\n");
      await().atMost(PATIENCE).until(() -> announcedPrefixes().contains("203.0.113.53/32"));
      assertThat(announcedPrefixes())
          .as("the prefixes of the configuration before")
          .contains("198.51.100.0/24");
    }
  }

  @Test
  void answersFromItsDiskWithTheBackboneGone() throws Exception {
    try (LoadBalancerNode node = LoadBalancerNode.open(configuration())) {
      node.start();
      await().atMost(PATIENCE).until(() -> !backbone.received(Frame::hasAnnounce).isEmpty());
      assign();
      await().atMost(PATIENCE).until(() -> !backbone.received(Frame::hasDutyAck).isEmpty());
    }
    backbone.stop();
    backbone =
        new BackboneInMemory(
            NodeIdentity.load(issue(NodeRole.BACKBONE, "backbone-2"), Instant.now()));
    writeConfiguration("192.0.2.0/24");
    try (LoadBalancerNode node = LoadBalancerNode.open(configuration())) {
      assertThat(ask(false)).as("before anything starts").isEqualTo("127.0.0.1");
      assertThat(ask(true)).isEqualTo("127.0.0.1");
      assertThat(node.ready()).isFalse();
      node.start();
      assertThat(ask(false)).isEqualTo("127.0.0.1");
      assertThat(node.status().toJson().encode()).contains(LABEL);
    }
  }

  @Test
  @Timeout(20)
  void doesNotAnnounceWhileOneOfItsPortsIsTaken() throws Exception {
    Files.writeString(
        configuration(),
        Files.readString(configuration())
            + "node.admin = \"127.0.0.1:%d\"\n".formatted(site.getAddress().getPort()));
    try (LoadBalancerNode node = LoadBalancerNode.open(configuration())) {
      assertThatThrownBy(node::start)
          .hasMessageStartingWith("node.admin: cannot listen on 127.0.0.1:")
          .hasMessageContaining("address already in use");
    }
    assertThat(backbone.received(Frame::hasAnnounce)).isEmpty();
  }

  @Test
  void refusesToRunWithAnotherNodesCertificate() throws Exception {
    identity = issue(NodeRole.LOAD_BALANCER, "lb-fra-1");
    writeConfiguration("198.51.100.0/24");
    assertThatThrownBy(() -> LoadBalancerNode.open(configuration()))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("dglb://lb/lb-fra-1")
        .hasMessageContaining("dglb://lb/lb-nyc-1");
  }

  private void assign() throws Exception {
    EnterpriseZone zone = zone();
    ZonePages.updates(zone)
        .forEach(page -> backbone.send(Frame.newBuilder().setZoneUpdate(page).build()));
    backbone.send(
        Frame.newBuilder()
            .setDuty(
                Duty.newBuilder()
                    .setLabel("lb-nyc-1")
                    .setService("www.lb.foobar.test")
                    .setZoneVersion(1)
                    .setNameServerTtlSeconds(3600))
            .build());
  }

  private EnterpriseZone zone() throws Exception {
    return RegistrationDocument.read(
            ConfigFile.parse(
                "zone.conf",
                """
                registration {
                  version = 1
                  enterprise = foobar
                  zone = lb.foobar.test
                  form = aliased
                  services {
                    "www.lb.foobar.test" {
                      mode = answer
                      check { kind = http, port = %d, path = "/", interval = 1s, timeout = 900ms }
                      sites { here { addresses = ["127.0.0.1"] } }
                    }
                  }
                }
                """
                    .formatted(site.getAddress().getPort())))
        .withVersion(1);
  }

  private List<String> announcedPrefixes() {
    await().atMost(PATIENCE).until(() -> !backbone.received(Frame::hasAnnounce).isEmpty());
    return backbone
        .received(Frame::hasAnnounce)
        .getLast()
        .getAnnounce()
        .getResolverPrefixesList()
        .stream()
        .map(LoadBalancerNodeTest::text)
        .toList();
  }

  private static String text(net.dglb.mapping.wire.Prefix prefix) {
    try {
      Prefix read = WireAddresses.fromWire(prefix);
      return read.toString();
    } catch (net.dglb.mapping.convert.MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  private String ask(boolean tcp) throws IOException {
    return ask(own, tcp);
  }

  private String ask(String address) {
    try {
      return ask(address, false);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String ask(String address, boolean tcp) throws IOException {
    SimpleResolver resolver =
        new SimpleResolver(new InetSocketAddress(InetAddress.ofLiteral(address), dns.port()));
    resolver.setTCP(tcp);
    resolver.setTimeout(PATIENCE);
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(LABEL + "."), Type.A, DClass.IN));
    return resolver.send(query).getSection(Section.ANSWER).getFirst().rdataToString();
  }

  private IdentityFiles issue(NodeRole role, String id) throws IdentityException {
    return authority.issue(
        new PeerIdentity(role, id), List.of(), Duration.ofHours(1), Instant.now(), directory);
  }

  private Path configuration() {
    return directory.resolve("lb.conf");
  }

  private void writeConfiguration(String prefix) throws IOException {
    Files.writeString(
        configuration(),
        """
        node { id = lb-nyc-1, state = "%1$s/state", admin = "127.0.0.1:0", watch-interval = 100ms }
        identity { certificate = "%2$s", key = "%3$s", authority = "%4$s" }
        dns.listen = ["%5$s"]
        announce.leave-at-most = 2s
        resolvers { prefixes = ["%6$s"], file = "%1$s/resolv.conf" }
        backbone { nodes = ["%7$s"], report-interval = 500ms }
        """
            .formatted(
                directory,
                identity.certificate(),
                identity.key(),
                identity.authority(),
                dns,
                prefix,
                backbone.endpoint()));
  }
}
