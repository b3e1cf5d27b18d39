package net.dglb.backbone;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.dglb.backbone.cluster.HazelcastGrid;
import net.dglb.backbone.duty.NonceProbe;
import net.dglb.backbone.explain.ExplainRoute;
import net.dglb.backbone.explain.ExplanationLines;
import net.dglb.backbone.explain.PastAnswers;
import net.dglb.backbone.explain.SeenAliases;
import net.dglb.backbone.explain.Sources;
import net.dglb.backbone.registry.LoggedZoneRegistry;
import net.dglb.backbone.registry.RegistryTables;
import net.dglb.backbone.registry.api.SignedFiles;
import net.dglb.backbone.registry.log.RatisLog;
import net.dglb.config.ConfigException;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.serve.SlowPath;
import net.dglb.identity.IdentityException;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.session.MappingServer;
import net.dglb.mapping.session.ServerSettings;
import net.dglb.mapping.session.SessionMetrics;
import net.dglb.mapping.session.SessionSettings;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.node.AdminRoute;
import net.dglb.node.AdminServer;
import net.dglb.node.AdminSettings;
import net.dglb.node.ConfigurationFile;
import net.dglb.node.EventLoops;
import net.dglb.node.LiveParts;
import net.dglb.node.Metrics;
import net.dglb.node.Node;
import net.dglb.node.NodeParts;
import net.dglb.node.NodeStatus;
import net.dglb.node.Published;
import net.dglb.node.Readiness;
import net.dglb.node.StateStore;
import net.dglb.node.WatchedIdentity;
import net.dglb.time.ControlThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backbone node as a process runs it: the control plane with its network. Answers from its
 * journal before any session or the grid is up, and goes on when they are gone.
 */
public final class BackboneNode implements Node {

  private static final Logger LOG = LoggerFactory.getLogger(BackboneNode.class);
  private static final String STATE_FILE = "backbone.state";

  private final ConfigurationFile<BackboneSettings> configuration;
  private final String id;
  private final BackboneSettings started;
  private volatile BackboneSettings settings;
  private final WatchedIdentity watchedIdentity;
  private final NodeIdentity identity;
  private final LiveMapKeys mapKeys;
  private final Vertx vertx = EventLoops.start();
  private final ControlThread control;
  private final StateStore store;
  private final NonceProbe probe;
  private final HazelcastGrid grid;
  private final ControlThread files;
  private final ControlThread documents;
  private final RatisLog log;
  private final ControlThread estimating;
  private final ControlPlane plane;
  private final PastAnswers past;
  private final DynamicUpdates updates;
  private final FallbackLoader fallback;
  private final Metrics metrics;
  private @Nullable DnsServer main;
  private @Nullable DnsServer labels;
  private @Nullable MappingServer mapping;
  private @Nullable AdminServer admin;
  private volatile @Nullable SignedFiles signedFiles;
  private final Readiness readiness = new Readiness(InstantSource.system());
  private volatile SeenAliases aliases = SeenAliases.NONE;
  private boolean closed;

  private BackboneNode(
      ConfigurationFile<BackboneSettings> configuration,
      NodeIdentity identity,
      LiveMapKeys mapKeys) {
    this.configuration = configuration;
    this.started = configuration.settings();
    this.settings = started;
    this.identity = identity;
    this.mapKeys = mapKeys;
    id = settings.node().id();
    store = StateStore.open(settings.node().state().resolve(STATE_FILE));
    control = new ControlThread("control-" + id);
    files = new ControlThread("files-" + id);
    documents = new ControlThread("documents-" + id);
    estimating = new ControlThread("estimating-" + id);
    metrics = new Metrics(NodeRole.BACKBONE, id);
    Duration watch = settings.node().watchInterval();
    watchedIdentity = new WatchedIdentity(identity.self(), Optional.of(identity), control, watch);
    probe = new NonceProbe(control, settings.labels().checkTimeout());
    grid = new HazelcastGrid(settings.cluster(), control);
    RegistryTables tables = new RegistryTables();
    log = new RatisLog(settings.registry().log(), identity, tables);
    plane =
        new ControlPlane(
            settings,
            new Surroundings(
                store::map,
                store::commit,
                grid::map,
                () -> grid.members().size(),
                mapKeys,
                afterCommit ->
                    new LoggedZoneRegistry(
                        log,
                        tables,
                        store.map("zones"),
                        settings.dns().infrastructureZone(),
                        () -> settings.registry().quarantine(),
                        afterCommit,
                        control),
                probe,
                estimating,
                new SecureRandom(),
                control));
    past = plane.view().past(id, store::map, store::save, plane.referrals(), control);
    updates =
        new DynamicUpdates(
            plane.view().registry(),
            mapKeys,
            plane.mainCatalog(),
            settings.dns().server().explain(),
            new ExplanationLines(sources()),
            control);
    fallback = new FallbackLoader(settings.fallback(), plane, files, watch, control);
  }

