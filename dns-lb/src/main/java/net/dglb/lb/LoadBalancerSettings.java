package net.dglb.lb;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.config.FileCheck;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.identity.NodeRole;
import net.dglb.lb.announce.Statement;
import net.dglb.lb.answer.WaitingQuestions.WaitSettings;
import net.dglb.lb.measure.Demand.IdleSettings;
import net.dglb.lb.resolvers.ResolverSet;
import net.dglb.lb.resolvers.ResolverSource;
import net.dglb.lb.sign.LabelKeySettings;
import net.dglb.measure.estimate.DownBrake.BrakeSettings;
import net.dglb.measure.probe.ProberSettings;
import net.dglb.measure.schedule.ScheduleSettings;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.node.ConfigurationFile;
import net.dglb.node.NodeSettings;

/**
 * What a load balancer is told; {@code lb-reference.conf} documents the keys.
 *
 * @param node what every node is told
 * @param listen where DNS is answered
 * @param dns how DNS is served
 * @param addresses where resolvers reach it
 * @param dnsPort the port there
 * @param location where it stands
 * @param leaveAtMost how long to go on answering after an orderly stop at most
 * @param resolvers whom it stands beside by configuration
 * @param resolverFile a file that names more
 * @param backbone the backbone's nodes and the sessions to them
 * @param prober how probes are made
 * @param schedule bounds of probing
 * @param brake bounds of taking sites down
 * @param idle when services count as idle
 * @param waiting which questions wait for measurements
 * @param labelKeys how long what is published of its labels' key stays in use
 * @param servicesInAdvance whether to be sent every service at once
 */
