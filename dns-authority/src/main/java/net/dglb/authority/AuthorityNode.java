package net.dglb.authority;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import net.dglb.authority.ask.FlattenedNames;
import net.dglb.authority.keys.ParentWatch;
import net.dglb.authority.keys.ZoneSigning;
import net.dglb.dns.keys.KeyRoutes;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.slow.SlowRequests;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.dns.tsig.TsigKeys;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.net.BindFailure;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.AdminServer;
import net.dglb.node.AdminSettings;
import net.dglb.node.ConfigurationFile;
import net.dglb.node.EventLoops;
import net.dglb.node.FileWatcher;
import net.dglb.node.LiveParts;
import net.dglb.node.Metrics;
import net.dglb.node.Node;
import net.dglb.node.NodeParts;
import net.dglb.node.NodeStatus;
import net.dglb.node.Published;
import net.dglb.node.Readiness;
import net.dglb.node.SeldomLine;
import net.dglb.node.StateStore;
import net.dglb.node.WatchedIdentity;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.ControlThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authority node: wiring and life cycle. Without registrations it is a server of plain zones.
 */
public final class AuthorityNode implements Node {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorityNode.class);
  private static final String NOT_DELEGATED =
      "the backbone has not said yet how to delegate it; until then its names get SERVFAIL";

  private static final Duration FIGURES = Duration.ofSeconds(1);

  /** How often it is looked whether a key goes on or a signature has to be made again. */
  private static final Duration SIGN_PERIOD = Duration.ofSeconds(2);

  private final Published<Catalog> catalog = new Published<>(Catalog.empty());
  private final List<AutoCloseable> closeables = new ArrayList<>();
  private final Vertx vertx;
  private final ControlThread control;
  private final StateStore store;
  private final Secondaries secondaries;
  private final SlowRequests slow;
  private final ZoneSigning signing;
  private final FlattenedNames flattened;
  private final ServedZones zones;
  private final Registrations registrations;
  private final BackboneLink link;
  private final BackboneConnections backbone;
  private final SourceFiles files;
  private final ConfigurationFile<AuthoritySettings> configuration;
  private final WatchedIdentity watchedIdentity;
  private final String id;
  private volatile AuthoritySettings settings;
  private volatile @Nullable DnsServer dns;
  private volatile @Nullable AdminServer admin;
  private final Readiness readiness = new Readiness(InstantSource.system());

  private AuthorityNode(
      ConfigurationFile<AuthoritySettings> configuration, Optional<NodeIdentity> identity) {
    this.configuration = configuration;
    this.settings = configuration.settings();
    this.id = settings.node().id();
    this.vertx = EventLoops.start();
    this.control = new ControlThread("authority-control");
    this.store = StateStore.open(settings.node().state().resolve("authority.mv"));
    TsigKeys keys = name -> this.settings.keys().find(name);
    this.secondaries = Secondaries.of(keys, () -> this.settings.listen(), control);
    this.slow =
        new SlowRequests(
            keys,
            secondaries,
            new NoUpdates(secondaries, new SeldomLine(control::nanoTime)),
            control::now,
            control::nanoTime);
    this.signing =
        new ZoneSigning(
            settings.zoneKeys(), new KeptRecords(store.map("signed")), control, new SecureRandom());
    this.flattened = new FlattenedNames(store.map("flattened"), control, this::publishAgain);
    this.zones =
        new ServedZones(
            catalog,
            new KeptRecords(store.map("zones")),
            new SerialBook(store.map("serials")),
            secondaries,
            signing,
            flattened);
    this.registrations = new Registrations(store.map("registrations"), store.map("delegations"));
    this.link = new BackboneLink(new LinkSide());
    this.files =
        new SourceFiles(
            new FileWatcher(control, settings.node().watchInterval()),
            zones,
            registrations,
            this::keep,
            this::registrationsChanged);
    this.watchedIdentity =
        new WatchedIdentity(
            new PeerIdentity(NodeRole.AUTHORITY, id),
            identity,
            control,
            settings.node().watchInterval());
    this.backbone =
        new BackboneConnections(
            vertx, watchedIdentity, () -> this.settings.backbone(), link, control);
  }

  /**
   * Reads a configuration and makes the node that it describes.
   *
   * @throws Exception if the configuration or the identity cannot be used, with a message for
   *     people
   */
  public static AuthorityNode open(Path config) throws Exception {
    ConfigurationFile<AuthoritySettings> file =
        ConfigurationFile.open(config, AuthoritySettings.FORM);
    AuthoritySettings settings = file.settings();
    Optional<NodeIdentity> identity = Optional.empty();
    if (settings.node().identity().isPresent()) {
      NodeIdentity loaded = NodeIdentity.load(settings.node().identity().get(), Instant.now());
      identity = Optional.of(loaded.require(NodeRole.AUTHORITY, settings.node().id()));
    }
    settings.node().logLevel().apply();
    return new AuthorityNode(file, identity);
  }

  @Override
  public void start() throws Exception {
    onControl(this::readEverything);
    if (zones.served().isEmpty()) {
      throw new IOException(
          "no zone can be served: "
              + String.join(
                  "; ", zones.problems().values().stream().flatMap(List::stream).toList()));
    }
    closeables.add(slow);
    DnsServer server =
        BindFailure.at(
            "dns.listen",
            () ->
                DnsServer.start(
                    vertx, settings.listen(), settings.dns(), catalog, Optional.of(slow)));
    dns = server;
    closeables.add(server);
    Metrics metrics = metrics(server);
    control.every(SIGN_PERIOD, SIGN_PERIOD, this::stepSigning);
    flattened.start();
    signing.onChange(this::publishAgain);
    new ParentWatch(signing, control, this::publishAgain).start();
    AdminServer api =
        BindFailure.at(
            "node.admin",
            () ->
                AdminServer.start(
                    vertx,
                    AdminSettings.of(settings.node(), watchedIdentity.current()),
                    control,
                    this,
                    metrics,
                    new KeyRoutes(signing, () -> settings.node().operators()).all()));
    admin = api;
    closeables.add(api);
    onControl(() -> {
      configuration.watch(control, settings.node().watchInterval(), live(server, api));
      watchedIdentity.watch();
      backbone.connect();
      secondaries.open();
    });
    readiness.running();
    LOG.info("{} answers DNS at {}, admin API at {}", id, server.addresses(), api.endpoint());
  }

  private Metrics metrics(DnsServer server) {
    Metrics metrics = new Metrics(NodeRole.AUTHORITY, id);
    Published<AuthorityMetrics.Figures> figures =
        new Published<>(
            new AuthorityMetrics.Figures(0, 0, 0, 0, 0, 0, 0, ZoneSigning.Figures.NONE));
    configuration.register(metrics);
    store.register(metrics, control);
    slow.counters().register(metrics);
    control.every(
        Duration.ZERO,
        FIGURES,
        () -> figures.publish(AuthorityMetrics.Figures.of(zones, registrations, link, signing)));
    AuthorityMetrics.register(metrics, figures::get, server::counters, backbone::counters);
    return metrics;
  }

  private void readEverything() {
    files.use(settings.zones(), settings.registrations());
    stepSigning();
    keep();
    registrations.awaited().forEach(origin -> LOG.warn("{}: {}", origin, NOT_DELEGATED));
  }

  private void stepSigning() {
    if (signing.step()) {
      publishAgain();
    }
  }

  private void publishAgain() {
    zones.publishAgain();
    keep();
  }

  private void registrationsChanged() {
    publishAdditions();
    link.registerAll();
  }

  /** What the backbone says, and what it is told. */
  private final class LinkSide implements BackboneLink.Side {

    @Override
    public Collection<EnterpriseZone> zones() {
      return registrations.zones();
    }

    @Override
    public Set<DomainName> leaving() {
      return registrations.leaving();
    }

    @Override
    public void learned(List<NodeEndpoints> nodes) {
      backbone.learned(nodes);
    }

    @Override
    public void delegated(ZoneDelegation delegation) {
      if (registrations.delegated(delegation)) {
        LOG.info("{}: delegated to {}", delegation.origin(), delegation.nameServers());
        publishAdditions();
      }
    }

    @Override
    public void removed(DomainName origin) {
      if (registrations.removed(origin)) {
        publishAdditions();
      }
    }
  }

  private void publishAdditions() {
    zones.add(registrations.additions());
    keep();
  }

  private void keep() {
    store.save();
    registrations.tell(readiness);
  }

  @Override
  public void reload() {
    control.execute(() -> {
      watchedIdentity.read();
      configuration.readAll();
      readEverything();
    });
  }

  /** What the node takes of a changed configuration. */
  private LiveParts<AuthoritySettings> live(DnsServer server, AdminServer api) {
    LiveParts<AuthoritySettings> live = new LiveParts<>(configuration.settings());
    live.part("", Function.identity(), next -> settings = next);
    NodeParts.add(live, AuthoritySettings::node, watchedIdentity, api);
    server.follow(live, "dns", "listen", AuthoritySettings::listen, AuthoritySettings::dns);
    return live.reading("tsig-keys", AuthoritySettings::keys, KeyFiles::files, _ -> {})
        .part("zones", it -> List.of(it.zones(), it.registrations()), _ -> readEverything())
        .part(
            "backbone.nodes",
            it -> List.of(it.registrations(), it.backbone(), it.node().identity()),
            _ -> {
              link.registerAll();
              backbone.connect();
            });
  }

  @Override
  public void close() {
    readiness.stopping();
    try {
      onControl(files::close);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("the files are watched on: {}", e.toString());
    }
    backbone.close();
    closeables.reversed().forEach(AuthorityNode::closeQuietly);
    control.close();
    store.close();
    vertx.close().await();
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("closing failed: {}", e.toString());
    }
  }

  private void onControl(Runnable task) throws Exception {
    CompletableFuture.runAsync(task, control).get();
  }

  /** Where it answers DNS, with the ports that the system chose; none before the start. */
  public List<Endpoint> addresses() {
    DnsServer server = dns;
    return server == null ? List.of() : server.addresses();
  }

  /** Where its admin API listens, with the port that the system chose; empty before the start. */
  public Optional<Endpoint> admin() {
    return Optional.ofNullable(admin).map(AdminServer::endpoint);
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  @Override
  public NodeStatus status() {
    return NodeStatus.of(NodeRole.AUTHORITY, id, ready())
        .with("configuration", configuration.status(watchedIdentity))
        .with("zones", zones.served().stream().toList())
        .with("zone-problems", new LinkedHashMap<>(zones.problems()))
        .with("warnings", new LinkedHashMap<>(zones.warnings()))
        .with("transfers", slow.counters().transfers())
        .with("secondaries", new LinkedHashMap<>(secondaries.states()))
        .with("key-problems", new LinkedHashMap<>(signing.problems()))
        .with("registration-problems", new LinkedHashMap<>(registrations.problems()))
        .with("registered", new LinkedHashMap<>(link.versions()))
        .with("awaited", registrations.awaited())
        .with("leaving", registrations.leaving().stream().toList())
        .with("refused", new LinkedHashMap<>(link.refusals()))
        .with("backbone", link.connected());
  }
}
