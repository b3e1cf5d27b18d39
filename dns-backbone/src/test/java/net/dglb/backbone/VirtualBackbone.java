package net.dglb.backbone;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.announce.Grants;
import net.dglb.backbone.cluster.ClusterSettings;
import net.dglb.backbone.duty.LabelSettings;
import net.dglb.backbone.explain.ExplainRoute;
import net.dglb.backbone.explain.PastAnswers;
import net.dglb.backbone.explain.SeenAliases;
import net.dglb.backbone.explain.Sources;
import net.dglb.backbone.keys.RollSettings;
import net.dglb.backbone.map.InMemorySharedMap;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.refer.ReferSettings;
import net.dglb.backbone.registry.ImmediateLog;
import net.dglb.backbone.registry.LoggedZoneRegistry;
import net.dglb.backbone.registry.RegistryTables;
import net.dglb.backbone.registry.log.LogSettings;
import net.dglb.backbone.sign.SigningSettings;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.ZonePages;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import net.dglb.node.LogLevel;
import net.dglb.node.NodeSettings;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.VirtualTimeline;

/** Control planes of backbone nodes in virtual time, with maps that they share in memory. */
final class VirtualBackbone {

  static final Duration GRACE = Duration.ofSeconds(60);
  private static final Duration SCAN = Duration.ofSeconds(3);

  private static final Duration STEP = Duration.ofMillis(100);

  private static final Grants GRANTS =
      new Grants(
          Map.of(
              "lb-nyc",
              new Grants.PrefixGrant(List.of(Prefix.parse("203.0.113.0/24")), List.of()),
              "lb-lon",
              new Grants.PrefixGrant(List.of(), List.of()),
              "lb-tyo",
              new Grants.PrefixGrant(List.of(), List.of())),
          Map.of("foobar", new Grants.ZoneGrant(List.of(DomainName.of("foobar.test")), "foobar")));

  private final Map<String, VirtualTimeline> timelines = new TreeMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  final Map<String, InMemorySharedMap> shared = new HashMap<>();
  private final Map<String, Map<String, Map<String, byte[]>>> disks = new HashMap<>();

  private final Map<String, PastAnswers> past = new HashMap<>();

  /** Of all nodes. */
  final ImmediateLog log = new ImmediateLog();

  /** Addresses that do not answer DNS. */
  final Set<InetAddress> silent = new HashSet<>();

  /** How many members of the cluster each node sees. */
  int members = 1;

  /** A started node; one that has the same id is dead from now on and leaves its disk. */
  ControlPlane start(String id, String address, boolean clustered) {
    return start(id, settings(id, address, address, clustered));
  }

  /** A node that starts again with another address. */
  ControlPlane restartWithOtherDnsAddress(String id, String mapping, String dns) {
    return start(id, settings(id, dns, mapping, true));
  }

  private ControlPlane start(String id, BackboneSettings settings) {
    VirtualTimeline timeline = new VirtualTimeline(now);
    timelines.put(id, timeline);
    RegistryTables tables = new RegistryTables();
    log.join(tables);
    Map<String, Map<String, byte[]>> disk = disks.computeIfAbsent(id, _ -> new HashMap<>());
    ControlPlane plane =
        new ControlPlane(
            settings,
            new Surroundings(
                name -> disk.computeIfAbsent(name, _ -> new HashMap<>()),
                () -> {},
                name -> shared.computeIfAbsent(name, _ -> new InMemorySharedMap()),
                () -> members,
                MapKeys.only(new SecretKeySpec(new byte[32], "HmacSHA256")),
                afterCommit ->
                    new LoggedZoneRegistry(
                        log,
                        tables,
                        disk.computeIfAbsent("zones", _ -> new HashMap<>()),
                        settings.dns().infrastructureZone(),
                        () -> settings.registry().quarantine(),
                        afterCommit,
                        timeline),
                (at, port, tcp, name, text, result) ->
                    result.accept(
                        silent.contains(at) ? Optional.of("no answer") : Optional.empty()),
                Runnable::run,
                new Random(1),
                timeline));
    past.put(
        id,
        plane
            .view()
            .past(
                id,
                name -> disk.computeIfAbsent(name, _ -> new HashMap<>()),
                () -> {},
                plane.referrals(),
                timeline));
    plane.start();
    timeline.runDue();
    return plane;
  }

