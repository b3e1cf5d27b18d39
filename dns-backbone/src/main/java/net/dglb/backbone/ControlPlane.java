package net.dglb.backbone;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.GrantFilter;
import net.dglb.backbone.announce.Grants;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.ResolverMap;
import net.dglb.backbone.announce.StoredAnnouncement;
import net.dglb.backbone.duty.AddressChecks;
import net.dglb.backbone.duty.Demand;
import net.dglb.backbone.duty.Duties;
import net.dglb.backbone.duty.DutyJournal;
import net.dglb.backbone.duty.SharedLabels;
import net.dglb.backbone.estimate.EstimateJournal;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.index.EstimatedPlaces;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.index.IndexCompiler;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceView;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.peers.Census;
import net.dglb.backbone.peers.Liveness;
import net.dglb.backbone.peers.PeerTable;
import net.dglb.backbone.refer.ReferralCompiler;
import net.dglb.backbone.refer.Referrals;
import net.dglb.backbone.refer.TouchedPrefixes;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.session.AuthoritySessions;
import net.dglb.backbone.session.LoadBalancerIntake;
import net.dglb.backbone.session.LoadBalancerSessions;
import net.dglb.backbone.session.Reception;
import net.dglb.dns.serve.Catalog;
import net.dglb.net.DomainName;
import net.dglb.node.LiveParts;
import net.dglb.node.Published;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.GatheredTask;
import net.dglb.time.Timeline;

/**
 * Everything of a backbone node but its network: what it knows, and how that becomes answers. A
 * change anywhere leads to one compilation a moment later. Lives on the control thread.
 */
final class ControlPlane {

  private static final Duration GATHER = Duration.ofMillis(20);
  private static final Duration LOOK_AT_DEMAND = Duration.ofMillis(100);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration WRITE_ESTIMATES = Duration.ofSeconds(10);

  /** Rankings grow stale, and duties are sent again, even when nothing is heard. */
  private static final Duration RECOMPILE = Duration.ofSeconds(5);

  private BackboneSettings settings;
  private final Timeline timeline;
  private final CommitQueue commits;
  private final GatheredTask compilation;
  private final Maps maps;
  private final PeerTable peers;
  private final Census census;
  private final Liveness liveness;
  private final Directory directory;
  private final ResolverMap resolverMap;
  private final GrantFilter grants;
  private final IndexCompiler indexes = new IndexCompiler();
  private final ZoneRegistry registry;
  private final EstimateTable estimates = new EstimateTable();
  private final EstimateJournal estimateJournal;
  private final LoadBalancerSessions loadBalancers;
  private final AddressChecks checks;
  private final SharedLabels sharedLabels;
  private final Duties duties;
  private final Settling settling;
  private final Demand demand;
  private final AuthoritySessions authorities;
  private final Reception reception;
  private final EstimatedPlaces estimated;
  private final Dnssec dnssec;
  private final ReferralCompiler referrals;
  private final Catalogs catalogs;
  private final LifeSigns life;
  private Set<String> live = Set.of();
  private List<LoadBalancer> indexed = List.of();
  private List<EnterpriseZone> known = List.of();
  private ResolverIndex index = ResolverIndex.empty();
  private boolean prefixesChanged = true;
  private boolean sharingDue;
  private Referrals current = Referrals.none();

