package net.dglb.backbone;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.announce.Grants;
import net.dglb.backbone.cluster.ClusterSettings;
import net.dglb.backbone.duty.LabelSettings;
import net.dglb.backbone.index.FallbackFiles;
import net.dglb.backbone.keys.RollSettings;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.peers.Liveness;
import net.dglb.backbone.refer.ReferSettings;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.config.ConfigSection;
import net.dglb.config.FileCheck;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.identity.NodeRole;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.ConfigurationFile;
import net.dglb.node.NodeSettings;

/**
 * Everything that a backbone node is told; {@code backbone-reference.conf} documents the keys.
 *
 * @param node the keys of every node
 * @param dns where and how it answers
 * @param mapping where others connect
 * @param cluster the grid; empty for a node that stands alone
 * @param timing of the shared maps
 * @param mapKeys the files of the secrets that seal what backbone nodes store
 * @param grants who may say what
 * @param fallback files for resolvers that nobody announced
 * @param labels how labels live
 * @param registry where registrations are agreed on
 * @param signing bounds of signing zones
 * @param rolls how their keys follow each other
 */
public record BackboneSettings(
    NodeSettings node,
    Dns dns,
    Mapping mapping,
    Optional<ClusterSettings> cluster,
    Timing timing,
    MapKeySettings mapKeys,
    Grants grants,
    Fallback fallback,
    LabelSettings labels,
    RegistrySettings registry,
    SigningSettings signing,
    RollSettings rolls) {

  /** The configuration file of a backbone node. */
  public static final ConfigurationFile.Form<BackboneSettings> FORM =
      new ConfigurationFile.Form<>(
          "backbone-reference.conf",
          BackboneSettings::read,
          List.of(
              "node",
              "identity",
              "log.level",
              "dns",
              "mapping",
              "cluster",
              "map",
              "grants",
              "fallback",
              "labels",
              "registry",
              "dnssec"),
          List.of("node.id", "node.state", "node.watch-interval", "dns.infrastructure-zone"));

  private static final Duration MILLISECONDS_100 = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MIN_VALIDITY = Duration.ofDays(3);
  private static final Duration MAX_VALIDITY = Duration.ofDays(60);

  /** Where and how the node answers DNS. */
  public record Dns(
      List<Endpoint> listen,
      List<Endpoint> labelListen,
      List<InetAddress> addresses,
      List<InetAddress> labelAddresses,
      DomainName infrastructureZone,
      DomainName name,
      DnsServerSettings server,
      ReferSettings referrals) {}

  /** Where load balancers and authorities connect. */
  public record Mapping(List<Endpoint> listen, List<Endpoint> advertise, Duration pingInterval) {}

  /** How often shared maps are read, and how long things count. */
  public record Timing(
      Duration scanInterval,
      Duration livenessInterval,
      Duration livenessTimeout,
      Duration lostAfter,
      Duration startGrace,
      Duration longLostAfter,
      Duration mapExpiry) {}

  /** Files for resolvers that nobody announced. */
  public record Fallback(Optional<Path> computedMap, Optional<Path> locations) {}

  /** Reads the keys; problems come from the section's {@code finish}. */
  public static BackboneSettings read(ConfigSection root) {
    NodeSettings node = NodeSettings.read(root, NodeRole.BACKBONE);
    if (node.identity().isEmpty()) {
      root.problem("identity", "missing (expected: certificate, key and authority)");
    }
    Optional<ClusterSettings> cluster = cluster(root.section("cluster"));
    Mapping mapping = mapping(root.section("mapping"));
    RegistrySettings registry =
        RegistrySettings.read(root.section("registry"), node, mapping.advertise());
    if (cluster.isPresent() && !cluster.get().others().isEmpty() && registry.log().isAlone()) {
      root.problem(
          "registry.peers",
          "missing (expected: this node and every other one that agrees on registrations, since"
              + " cluster.members names others: "
              + cluster.get().others()
              + ")");
    }
    if (cluster.isEmpty()) {
      checkStandsAlone(root, registry);
    }
    return new BackboneSettings(
        node,
        dns(root.section("dns"), node.id()),
        mapping,
        cluster,
        timing(root),
        MapKeySettings.read(root.section("map")),
        GrantSettings.read(root.section("grants")),
        fallback(root.section("fallback")),
        labels(root.section("labels")),
        registry,
        signing(root.section("dnssec")),
        rolls(root));
  }

  /** Whoever agrees on registrations is to share what sessions say, too. It runs nevertheless. */
  private static void checkStandsAlone(ConfigSection root, RegistrySettings registry) {
    Set<String> voters = registry.log().voters().keySet();
    if (voters.size() > 1) {
      root.onCheck(
          "registry.peers",
          _ ->
              List.of(
                  "value: "
                      + voters
                      + " (expected: with cluster.enabled = false this node alone, since it hears"
                      + " of no announcement and no load balancer of the others; set"
                      + " cluster.enabled = true)"));
    }
  }

  private static Fallback fallback(ConfigSection section) {
    Optional<Path> computedMap = section.optionalReadableFile("computed-map");
    computedMap.ifPresent(file ->
        section.onCheck("computed-map", FileCheck.of(() -> FallbackFiles.computedMap(file))));
    Optional<Path> locations = section.optionalReadableFile("locations");
    locations.ifPresent(
        file -> section.onCheck("locations", FileCheck.of(() -> FallbackFiles.locations(file))));
    return new Fallback(computedMap, locations);
  }

  /** This node as it tells the others of itself. */
  BackbonePeer self() {
    return new BackbonePeer(
        node.id(), dns.name(), dns.addresses(), dns.labelAddresses(), mapping.advertise());
  }

  /** How long this node waits for others; one that stands alone has nobody to wait for. */
  Duration graceForPeers() {
    return cluster.isPresent() ? timing.startGrace() : Duration.ZERO;
  }

  /** How long the word of others counts. */
  Liveness.Times times() {
    return new Liveness.Times(
        timing.livenessTimeout(), timing.lostAfter(), timing.startGrace(), timing.longLostAfter());
  }

  private static Dns dns(ConfigSection dns, String id) {
    List<Endpoint> listen = required(dns, "listen");
    List<Endpoint> labelListen = required(dns, "label-listen");
    for (Endpoint endpoint : labelListen) {
      if (listen.stream().anyMatch(main -> main.address().equals(endpoint.address()))) {
        dns.problem(
            "label-listen",
            "value: "
                + endpoint
                + " (expected: an address that is not in dns.listen: one address cannot be parent"
                + " and child of a zone cut)");
      }
    }
    DomainName zone = dns.domainName("infrastructure-zone");
    DomainName name =
        dns.optionalDomainName("name").orElseGet(() -> id.isEmpty() ? zone : zone.child(id));
    if (!name.isBelow(zone)) {
      dns.problem("name", "value: " + name + " (expected: a name below " + zone + ")");
    }
    return new Dns(
        listen,
        labelListen,
        addresses(dns, "addresses", listen),
        addresses(dns, "label-addresses", labelListen),
        zone,
        name,
        DnsServerSettings.read(dns),
        new ReferSettings(
            dns.optionalDomainName("contact").orElseGet(() -> zone.child("hostmaster")),
            dns.bool("courtesy-referral"),
            (int) dns.duration("short-ttl", SECOND, Duration.ofSeconds(20)).toSeconds(),
            (int) zoneTtl(dns).toSeconds()));
  }

  private static Duration zoneTtl(ConfigSection dns) {
    return dns.duration("zone-ttl", SECOND, Duration.ofDays(1));
  }

  private static Mapping mapping(ConfigSection mapping) {
    List<Endpoint> listen = required(mapping, "listen");
    List<Endpoint> advertise = mapping.endpoints("advertise");
    return new Mapping(
        listen,
        advertise.isEmpty() ? listen : advertise,
        mapping.duration("ping-interval", MILLISECONDS_100, HOUR));
  }

  private static Optional<ClusterSettings> cluster(ConfigSection cluster) {
    Duration interval = cluster.duration("heartbeat-interval", SECOND, HOUR);
    Duration timeout = cluster.duration("heartbeat-timeout", SECOND.multipliedBy(2), HOUR);
    int port = cluster.integer("port", 1, 65535);
    List<Endpoint> members = cluster.endpoints("members");
    if (!cluster.bool("enabled")) {
      cluster.optionalString("name");
      cluster.optionalAddress("address");
      return Optional.empty();
    }
    if (timeout.compareTo(interval.multipliedBy(2)) < 0) {
      cluster.problem(
          "heartbeat-timeout",
          "value: "
              + timeout.toSeconds()
              + "s (expected: at least twice the heartbeat-interval of "
              + interval.toSeconds()
              + "s)");
      timeout = interval.multipliedBy(2);
    }
    return Optional.of(
        new ClusterSettings(
            cluster.string("name"),
            new Endpoint(cluster.address("address"), port),
            members,
            interval,
            timeout));
  }

  private static Timing timing(ConfigSection root) {
    ConfigSection cluster = root.section("cluster");
    ConfigSection labels = root.section("labels");
    return new Timing(
        cluster.duration("scan-interval", MILLISECONDS_100, HOUR),
        cluster.duration("liveness-interval", MILLISECONDS_100, HOUR),
        cluster.duration("liveness-timeout", MILLISECONDS_100, HOUR),
        labels.duration("lost-after", Duration.ZERO, HOUR),
        labels.duration("start-grace", Duration.ZERO, HOUR),
        labels.duration("long-lost-after", HOUR, Duration.ofDays(365)),
        root.duration("map.expiry", HOUR, Duration.ofDays(365)));
  }

  private static LabelSettings labels(ConfigSection labels) {
    return new LabelSettings(
        labels.integer("backups", 0, 4),
        labels.duration("check-interval", MILLISECONDS_100, HOUR),
        labels.duration("check-timeout", MILLISECONDS_100, Duration.ofMinutes(1)),
        labels.duration("duty-retry", MILLISECONDS_100, HOUR));
  }

  private static SigningSettings signing(ConfigSection dnssec) {
    Duration validity = dnssec.duration("signature-validity", MIN_VALIDITY, MAX_VALIDITY);
    return new SigningSettings(
        dnssec.integer("cached-signatures", 1_000, 100_000_000),
        dnssec.integer("signatures-per-second", 1, 1_000_000),
        dnssec.integer("denials-per-second", 1, 1_000_000),
        new SignatureLifetime(HOUR, validity, validity.dividedBy(14)));
  }

  private static RollSettings rolls(ConfigSection root) {
    ConfigSection dnssec = root.section("dnssec");
    return new RollSettings(
        dnssec.optionalDuration("key-lifetime", Duration.ofDays(1), Duration.ofDays(7300)),
        zoneTtl(root.section("dns")),
        dnssec.duration("parent-ttl", Duration.ZERO, Duration.ofDays(365)),
        dnssec.duration("propagation", Duration.ZERO, Duration.ofDays(365)));
  }

  private static List<Endpoint> required(ConfigSection section, String key) {
    List<Endpoint> endpoints = section.endpoints(key);
    if (endpoints.isEmpty()) {
      section.problem(key, "missing (expected: a list of addresses with ports)");
    }
    return endpoints;
  }

  private static List<InetAddress> addresses(
      ConfigSection section, String key, List<Endpoint> listen) {
    List<InetAddress> written = section.addresses(key);
    return written.isEmpty() ? listen.stream().map(Endpoint::address).distinct().toList() : written;
  }
}
