package net.dglb.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.dglb.authority.AuthoritySettings;
import net.dglb.backbone.BackboneSettings;
import net.dglb.identity.NodeRole;
import net.dglb.identity.Secret;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.it.OwnEndpoint;
import net.dglb.lb.LoadBalancerSettings;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.ConfigurationFile;
import net.dglb.node.Node;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A running node of each kind takes a change of each key of its reference. */
class ChangedKeysTest {

  private static final Pattern TAKEN = Pattern.compile(".* in use; changed: \\[(.+)]");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of every node that answers DNS; @A is an address of its own, @P another port each time. */
  private static final String EVERY_NODE =
      """
      node.admin = "@A:@P"
      node.admin-calls-per-second = 99
      node.operators = ["dglb://backbone/b9"]
      identity.certificate = copy.pem
      identity.key = copy-key.pem
      identity.authority = copy-authority.pem
      log.level = warn
      dns.udp = portable
      dns.workers = 2
      dns.udp-payload = 1200
      dns.tcp.connections = 999
      dns.tcp.connections-per-source = 19
      dns.tcp.idle-timeout = 9s
      dns.tls.certificate = copy.pem, dns.tls.key = copy-key.pem, dns.tls.port = @P
      dns.tls.key = copy-2-key.pem
      dns.tls.port = @P
      dns.server-id = renamed
      dns.server-version = renamed
      dns.cookie-secrets = [map.key]
      dns.guards.responses-per-second = 199
      dns.guards.slip = 3
      dns.guards.amplification = 19
      dns.guards.deny = ["192.0.2.0/24"]
      dns.guards.exempt = ["198.51.100.0/24"]
      dns.explain.allow = ["127.0.0.0/8"]
      dns.explain.per-second = 9
      """;

  private static final String AUTHORITY =
      """
      dns.listen = ["@A:0"]
      zones += { origin = other.test, file = foobar.zone }
      tsig-keys = [tsig.key]
      backbone.nodes = ["127.0.0.1:9"]
      registrations = [lb.foobar.test.conf]
      """;

  private static final String LOAD_BALANCER =
      """
      dns.listen = ["@A:0"]
      announce.addresses = ["127.0.0.5"]
      announce.port = 5353
      announce.location.latitude = 41
      announce.location.longitude = -4
      announce.leave-at-most = 0s
      resolvers.prefixes = ["198.51.100.0/24"]
      resolvers.clients = ["198.51.100.0/24"]
      resolvers.file = resolv.conf
      backbone.nodes = ["127.0.0.1:19"]
      backbone.from = ["127.0.0.6"]
      backbone.ping-interval = 4s
      backbone.report-interval = 4s
      probe.from = ["127.0.0.6"]
      probe.in-flight = 255
      probe.per-second = 499
      probe.brake.share = 0.4
      probe.brake.within = 2m
      probe.brake.from = 9
      probe.idle.after = 31m
      probe.idle.interval = 5m
      probe.wait.older-than = 61s
      probe.wait.at-most = 1s
      probe.wait.places = 999
      probe.body-limit = 65535
      probe.user-agent = renamed
      probe.authorities = authority.pem
      services.in-advance = true
      dnssec.key-ttl = 2h
      dnssec.propagation = 2h
      """;

  private static final String BACKBONE =
      """
      dns.listen = ["@A:0"]
      dns.label-listen = ["@A:0"]
      dns.addresses = ["127.0.0.9"]
      dns.label-addresses = ["127.0.0.10"]
      dns.name = renamed.dglb.test
      dns.contact = renamed.dglb.test
      dns.courtesy-referral = false
      dns.short-ttl = 19s
      dns.zone-ttl = 2h
      mapping.listen = ["127.0.0.11:0"]
      mapping.advertise = ["127.0.0.1:8853"]
      mapping.ping-interval = 4s
      cluster.enabled = true, cluster.address = "@A", cluster.name = one, cluster.port = @P
      cluster.address = "@A"
      cluster.port = @P
      cluster.name = other
      cluster.heartbeat-interval = 3s
      cluster.heartbeat-timeout = 16s
      cluster.scan-interval = 4s
      cluster.liveness-interval = 3s
      cluster.liveness-timeout = 11s
      map.expiry = 29d
      map.next-key = map-2.key
      map.previous-keys = [map.key], map.key = map-2.key
      grants.load-balancers.lb-9.resolvers = ["192.0.2.0/24"]
      grants.load-balancers.lb-9.clients = ["192.0.2.0/24"]
      grants.authorities.foobar.zones = [lb.foobar.test]
      grants.authorities.foobar.enterprise = acme
      fallback.computed-map = map.csv
      fallback.locations = locations.csv
      labels.backups = 1
      labels.check-interval = 29s
      labels.check-timeout = 3s
      labels.duty-retry = 6s
      labels.lost-after = 11s
      labels.long-lost-after = 2d
      labels.start-grace = 61s
      registry.peers.n1.endpoint = "@A:@P"
      registry.listen = "@A:@P"
      registry.join = true
      registry.patience = 9s
      registry.election-timeout = 2s
      cluster.members = ["127.0.0.15:5701"]
      registry.quarantine = 29d
      registry.signed-files = .
      registry.delegation-check = 11m
      registry.resolvers = ["127.0.0.1:9"]
      dnssec.cached-signatures = 131073
      dnssec.signatures-per-second = 999
      dnssec.denials-per-second = 199
      dnssec.signature-validity = 13d
      dnssec.key-lifetime = 365d
      dnssec.parent-ttl = 2d
      dnssec.propagation = 2h
      """;