  ControlPlane(BackboneSettings settings, Surroundings around) {
    this.settings = settings;
    this.timeline = around.timeline();
    grants = new GrantFilter(settings.grants());
    commits = new CommitQueue(around.commit(), timeline);
    compilation = new GatheredTask(this::compile, GATHER, timeline);
    maps = Maps.open(around.mapKeys(), around.shared(), around.journal(), timeline);
    Duration expiry = settings.timing().mapExpiry();
    BackboneSettings.Dns dns = settings.dns();
    peers = new PeerTable(settings.self(), maps.nodes(), expiry, timeline);
    census = new Census(peers, around.members(), settings.graceForPeers(), timeline);
    liveness =
        new Liveness(
            settings.node().id(),
            maps.liveness(),
            settings.times(),
            around.journal().apply("last-heard"),
            timeline);
    directory = new Directory(dns.labelAddresses(), timeline::now, liveness::presence);
    resolverMap = new ResolverMap(maps.announcements(), expiry, timeline);
    // Who is told that a zone is stored can ask this node for it.
    registry = around.registry().apply(told -> commits.afterCommit(() -> compilation.first(told)));
    estimateJournal = new EstimateJournal(around.journal().apply("estimates"), estimates);
    dnssec = new Dnssec(settings, around, registry, peers, liveness);
    catalogs = new Catalogs(dnssec.infrastructure(dns.infrastructureZone(), () -> this.settings));
    loadBalancers = new LoadBalancerSessions(registry, estimates, dnssec.labels(), timeline::now);
    life =
        new LifeSigns(
            maps, peers, liveness, resolverMap, loadBalancers, directory, commits, timeline);
    DutyJournal dutyJournal = new DutyJournal(around.journal().apply("labels"));
    checks =
        new AddressChecks(
            settings.labels(),
            dns.infrastructureZone().child("_dglb"),
            loadBalancers::sendAddressCheck,
            around.probe(),
            around.random(),
            timeline,
            dutyJournal.holders(),
            this::changed);
    sharedLabels = new SharedLabels(settings.node().id(), maps.labels(), expiry, timeline);
    duties =
        new Duties(settings.labels(), loadBalancers, checks, dutyJournal, sharedLabels, timeline);
    settling = new Settling(duties, GATHER, timeline, this::changed);
    demand = new Demand(duties, loadBalancers::sendAsked, timeline);
    authorities =
        new AuthoritySessions(
            registry, grants::grants, census::nodes, dnssec.keyring()::delegationSigners);
    reception = receive();
    estimated = new EstimatedPlaces(this::view, around.background(), timeline, this::changed);
    referrals =
        new ReferralCompiler(
            dns.referrals(),
            estimates,
            () -> registry.said().sayings(),
            estimated,
            dnssec.keyring()::of,
            dnssec.labels());
  }

  private Reception receive() {
    LoadBalancerIntake intake =
        new LoadBalancerIntake(
            loadBalancers,
            resolverMap,
            duties,
            checks,
            estimates,
            dnssec.labels(),
            dnssec::isSigned,
            grants::grants,
            commits::afterCommit,
            this::changed);
    return new Reception(
        loadBalancers,
        intake,
        authorities,
        resolverMap,
        duties,
        checks,
        liveness,
        census::nodes,
        this::changed);
  }

  /** Answers from the journal at once; then listens to the maps and looks after everything. */
  void start() {
    resolverMap.all().forEach(this::take);
    resolverMap.onChange(announcement -> {
      take(announcement);
      changed();
    });
    peers.onChange(this::changed);
    sharedLabels.onChange(this::changed);
    registry.onChange(() -> {
      duties.zones(registry.answered());
      loadBalancers.zonesChanged();
      authorities.delegate();
      changed();
    });
    peers.announceSelf();
    compilation.now();
    life.start(settings.timing());
    timeline.every(LOOK_AT_DEMAND, LOOK_AT_DEMAND, this::lookAtDemand);
    timeline.every(TICK, TICK, this::tick);
    timeline.every(RECOMPILE, RECOMPILE, this::changed);
    timeline.every(
        WRITE_ESTIMATES, WRITE_ESTIMATES, () -> estimateJournal.write(commits::afterCommit));
    dnssec.start();
  }

  /** Adds what takes changes of the configuration while it runs. */
  void follow(LiveParts<BackboneSettings> live) {
    live.part("", Function.identity(), next -> settings = next)
        .part("grants", BackboneSettings::grants, this::grants);
    life.follow(live);
    new PlaneSettings(
            maps,
            peers,
            liveness,
            resolverMap,
            sharedLabels,
            checks,
            duties,
            referrals,
            catalogs,
            this::changed)
        .follow(live);
    dnssec.follow(live);
  }

  /** Takes who may say what from now on; what was announced before is judged again. */
  void grants(Grants next) {
    grants.grants(next);
    resolverMap.all().forEach(this::take);
    changed();
  }

  /** Takes a computed map from a file. */
  void computedMap(FallbackTable table) {
    indexes.computedMap(table);
    prefixesChanged = true;
    changed();
  }

