package net.dglb.backbone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.dglb.backbone.cluster.HazelcastGrid;
import net.dglb.backbone.duty.NonceProbe;
import net.dglb.backbone.explain.ExplainRoute;
import net.dglb.backbone.explain.ExplanationLines;
import net.dglb.backbone.explain.Sources;
import net.dglb.backbone.map.AbsentMap;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.registry.LoggedZoneRegistry;
import net.dglb.backbone.registry.RegistryTables;
import net.dglb.backbone.registry.api.DelegationChecks;
import net.dglb.backbone.registry.api.DnsLookup;
import net.dglb.backbone.registry.api.DnsTxtLookup;
import net.dglb.backbone.registry.api.RegistryApi;
import net.dglb.backbone.registry.api.ResolverLookup;
import net.dglb.backbone.registry.api.SignedFiles;
import net.dglb.backbone.registry.log.RatisLog;
import net.dglb.config.ConfigException;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.serve.SlowPath;
import net.dglb.identity.IdentityException;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.Secret;
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
import net.dglb.node.FileWatcher;
import net.dglb.node.Metrics;
import net.dglb.node.Node;
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
  private static final long PATIENCE_SECONDS = 60;
  private static final int DNS_PORT = 53;

  private final ConfigurationFile<BackboneSettings> configuration;
  private final BackboneSettings settings;
  private final WatchedIdentity watchedIdentity;
  private final NodeIdentity identity;
  private final Secret mapKey;
  private final Vertx vertx = EventLoops.start();
  private final ControlThread control;
  private final StateStore store;
  private final NonceProbe probe;
  private final Optional<HazelcastGrid> grid;
  private final ControlThread files;
  private final RatisLog log;
  private final ControlThread estimating;
  private final ControlPlane plane;
  private final DynamicUpdates updates;
  private final FallbackLoader fallback;
  private final Metrics metrics;
  private @Nullable DnsServer main;
  private @Nullable DnsServer labels;
  private @Nullable MappingServer mapping;
  private @Nullable AdminServer admin;
  private volatile @Nullable SignedFiles signedFiles;
  private final Readiness readiness = new Readiness(InstantSource.system());
  private boolean closed;

  private BackboneNode(
      ConfigurationFile<BackboneSettings> configuration, NodeIdentity identity, Secret mapKey) {
    this.configuration = configuration;
    this.settings = configuration.settings();
    this.identity = identity;
    this.mapKey = mapKey;
    String id = settings.node().id();
    store = StateStore.open(settings.node().state().resolve(STATE_FILE));
    control = new ControlThread("control-" + id);
    files = new ControlThread("files-" + id);
    estimating = new ControlThread("estimating-" + id);
    metrics = new Metrics(NodeRole.BACKBONE, id);
    watchedIdentity = new WatchedIdentity(Optional.of(identity), control);
    probe = new NonceProbe(control, settings.labels().checkTimeout());
    grid = settings.cluster().map(cluster -> new HazelcastGrid(cluster, control));
    RegistryTables tables = new RegistryTables();
    log = new RatisLog(settings.registry().log(), identity, tables);
    plane =
        new ControlPlane(
            settings,
            new Surroundings(
                store::map,
                store::commit,
                name -> grid.isPresent() ? grid.get().map(name) : new AbsentMap(),
                () -> grid.map(HazelcastGrid::members).map(List::size).orElse(0),
                mapKey.key("HmacSHA256"),
                afterCommit ->
                    new LoggedZoneRegistry(
                        log,
                        tables,
                        store.map("zones"),
                        settings.dns().infrastructureZone(),
                        settings.registry().quarantine(),
                        afterCommit,
                        control),
                probe,
                estimating,
                new SecureRandom(),
                control));
    updates =
        new DynamicUpdates(
            plane.view().registry(), mapKey.key("HmacSHA256"), plane.mainCatalog(), control);
    fallback = new FallbackLoader(settings.fallback(), plane, control);
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
    Secret mapKey = Secret.load(settings.mapKey());
    settings.node().logLevel().apply();
    return new BackboneNode(file, identity, mapKey);
  }

  @Override
  public void start() throws Exception {
    onControl(plane::start);
    BackboneSettings.Dns dns = settings.dns();
    requireClusterAddress();
    DnsServer mainServer =
        answer(
            "dns.listen",
            dns.listen(),
            plane.mainCatalog(),
            Optional.of(updates.slowPath(dns.server(), new ExplanationLines(sources()))));
    main = mainServer;
    DnsServer labelServer =
        answer("dns.label-listen", dns.labelListen(), plane.labelCatalog(), Optional.empty());
    labels = labelServer;
    files.execute(log::start);
    grid.ifPresent(HazelcastGrid::start);
    MappingServer sessions = listen();
    mapping = sessions;
    fallback.load(Set.of());
    onControl(this::watch);
    new FileWatcher(files, FileWatcher.DEFAULT_PERIOD).watch(fallback.files(), fallback::load);
    DnsLookup dnsLookup = new ResolverLookup(settings.registry().resolvers(), DNS_PORT);
    DelegationChecks delegations = delegationChecks(dnsLookup);
    onControl(() -> delegations.start(settings.registry().delegationCheck()));
    onControl(() -> plane.dnssec().watchParents(dnsLookup));
    RegistryApi registry = registryApi(dnsLookup, delegations);
    SignedFiles signed = registry.signedFiles(control);
    signedFiles = signed;
    if (settings.registry().signedFiles().isPresent()) {
      Path folder = settings.registry().signedFiles().get();
      onControl(() -> signed.watch(folder, files, FileWatcher.DEFAULT_PERIOD));
    }
    updates.requests().counters().register(metrics);
    BackboneMetrics.register(metrics, plane, control, mainServer::counters, labelServer::counters);
    SessionMetrics.register(metrics, () -> Optional.of(sessions.counters()));
    RegistryMetrics.register(metrics, plane.view().registry(), signed, delegations, control);
    admin =
        await(
            AdminServer.start(
                vertx,
                AdminSettings.of(settings.node(), Optional.of(identity)),
                control,
                this,
                metrics,
                routes(registry)));
    readiness.running();
    LOG.info(
        "{} answers DNS at {}, labels at {}, sessions at {}, admin API at {}",
        settings.node().id(),
        mainServer.addresses(),
        labelServer.addresses(),
        sessions.endpoints(),
        settings.node().admin());
  }

  private DnsServer answer(
      String key, List<Endpoint> listen, Published<Catalog> catalog, Optional<SlowPath> slowPath)
      throws IOException {
    return BindFailure.at(
        key, () -> DnsServer.start(vertx, listen, settings.dns().server(), catalog, slowPath));
  }

  /** Said now and in one sentence, not by the library later. */
  private void requireClusterAddress() throws IOException {
    if (settings.cluster().isPresent()) {
      Endpoint member = settings.cluster().get().listen();
      BindFailure.at(
          "cluster.address",
          () -> {
            BindFailure.probe("TCP", member);
            return member;
          });
    }
  }

  private MappingServer listen() throws Exception {
    SessionSettings session =
        SessionSettings.defaults().withPingInterval(settings.mapping().pingInterval());
    return await(
        MappingServer.listen(
            vertx,
            identity,
            new ServerSettings(
                settings.mapping().listen(),
                Set.of(NodeRole.LOAD_BALANCER, NodeRole.AUTHORITY),
                ServerSettings.DEFAULT_MAX_CONNECTIONS,
                session),
            plane.reception(),
            plane.reception(),
            control));
  }

  private List<AdminRoute> routes(RegistryApi registry) {
    List<AdminRoute> routes = new ArrayList<>(registry.routes());
    routes.add(new ExplainRoute(sources()).route());
    routes.addAll(plane.dnssec().routes(settings.node().operators()));
    return routes;
  }

  private DelegationChecks delegationChecks(DnsLookup dnsLookup) {
    return new DelegationChecks(
        plane.view().registry(),
        dnsLookup,
        plane.view().peers()::nameServers,
        plane.dnssec().keyring()::delegationSigners,
        control);
  }

  private Sources sources() {
    return plane
        .view()
        .sources(settings.node().id(), plane.mainCatalog()::get, plane.referrals(), control::now);
  }

  private RegistryApi registryApi(DnsLookup dnsLookup, DelegationChecks delegations) {
    return new RegistryApi(
        plane.view().registry(),
        mapKey.key("HmacSHA256"),
        new DnsTxtLookup(dnsLookup),
        () -> plane.view().peers().all().stream().map(BackbonePeer::name).toList(),
        plane.dnssec().keyring()::delegationSigners,
        plane::touchedPrefixes,
        delegations,
        settings.node().operators(),
        updates.keys()::sealed,
        control);
  }

  private void watch() {
    configuration.watch(control, this::use);
    configuration.register(metrics);
    store.register(metrics, control);
    watchedIdentity.watch();
  }

  private void use(BackboneSettings next) {
    plane.grants(next.grants());
    next.node().logLevel().apply();
  }

  @Override
  public void reload() {
    control.execute(() -> {
      watchedIdentity.read();
      configuration.read();
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
    log.close();
    grid.ifPresent(HazelcastGrid::close);
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
    estimating.close();
    control.close();
    store.close();
    vertx.close();
  }

  @Override
  public NodeStatus status() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("cluster", HazelcastGrid.tree(grid));
    parts.put("configuration", configuration.status(watchedIdentity));
    parts.put("fallback-problems", fallback.problems());
    if (signedFiles != null && settings.registry().signedFiles().isPresent()) {
      parts.put("signed-files", signedFiles.tree());
    }
    parts.putAll(plane.view().tree());
    return new NodeStatus(NodeRole.BACKBONE, settings.node().id(), ready(), parts);
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

  private void onControl(Runnable task) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    control.execute(() -> {
      try {
        task.run();
        done.complete(null);
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    });
    within(done);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return within(future.toCompletionStage().toCompletableFuture());
  }

  private static <T> T within(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("a step took longer than " + PATIENCE_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException said ? said : new IOException(e.getCause());
    }
  }
}