  @TempDir private Path folder;

  /** What was logged; by the nodes' own threads. */
  private final List<String> said = new CopyOnWriteArrayList<>();

  private int ports;

  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event.getFormattedMessage());
        }
      };
  private final Logger log = (Logger) LoggerFactory.getLogger(ConfigurationFile.class);

  @BeforeEach
  void listen() {
    log.setLevel(Level.INFO);
    appender.start();
    log.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(appender);
    log.setLevel(null);
  }

  @Test
  void everyKeyIsTakenByAPartOfTheRunningNode() throws Exception {
    try (RunningNodes nodes = new RunningNodes(folder)) {
      filesThatKeysName();
      change(nodes, NodeRole.AUTHORITY, AuthoritySettings.FORM, AUTHORITY);
      change(nodes, NodeRole.LOAD_BALANCER, LoadBalancerSettings.FORM, LOAD_BALANCER);
      change(nodes, NodeRole.BACKBONE, BackboneSettings.FORM, BACKBONE);
    }
  }

  private void change(
      RunningNodes nodes, NodeRole role, ConfigurationFile.Form<?> form, String changes)
      throws Exception {
    for (String name : List.of("copy", "copy-2")) {
      copy(role.word() + "-n1.pem", name + ".pem");
      copy(role.word() + "-n1-key.pem", name + "-key.pem");
    }
    List<String> lines = (EVERY_NODE + changes).lines().toList();
    assertCovers(form, lines);
    Map<String, String> taken = new LinkedHashMap<>();
    Path file = folder.resolve(role.word() + ".conf");
    for (String line : lines) {
      int before = said.size();
      Files.writeString(file, Files.readString(file) + withOwnEndpoint(line) + "\n");
      taken.put(line, taken(nodes.node(role), before));
    }
    assertThat(problems(nodes.node(role))).isEqualTo("[]");
    assertThat(taken.entrySet())
        .as("%s", taken)
        .allSatisfy(entry -> assertThat(entry.getValue()).as(entry.getKey()).isNotEmpty());
  }

  /** Each key of the reference that a running node takes stands in a line. */
  private static void assertCovers(ConfigurationFile.Form<?> form, List<String> lines)
      throws Exception {
    Set<String> changed =
        lines.stream()
            .flatMap(line -> List.of(line.split(", (?=[a-z])")).stream())
            .map(each -> each.replaceAll("^([a-z0-9.-]+) .*", "$1"))
            .collect(Collectors.toSet());
    Set<String> left = ReferenceKeys.of(form.reference()).values();
    left.removeIf(form::needsRestart);
    left.removeIf(key -> changed.stream().anyMatch(line -> isIn(key, line) || isIn(line, key)));
    left.removeIf(key -> key.startsWith("grants.") || key.startsWith("registry.peers."));
    assertThat(left).as("keys of %s that are not changed here", form.reference()).isEmpty();
  }

  private static boolean isIn(String key, String section) {
    return key.equals(section) || key.startsWith(section + ".");
  }

  /** Reloads; the keys of the parts that took something, nothing if none says so in time. */
  private String taken(Node node, int before) {
    node.reload();
    try {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .atMost(PATIENCE)
          .until(() -> !said(before).isEmpty());
    } catch (ConditionTimeoutException e) {
      return "";
    }
    return said(before);
  }

  private String said(int from) {
    return said.stream()
        .skip(from)
        .map(TAKEN::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElse("");
  }

  private static String problems(Node node) {
    return node.status().toJson().getJsonObject("configuration").getJsonArray("problems").encode();
  }

  private void filesThatKeysName() throws Exception {
    Secret.create(folder.resolve("map-2.key"));
    copy("authority.pem", "copy-authority.pem");
    Files.writeString(folder.resolve("resolv.conf"), "nameserver 192.0.2.53\n");
    Files.writeString(folder.resolve("map.csv"), "192.0.2.0/24,lb-9\n");
    Files.writeString(folder.resolve("locations.csv"), "192.0.2.0/24,40.7,-74.0\n");
    TsigKey.random(DomainName.of("key.test"), TsigAlgorithm.HMAC_SHA256)
        .write(folder.resolve("tsig.key"));
    Files.writeString(
        folder.resolve("lb.foobar.test.conf"),
        """
        registration {
          version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
          services { "www.lb.foobar.test" { sites { one { addresses = ["192.0.2.1"] } } } }
        }
        """);
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(
        folder.resolve(from),
        folder.resolve(to),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private String withOwnEndpoint(String line) {
    if (!line.contains("@")) {
      return line;
    }
    Endpoint own = OwnEndpoint.next();
    ports++;
    return line.replace("@A", own.address().getHostAddress())
        .replace("@P", Integer.toString(own.port() + ports));
  }
}