public record LoadBalancerSettings(
    NodeSettings node,
    List<Endpoint> listen,
    DnsServerSettings dns,
    List<InetAddress> addresses,
    int dnsPort,
    Optional<Location> location,
    Duration leaveAtMost,
    ResolverSet resolvers,
    Optional<Path> resolverFile,
    Backbone backbone,
    ProberSettings prober,
    ScheduleSettings schedule,
    BrakeSettings brake,
    IdleSettings idle,
    WaitSettings waiting,
    LabelKeySettings labelKeys,
    boolean servicesInAdvance) {

  /** The configuration file of a load balancer. */
  public static final ConfigurationFile.Form<LoadBalancerSettings> FORM =
      new ConfigurationFile.Form<>(
          "lb-reference.conf",
          LoadBalancerSettings::read,
          List.of(
              "node",
              "identity",
              "log.level",
              "dns",
              "announce",
              "resolvers",
              "backbone",
              "probe",
              "services",
              "dnssec"),
          List.of("node.id", "node.state", "node.watch-interval"));

  private static final int MAX_PREFIXES = 100_000;
  private static final int DNS_PORT = 53;

  /**
   * Whom to keep sessions to.
   *
   * @param nodes where backbone nodes listen
   * @param from the addresses to connect from
   * @param pingInterval between signs of life
   * @param reportInterval between reports of estimates
   */
  public record Backbone(
      List<Endpoint> nodes,
      List<InetAddress> from,
      Duration pingInterval,
      Duration reportInterval) {}

  /** Reads the keys; problems stay with the section. */
  public static LoadBalancerSettings read(ConfigSection root) {
    NodeSettings node = NodeSettings.read(root, NodeRole.LOAD_BALANCER);
    List<Endpoint> listen = listen(root);
    List<InetAddress> addresses = root.addresses("announce.addresses");
    List<InetAddress> reached =
        addresses.isEmpty()
            ? listen.stream().map(Endpoint::address).distinct().toList()
            : addresses;
    int usualPort = listen.isEmpty() ? DNS_PORT : listen.getFirst().port();
    int port = root.optionalInteger("announce.port", 1, 65535).orElse(usualPort);
    Duration leaveAtMost =
        root.duration("announce.leave-at-most", Duration.ZERO, Duration.ofDays(8));
    LoadBalancerSettings settings =
        new LoadBalancerSettings(
            node,
            listen,
            DnsServerSettings.read(root.section("dns")),
            reached,
            port,
            location(root),
            leaveAtMost,
            resolvers(root),
            resolverFile(root),
            backbone(root, reached),
            prober(root, reached),
            new ScheduleSettings(
                root.integer("probe.in-flight", 1, 100_000),
                root.integer("probe.per-second", 1, 1_000_000),
                ScheduleSettings.DEFAULT.jitter()),
            brake(root),
            idle(root),
            waiting(root),
            labelKeys(root.section("dnssec")),
            root.bool("services.in-advance"));
    if (!root.has("identity")) {
      root.problem("identity", "missing (expected: certificate, key and authority)");
    }
    return settings;
  }

  /** What is announced beside these resolvers. */
  public Statement statement(ResolverSet beside) {
    return new Statement(addresses, dnsPort, beside, location, servicesInAdvance);
  }

  private static List<Endpoint> listen(ConfigSection root) {
    List<Endpoint> listen = root.endpoints("dns.listen");
    if (listen.isEmpty() && !root.has("dns.listen")) {
      root.problem("dns.listen", "missing (expected: addresses with ports, such as 192.0.2.53:53)");
    } else if (listen.isEmpty()) {
      root.problem("dns.listen", "holds no usable address (expected: at least one)");
    }
    for (Endpoint endpoint : listen) {
      if (endpoint.address().isAnyLocalAddress()) {
        root.problem(
            "dns.listen",
            "value: " + endpoint + " (expected: each address by itself, no wildcard)");
        return List.of(STAND_IN);
      }
    }
    return listen.isEmpty() ? List.of(STAND_IN) : listen;
  }

  /** Lets reading go on after a problem, so that all problems come at once. */
  private static final Endpoint STAND_IN = Endpoint.parse("127.0.0.1:53");

  private static Optional<Location> location(ConfigSection root) {
    return root.optionalSection("announce.location")
        .map(section ->
            new Location(
                section.number("latitude", -90, 90), section.number("longitude", -180, 180)));
  }

  private static ResolverSet resolvers(ConfigSection root) {
    List<Prefix> prefixes = root.prefixes("resolvers.prefixes");
    List<Prefix> clients = root.prefixes("resolvers.clients");
    if (prefixes.size() + clients.size() > MAX_PREFIXES) {
      root.problem(
          "resolvers",
          (prefixes.size() + clients.size())
              + " prefixes (expected: at most "
              + MAX_PREFIXES
              + ")");
    }
    return new ResolverSet(prefixes, clients);
  }

  /** Not there is no mistake: a lease comes later. */
  private static Optional<Path> resolverFile(ConfigSection root) {
    Optional<Path> file = root.optionalPath("resolvers.file");
    file.ifPresent(named ->
        root.onCheck(
            "resolvers.file",
            _ -> Files.exists(named) ? ResolverSource.problems(named) : List.of()));
    return file;
  }

  private static Optional<Path> authorities(ConfigSection root) {
    Optional<Path> file = root.optionalReadableFile("probe.authorities");
    file.ifPresent(named ->
        root.onCheck("probe.authorities", FileCheck.of(() -> ProberSettings.checkTrust(named))));
    return file;
  }

  private static Backbone backbone(ConfigSection root, List<InetAddress> addresses) {
    List<Endpoint> nodes = root.endpoints("backbone.nodes");
    if (nodes.isEmpty()) {
      root.problem(
          "backbone.nodes", "missing (expected: where backbone nodes listen, at least one)");
    }
    List<InetAddress> from = root.addresses("backbone.from");
    return new Backbone(
        nodes,
        from.isEmpty() ? addresses : from,
        root.duration("backbone.ping-interval", Duration.ofMillis(100), Duration.ofMinutes(5)),
        root.duration("backbone.report-interval", Duration.ofMillis(100), Duration.ofMinutes(5)));
  }

  private static BrakeSettings brake(ConfigSection root) {
    return new BrakeSettings(
        root.number("probe.brake.share", 0.01, 1),
        root.duration("probe.brake.within", Duration.ofSeconds(1), Duration.ofHours(1)),
        root.integer("probe.brake.from", 1, 1_000_000));
  }

  private static IdleSettings idle(ConfigSection root) {
    return new IdleSettings(
        root.duration("probe.idle.after", Duration.ZERO, Duration.ofDays(30)),
        root.duration("probe.idle.interval", Duration.ofSeconds(1), Duration.ofDays(1)));
  }

  private static WaitSettings waiting(ConfigSection root) {
    return new WaitSettings(
        root.duration("probe.wait.older-than", Duration.ofSeconds(1), Duration.ofDays(1)),
        root.duration("probe.wait.at-most", Duration.ZERO, Duration.ofSeconds(5)),
        root.integer("probe.wait.places", 1, 100_000));
  }

  private static LabelKeySettings labelKeys(ConfigSection dnssec) {
    return new LabelKeySettings(
        dnssec.duration("key-ttl", LabelKeySettings.MIN_TTL, LabelKeySettings.MAX_TTL),
        dnssec.duration("propagation", Duration.ZERO, LabelKeySettings.MAX_PROPAGATION));
  }

  private static ProberSettings prober(ConfigSection root, List<InetAddress> addresses) {
    List<InetAddress> from = root.addresses("probe.from");
    return new ProberSettings(
            Optional.empty(),
            Optional.empty(),
            authorities(root),
            root.integer("probe.body-limit", 0, 16 << 20),
            root.string("probe.user-agent"))
        .from(from.isEmpty() ? addresses : from);
  }
}