  /** What a node's admin API explains. */
  ExplainRoute explain(String id, ControlPlane plane) {
    return new ExplainRoute(
        new Sources(
            id,
            plane.mainCatalog()::get,
            plane.view().registry(),
            plane.view().directory(),
            plane.view().duties(),
            plane.view().checks(),
            plane.referrals(),
            plane.view().peers(),
            SeenAliases.NONE,
            Objects.requireNonNull(past.get(id)),
            this::now));
  }

  /** What a node has on disk under a name. */
  Map<String, byte[]> disk(String id, String name) {
    return disks.getOrDefault(id, Map.of()).getOrDefault(name, Map.of());
  }

  /** A node that starts from now on keeps there what it has under a name. */
  void keep(String id, String name, Map<String, byte[]> there) {
    disks.computeIfAbsent(id, _ -> new HashMap<>()).put(name, there);
  }

  /** The grid is cut off from every node, or back. */
  void away(boolean away) {
    shared.values().forEach(map -> map.away = away);
  }

  /** The time of one node. */
  VirtualTimeline timeline(String id) {
    return Objects.requireNonNull(timelines.get(id));
  }

  /** What time it is. */
  Instant now() {
    return now;
  }

  /** Lets time pass for every node, in turns. */
  void advance(Duration by) {
    for (Duration left = by; left.isPositive(); left = left.minus(STEP)) {
      timelines.values().forEach(timeline -> timeline.advance(STEP));
      now = now.plus(STEP);
    }
  }

  void afterTheNextScan() {
    advance(SCAN.multipliedBy(2));
  }

  /** An authority with an open session that has registered a zone. */
  InMemorySession authority(ControlPlane plane, EnterpriseZone zone) {
    InMemorySession session = new InMemorySession(NodeRole.AUTHORITY, "foobar");
    plane.reception().opened(session);
    register(plane, session, zone);
    return session;
  }

  void register(ControlPlane plane, InMemorySession session, EnterpriseZone zone) {
    ZonePages.registrations(zone)
        .forEach(page ->
            plane
                .reception()
                .received(session, Frame.newBuilder().setCorrelation(1).setRegister(page).build()));
    advance(STEP);
  }

  private static BackboneSettings settings(
      String id, String address, String sessions, boolean clustered) {
    Endpoint dns = Endpoint.parse(address + ":53");
    Endpoint label = Endpoint.parse("198.18.9.9:53");
    Endpoint mapping = Endpoint.parse(sessions + ":8853");
    DomainName infrastructure = DomainName.of("dglb.test");
    return new BackboneSettings(
        new NodeSettings(
            id,
            Path.of("none"),
            Endpoint.parse("127.0.0.1:0"),
            100,
            Optional.empty(),
            Set.of(),
            LogLevel.INFO,
            Duration.ofSeconds(1)),
        new BackboneSettings.Dns(
            List.of(dns),
            List.of(label),
            List.of(dns.address()),
            List.of(label.address()),
            infrastructure,
            infrastructure.child(id),
            DnsServerSettings.DEFAULT,
            new ReferSettings(infrastructure.child("hostmaster"), true, 20)),
        new BackboneSettings.Mapping(List.of(mapping), List.of(mapping), Duration.ofSeconds(5)),
        clustered
            ? Optional.of(
                new ClusterSettings(
                    "test", mapping, List.of(), Duration.ofSeconds(2), Duration.ofSeconds(15)))
            : Optional.empty(),
        new BackboneSettings.Timing(
            SCAN,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            GRACE,
            Duration.ofDays(1),
            Duration.ofDays(30)),
        new MapKeySettings(Path.of("none"), Optional.empty(), List.of()),
        GRANTS,
        new BackboneSettings.Fallback(Optional.empty(), Optional.empty()),
        new LabelSettings(2, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(5)),
        new RegistrySettings(
            LogSettings.alone(
                id,
                new Endpoint(InetAddress.getLoopbackAddress(), 5801),
                Path.of("none"),
                Duration.ofSeconds(5)),
            Duration.ofDays(30),
            Optional.empty(),
            Duration.ofMinutes(10),
            List.of()),
        SigningSettings.DEFAULT,
        RollSettings.DEFAULT);
  }
}
