package net.dglb.backbone;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.GrantFilter;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.backbone.duty.AddressChecks;
import net.dglb.backbone.duty.Duties;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.explain.PastAnswers;
import net.dglb.backbone.explain.SeenAliases;
import net.dglb.backbone.explain.Sources;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.peers.Liveness;
import net.dglb.backbone.peers.PeerTable;
import net.dglb.backbone.refer.ReferralCompiler;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.log.LogStatus;
import net.dglb.backbone.session.AuthoritySessions;
import net.dglb.backbone.session.LoadBalancerSessions;
import net.dglb.dns.serve.Catalog;
import net.dglb.explain.DecisionHistory;
import net.dglb.net.AddressLiteral;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.GatheredTask;
import net.dglb.time.Timeline;

/** The control plane as a status tree; read on the control thread. */
record ControlPlaneView(
    Maps maps,
    PeerTable peers,
    Liveness liveness,
    Directory directory,
    GrantFilter grants,
    ZoneRegistry registry,
    Duties duties,
    AddressChecks checks,
    EstimateTable estimates,
    LoadBalancerSessions loadBalancers,
    AuthoritySessions authorities,
    EstimatedPlaces estimated,
    ResolverIndex index) {

  private static final Duration SAVE_PAST = Duration.ofSeconds(1);

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("resolver-map", resolverMap());
    tree.put("backbone", backbone());
    tree.put("load-balancers", loadBalancerTrees());
    tree.put("authorities", authorities.ids());
    tree.put("registry", registryTree());
    tree.put("zones", zones());
    tree.put("leaving", leaving());
    tree.put("labels", duties.describe());
    tree.put("unacknowledged-duties", duties.unacknowledged());
    int[] sizes = estimates.sizes();
    tree.put("estimates", Map.of("places", sizes[0], "targets", sizes[1]));
    int[] prefixes = index.sizes();
    Map<String, Object> tables = new LinkedHashMap<>();
    tables.put("resolvers", prefixes[0]);
    tables.put("clients", prefixes[1]);
    tables.put("computed", prefixes[2]);
    tables.put("located", prefixes[3]);
    tree.put("prefixes", tables);
    tree.put("estimated-places", estimated.size());
    return tree;
  }

  /** How many entries of shared maps are sealed with a map key of before. */
  int sealedBefore() {
    return maps.sealedBefore();
  }

  /**
   * Keeps what this node itself answers: to go on with after a restart, and to explain later.
   *
   * @param journal durable maps
   * @param save makes them so
   */
  PastAnswers past(
      String node,
      Function<String, Map<String, byte[]>> journal,
      Runnable save,
      ReferralCompiler referrals,
      Timeline timeline) {
    GatheredTask saving = new GatheredTask(save, SAVE_PAST, timeline);
    DecisionHistory history = new DecisionHistory(journal.apply("decisions"), saving::soon);
    PastAnswers past = new PastAnswers(node, registry, history, timeline);
    referrals.save(journal.apply("orders"), saving::soon);
    referrals.onAnswer(past);
    return past;
  }

  /** Where explanations come from. */
  Sources sources(
      String node,
      Supplier<Catalog> main,
      ReferralCompiler referrals,
      SeenAliases aliases,
      PastAnswers past,
      InstantSource clock) {
    return new Sources(
        node, main, registry, directory, duties, checks, referrals, peers, aliases, past, clock);
  }

  private Map<String, Object> resolverMap() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("entries", maps.announcements().entries().size());
    tree.put("checksum", checksum(maps.announcements().checksum()));
    tree.put("foreign-entries", maps.foreignEntries());
    return tree;
  }

  private List<Map<String, Object>> backbone() {
    Map<String, Long> checksums = liveness.checksums();
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (BackbonePeer peer : peers.all()) {
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("id", peer.id());
      node.put("name", peer.name());
      node.put("live", liveness.isNodeHeard(peer.id()));
      node.put("addresses", peer.addresses().stream().map(AddressLiteral::text).toList());
      node.put("mapping", peer.mapping());
      Long sum = checksums.get(peer.id());
      if (sum != null) {
        node.put("resolver-map-checksum", checksum(sum));
      }
      nodes.add(node);
    }
    return nodes;
  }

  private List<Map<String, Object>> loadBalancerTrees() {
    Map<String, String> failures = checks.failures();
    Map<String, SortedMap<String, Double>> loads = loadBalancers.loads();
    List<Map<String, Object>> all = new ArrayList<>();
    for (LoadBalancer lb : directory.all()) {
      if (!lb.isBackbone()) {
        StoredAnnouncement said = lb.announcement();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", lb.id());
        tree.put("version", said.announcement().version());
        tree.put("live", lb.live());
        tree.put("withdrawn", said.withdrawn());
        tree.put("connected", loadBalancers.isConnected(lb.id()));
        tree.put("answers-dns", checks.isTrusted(lb.id()));
        tree.put("problem", failures.getOrDefault(lb.id(), ""));
        tree.put("left-out", grants.leftOut(lb.id()));
        tree.put("addresses", said.addresses().stream().map(AddressLiteral::text).toList());
        tree.put("resolver-prefixes", said.resolverPrefixes().size());
        tree.put("client-prefixes", said.clientPrefixes().size());
        tree.put("load", loads.getOrDefault(lb.id(), Collections.emptySortedMap()));
        all.add(tree);
      }
    }
    return all;
  }

  private Map<String, Object> registryTree() {
    LogStatus log = registry.log();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("voters", log.voters().stream().map(LogStatus.Voter::id).toList());
    tree.put("leader", log.leader());
    tree.put("term", log.term());
    tree.put("applied", log.applied());
    tree.put("problem", log.problem());
    tree.put("audit-records", registry.state().audit().count());
    return tree;
  }

  private List<Map<String, Object>> zones() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (EnterpriseZone zone : registry.list()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("origin", zone.origin());
      tree.put("enterprise", zone.enterprise());
      tree.put("form", zone.form().name().toLowerCase(Locale.ROOT));
      tree.put("version", zone.version());
      tree.put("services", zone.services().stream().map(Service::name).toList());
      all.add(tree);
    }
    return all;
  }

  private List<Map<String, Object>> leaving() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ZoneRegistry.Leaving each : registry.leaving()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("name", each.name());
      tree.put("zone", each.zone().origin());
      tree.put("answered-until", each.until());
      all.add(tree);
    }
    return all;
  }

  private static String checksum(long sum) {
    return String.format("%08x", sum);
  }
}