  /**
   * Reads the configuration and prepares the node; nothing listens before {@link #start}.
   *
   * @throws ConfigException with every problem of the configuration
   * @throws IdentityException if the certificate or the map key cannot be used
   */
  public static BackboneNode open(Path config) throws ConfigException, IdentityException {
    ConfigurationFile<BackboneSettings> file =
        ConfigurationFile.open(config, BackboneSettings.FORM);
    BackboneSettings settings = file.settings();
    NodeIdentity identity =
        NodeIdentity.load(settings.node().identity().orElseThrow(), Instant.now())
            .require(NodeRole.BACKBONE, settings.node().id());
    LiveMapKeys mapKeys = LiveMapKeys.load(settings.mapKeys());
    settings.node().logLevel().apply();
    return new BackboneNode(file, identity, mapKeys);
  }

  @Override
  public void start() throws Exception {
    Patience.on(control, plane::start);
    requireClusterAddress();
    DnsServer mainServer =
        answer(
            "dns.listen",
            started.dns().listen(),
            plane.mainCatalog(),
            Optional.of(updates.slowPath()));
    main = mainServer;
    DnsServer labelServer =
        answer(
            "dns.label-listen",
            started.dns().labelListen(),
            plane.labelCatalog(),
            Optional.empty());
    labels = labelServer;
    files.execute(log::start);
    grid.start();
    MappingServer sessions = listen();
    mapping = sessions;
    fallback.start();
    Patience.on(control, this::watch);
    Registry registry =
        new Registry(plane, mapKeys, updates, control, files, documents, () -> settings);
    signedFiles = registry.signedFiles();
    aliases = registry::aliases;
    Patience.on(control, registry::start);
    updates.requests().counters().register(metrics);
    BackboneMetrics.register(metrics, plane, control, mainServer::counters, labelServer::counters);
    SessionMetrics.register(metrics, () -> Optional.of(sessions.counters()));
    registry.register(metrics);
    AdminServer api =
        BindFailure.at(
            "node.admin",
            () ->
                AdminServer.start(
                    vertx,
                    AdminSettings.of(started.node(), watchedIdentity.current()),
                    control,
                    this,
                    metrics,
                    routes(registry)));
    admin = api;
    Patience.on(
        control,
        () ->
            configuration.watch(
                control,
                settings.node().watchInterval(),
                live(mainServer, labelServer, sessions, registry, api)));
    readiness.running();
    LOG.info(
        "{} answers DNS at {}, labels at {}, sessions at {}, admin API at {}",
        id,
        mainServer.addresses(),
        labelServer.addresses(),
        sessions.endpoints(),
        api.endpoint());
  }

  /** What the node takes of a changed configuration. */
  private LiveParts<BackboneSettings> live(
      DnsServer mainServer,
      DnsServer labelServer,
      MappingServer sessions,
      Registry registry,
      AdminServer api) {
    LiveParts<BackboneSettings> live = new LiveParts<>(started);
    live.part("", Function.identity(), next -> settings = next);
    NodeParts.add(live, BackboneSettings::node, watchedIdentity, api);
    live.part("dns.explain", it -> it.dns().server().explain(), updates::use);
    labelServer.follow(
        live, "dns", "label-listen", it -> it.dns().labelListen(), it -> it.dns().server());
    mainServer.follow(live, "dns", "listen", it -> it.dns().listen(), it -> it.dns().server());
    live.fallible(
            "mapping.listen",
            it -> sessionSettings(it.mapping()),
            it -> Patience.await(sessions.use(it)))
        .part("labels.check-timeout", it -> it.labels().checkTimeout(), probe::timeout)
        .part("fallback", BackboneSettings::fallback, fallback::use)
        .fallible("cluster.address", BackboneSettings::cluster, grid::use)
        .fallible("registry.listen", it -> it.registry().log(), log::use);
    registry.follow(live);
    mapKeys.follow(live);
    plane.follow(live);
    return live;
  }