  /** Takes resolvers' locations from a file. */
  void locations(FallbackTable table) {
    indexes.locations(table);
    prefixesChanged = true;
    changed();
  }

  /** What the main addresses serve. */
  Published<Catalog> mainCatalog() {
    return catalogs.main();
  }

  /** What the label addresses serve. */
  Published<Catalog> labelCatalog() {
    return catalogs.labels();
  }

  /** Who makes the zones of both addresses, and knows why they are as they are. */
  ReferralCompiler referrals() {
    return referrals;
  }

  /** For how many prefixes a zone's answers would change, were it like this. */
  TouchedPrefixes touchedPrefixes(EnterpriseZone zone) {
    return referrals.touchedPrefixes(zone, directory.all(), timeline.now());
  }

  /** How zones are signed. */
  Dnssec dnssec() {
    return dnssec;
  }

  /** Who receives sessions. */
  Reception reception() {
    return reception;
  }

  /** For the status tree and for metrics. */
  ControlPlaneView view() {
    return new ControlPlaneView(
        maps,
        peers,
        liveness,
        directory,
        grants,
        registry,
        duties,
        checks,
        estimates,
        loadBalancers,
        authorities,
        estimated,
        index);
  }

  private void take(StoredAnnouncement said) {
    StoredAnnouncement announcement = grants.permitted(said);
    directory.put(announcement);
    indexes.put(announcement);
    prefixesChanged = true;
  }

  private void tick() {
    liveness.tick();
    checks.tick();
    demand.tell();
    dnssec.tick();
    if (!catalogs.isOf(peers.all())) {
      changed();
    }
    if (sharingDue) {
      sharingDue = false;
      duties.share();
    }
    Set<String> now = new HashSet<>();
    directory.all().stream().filter(LoadBalancer::live).forEach(lb -> now.add(lb.id()));
    for (BackbonePeer peer : peers.all()) {
      if (liveness.isNodeHeard(peer.id())) {
        now.add("backbone " + peer.id());
      }
    }
    if (!now.equals(live)) {
      live = now;
      changed();
    }
  }

  private void lookAtDemand() {
    if (collectDemand(current)) {
      compilation.now();
    }
    estimated.tick();
  }

  /** Whether a label is new. */
  private boolean collectDemand(Referrals asked) {
    boolean[] found = {false};
    asked.collectDemand((service, id) -> found[0] |= demand.asked(service, id));
    asked.collectPlaces((service, place) -> {
      estimated.wanted(service, place);
      found[0] |= demand.asked(service, place);
    });
    return found[0];
  }

  private ServiceView view(Service service) {
    return referrals.view(service, directory.all(), timeline.now());
  }

  /** Answers may have to change: compiles a moment later, once for all that happens till then. */
  private void changed() {
    compilation.soon();
  }

  private void compile() {
    directory.labelAddresses(life.labelAddresses());
    List<LoadBalancer> all = directory.all();
    List<EnterpriseZone> zones = registry.answered();
    boolean loadBalancersChanged = !all.equals(indexed);
    if (prefixesChanged || loadBalancersChanged) {
      index = indexes.compile(all);
      indexed = all;
      prefixesChanged = false;
    }
    duties.world(all, zones, left -> index.successors(left.formerResolvers()));
    checks.world(all);
    if (loadBalancersChanged || !zones.equals(known)) {
      known = zones;
      demand.world(all, zones);
      duties.demandInAdvance();
    }
    settling.settle();
    sharingDue = true;
    List<BackbonePeer> nodes = peers.all();
    List<DomainName> names = nodes.stream().map(BackbonePeer::name).toList();
    Referrals next = referrals.compile(zones, names, all, duties.served(), index, timeline.now());
    if (!next.equals(current)
        || !catalogs.isOf(nodes)
        || !catalogs.hasTexts(next, registry::texts)) {
      publish(next, nodes);
    }
    reception.backboneChanged();
    reception.neighboursChanged(all);
  }

  private void publish(Referrals next, List<BackbonePeer> nodes) {
    Referrals before = current;
    catalogs.publish(next, registry::texts, nodes, maps.nodes().checksum());
    current = next;
    if (collectDemand(before)) {
      changed();
    }
  }
}