  private DnsServer answer(
      String key, List<Endpoint> listen, Published<Catalog> catalog, Optional<SlowPath> slowPath)
      throws IOException {
    return BindFailure.at(
        key, () -> DnsServer.start(vertx, listen, started.dns().server(), catalog, slowPath));
  }

  /** Said now and in one sentence, not by the library later. */
  private void requireClusterAddress() throws IOException {
    if (started.cluster().isPresent()) {
      BindFailure.at("cluster.address", () -> probed(started.cluster().get().listen()));
    }
  }

  private static Endpoint probed(Endpoint member) throws IOException {
    BindFailure.probe("TCP", member);
    return member;
  }

  private MappingServer listen() throws Exception {
    return BindFailure.at(
        "mapping.listen",
        () ->
            Patience.await(
                MappingServer.listen(
                    vertx,
                    identity,
                    sessionSettings(started.mapping()),
                    plane.reception(),
                    plane.reception(),
                    control)));
  }

  private static ServerSettings sessionSettings(BackboneSettings.Mapping mapping) {
    return new ServerSettings(
        mapping.listen(),
        Set.of(NodeRole.LOAD_BALANCER, NodeRole.AUTHORITY),
        ServerSettings.DEFAULT_MAX_CONNECTIONS,
        SessionSettings.defaults().withPingInterval(mapping.pingInterval()));
  }

  private List<AdminRoute> routes(Registry registry) {
    List<AdminRoute> routes = new ArrayList<>(registry.routes());
    routes.add(new ExplainRoute(sources()).route());
    routes.addAll(plane.dnssec().routes(() -> settings.node().operators()));
    return routes;
  }

  private Sources sources() {
    return plane
        .view()
        .sources(
            id,
            plane.mainCatalog()::get,
            plane.referrals(),
            origin -> aliases.of(origin),
            past,
            control::now);
  }

  private void watch() {
    configuration.register(metrics);
    store.register(metrics, control);
    watchedIdentity.watch();
  }

  @Override
  public void reload() {
    control.execute(() -> {
      watchedIdentity.read();
      configuration.readAll();
    });
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    readiness.stopping();
    if (mapping != null) {
      mapping.close();
    }
    Patience.briefly(
        "counted refusals were not noted", control, plane.view().registry()::noteCounted);
    log.close();
    grid.close();
    if (main != null) {
      main.close();
    }
    if (labels != null) {
      labels.close();
    }
    if (admin != null) {
      admin.close();
    }
    updates.requests().close();
    probe.close();
    files.close();
    documents.close();
    estimating.close();
    control.close();
    store.close();
    vertx.close();
  }

  @Override
  public NodeStatus status() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("cluster", grid.tree());
    parts.put("configuration", configuration.status(watchedIdentity));
    parts.put("fallback-problems", fallback.problems());
    if (signedFiles != null && signedFiles.isWatching()) {
      parts.put("signed-files", signedFiles.tree());
    }
    parts.putAll(plane.view().tree());
    parts.put("spread-services", SpreadServices.tree(plane.referrals().shares()));
    parts.put("sealed-before", SealedBefore.tree(plane));
    return new NodeStatus(NodeRole.BACKBONE, id, ready(), parts);
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  /** Where it answers DNS, with the ports that the system chose for port 0. */
  public List<Endpoint> addresses() {
    return main == null ? List.of() : main.addresses();
  }

  /** Where it answers labels. */
  public List<Endpoint> labelAddresses() {
    return labels == null ? List.of() : labels.addresses();
  }
}
