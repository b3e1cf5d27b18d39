package net.dglb.lb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import net.dglb.config.ConfigException;
import net.dglb.dns.serve.DnsCounters;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.share.ShareMetrics;
import net.dglb.dns.slow.ExplainedTexts;
import net.dglb.identity.IdentityException;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.lb.operate.LabelLines;
import net.dglb.mapping.session.ClientSettings;
import net.dglb.mapping.session.MappingClient;
import net.dglb.mapping.session.Peer;
import net.dglb.mapping.session.SessionMetrics;
import net.dglb.mapping.session.SessionSettings;
import net.dglb.measure.probe.NetworkProber;
import net.dglb.measure.probe.ProberSettings;
import net.dglb.net.BindFailure;
import net.dglb.node.AdminServer;
import net.dglb.node.AdminSettings;
import net.dglb.node.ConfigurationFile;
import net.dglb.node.FileWatcher;
import net.dglb.node.LiveParts;
import net.dglb.node.Metrics;
import net.dglb.node.Node;
import net.dglb.node.NodeParts;
import net.dglb.node.NodeStatus;
import net.dglb.node.Readiness;
import net.dglb.node.StateStore;
import net.dglb.node.WatchedIdentity;
import net.dglb.time.BackoffSettings;
import net.dglb.time.Cancellable;
import net.dglb.time.ControlThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A load balancer as a process runs it: the control plane with its network. Answers from disk
 * before any session is up; takes a changed configuration, certificate or resolver file into use
 * without a restart; leaves in order.
 */
public final class LoadBalancerNode implements Node {

  private static final Logger LOG = LoggerFactory.getLogger(LoadBalancerNode.class);
  private static final String STATE_FILE = "lb.state";
  private static final Duration STOP_MARGIN = Duration.ofSeconds(20);
  private static final Duration LOOK_READY = Duration.ofMillis(100);
  private static final Duration SHOW_SHARES = Duration.ofSeconds(5);

  private final ConfigurationFile<LoadBalancerSettings> configuration;
  private final WatchedIdentity watchedIdentity;
  private final FirstAnswers first;
  private final ControlThread control;
  private final StateStore store;
  private final NetworkProber prober;
  private final MappingClient client;
  private final LoadBalancer loadBalancer;
  private final Metrics metrics;
  private final String id;
  private final ExplainedTexts explainedTexts;
  private volatile LoadBalancerSettings settings;
  private final Readiness readiness = new Readiness(InstantSource.system());
  private volatile @Nullable DnsServer dns;
  private @Nullable AdminServer admin;
  private Cancellable watchingResolvers = () -> {};
  private boolean started;
  private boolean connected;
  private boolean closed;

  private LoadBalancerNode(
      ConfigurationFile<LoadBalancerSettings> configuration,
      NodeIdentity identity,
      NetworkProber prober,
      FirstAnswers first) {
    this.configuration = configuration;
    this.settings = configuration.settings();
    this.prober = prober;
    this.first = first;
    this.dns = first.dns().orElse(null);
    id = settings.node().id();
    store = StateStore.open(settings.node().state().resolve(STATE_FILE));
    control = new ControlThread("control-" + id);
    metrics = new Metrics(NodeRole.LOAD_BALANCER, id);
    watchedIdentity =
        new WatchedIdentity(
            identity.self(), Optional.of(identity), control, settings.node().watchInterval());
    loadBalancer =
        new LoadBalancer(
            settings,
            control,
            prober,
            RandomGenerator.getDefault(),
            savedState(store),
            first.catalog(),
            this::setPeers,
            new OwnLoad(this::queries, control));
    loadBalancer.keepAnswers(first.file());
    client =
        new MappingClient(
            first.vertx(),
            identity,
            clientSettings(settings.backbone()),
            loadBalancer::hello,
            loadBalancer.sessions(),
            control,
            RandomGenerator.getDefault());
    explainedTexts =
        new ExplainedTexts(
            settings.dns().explain(),
            Optional.empty(),
            new LabelLines(loadBalancer.explanations()),
            control,
            System::nanoTime);
  }

  /**
   * Reads the configuration and prepares the node. It answers DNS at once if it kept what it
   * answered last; nothing else listens before {@link #start}.
   *
   * @throws ConfigException with every problem of the configuration
   * @throws IdentityException if the certificate is not this node's or cannot be used
   * @throws IOException if the probes' authorities cannot be used
   */
  public static LoadBalancerNode open(Path config)
      throws ConfigException, IdentityException, IOException {
    ConfigurationFile<LoadBalancerSettings> file =
        ConfigurationFile.open(config, LoadBalancerSettings.FORM);
    LoadBalancerSettings settings = file.settings();
    settings.node().logLevel().apply();
    FirstAnswers first = FirstAnswers.of(settings);
    try {
      NodeIdentity identity =
          NodeIdentity.load(settings.node().identity().orElseThrow(), Instant.now())
              .require(NodeRole.LOAD_BALANCER, settings.node().id());
      NetworkProber prober = new NetworkProber(settings.prober(), Clock.systemUTC());
      return new LoadBalancerNode(file, identity, prober, first);
    } catch (IdentityException | IOException | RuntimeException e) {
      first.close();
      throw e;
    }
  }

  @Override
  public void start() throws Exception {
    started = true;
    onControl(loadBalancer::start);
    DnsServer serving = dns == null ? listen() : dns;
    dns = serving;
    serving.use(loadBalancer.waitingRoom(), Optional.of(explainedTexts));
    configuration.register(metrics);
    store.register(metrics, control);
    LoadBalancerMetrics.register(metrics, loadBalancer::figures, serving::counters);
    SessionMetrics.register(metrics, () -> Optional.of(client.counters()));
    AdminServer api =
        BindFailure.at(
            "node.admin",
            () ->
                AdminServer.start(
                    first.vertx(),
                    AdminSettings.of(settings.node(), watchedIdentity.current()),
                    control,
                    this,
                    metrics,
                    loadBalancer.routes()));
    admin = api;
    connected = true;
    onControl(() -> {
      configuration.watch(control, settings.node().watchInterval(), live(serving, api));
      watch();
      loadBalancer.connect();
    });
    readiness.running();
    LOG.info("{} answers DNS at {}, admin API at {}", id, serving.addresses(), api.endpoint());
  }

  private DnsServer listen() throws IOException {
    return BindFailure.at(
        "dns.listen",
        () ->
            DnsServer.start(
                first.vertx(),
                settings.listen(),
                settings.dns(),
                first.catalog(),
                Optional.empty()));
  }

  /** What the node takes of a changed configuration. */
  private LiveParts<LoadBalancerSettings> live(DnsServer serving, AdminServer api) {
    LiveParts<LoadBalancerSettings> live = new LiveParts<>(configuration.settings());
    live.part("", Function.identity(), next -> settings = next);
    NodeParts.add(live, LoadBalancerSettings::node, watchedIdentity, api);
    live.part("dns.explain", it -> it.dns().explain(), explainedTexts::use);
    serving.follow(live, "dns", "listen", LoadBalancerSettings::listen, LoadBalancerSettings::dns);
    live.reading("probe", LoadBalancerSettings::prober, ProberSettings::files, prober::use)
        .part("backbone", it -> clientSettings(it.backbone()), client::use)
        .part("resolvers.file", LoadBalancerSettings::resolverFile, _ -> watchResolvers());
    live.lookedUp("announce.leave-at-most", LoadBalancerSettings::leaveAtMost);
    loadBalancer.follow(live);
    return live;
  }

  private void watch() {
    watchedIdentity.watch();
    watchResolvers();
    lookReady();
    control.every(LOOK_READY, LOOK_READY, this::lookReady);
    ShareMetrics shares = ShareMetrics.ofLoadBalancer(metrics);
    control.every(Duration.ZERO, SHOW_SHARES, () -> shares.update(loadBalancer.shares()));
  }

  private void lookReady() {
    readiness.require(
        "labels",
        loadBalancer.labelsNotReady(),
        "no site was measured yet for",
        "wait for the first round of probes; `status` says how those of each label end");
  }

  private void watchResolvers() {
    watchingResolvers.cancel();
    Optional<Path> resolverFile = settings.resolverFile();
    if (resolverFile.isPresent()) {
      FileWatcher watcher = new FileWatcher(control, settings.node().watchInterval());
      watchingResolvers =
          watcher.watch(List.of(resolverFile.get()), changed -> loadBalancer.resolverFileChanged());
    }
  }

  @Override
  public void reload() {
    control.execute(() -> {
      watchedIdentity.read();
      configuration.readAll();
      loadBalancer.resolverFileChanged();
    });
  }

  @Override
  public Duration stopWithin() {
    return settings.leaveAtMost().plus(STOP_MARGIN);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    readiness.stopping();
    if (connected) {
      leave();
    }
    client.close();
    prober.close();
    if (dns != null) {
      dns.close();
    }
    if (admin != null) {
      admin.close();
    }
    control.close();
    store.close();
    first.vertx().close();
  }

  private void leave() {
    CountDownLatch gone = new CountDownLatch(1);
    control.execute(() -> loadBalancer.leave(gone::countDown));
    try {
      if (!gone.await(stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.error("not withdrawn in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public NodeStatus status() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("configuration", configuration.status(watchedIdentity));
    if (dns != null) {
      parts.put("dns", dnsStatus(dns));
    }
    Map<String, Object> sessions = new LinkedHashMap<>();
    client
        .peers()
        .forEach((peer, state) -> sessions.put(peer.toString(), StatusTree.inWords(state)));
    parts.put("sessions", sessions);
    if (started) {
      parts.putAll(loadBalancer.status().parts());
    }
    return new NodeStatus(NodeRole.LOAD_BALANCER, id, ready(), parts);
  }

  private static Map<String, Object> dnsStatus(DnsServer serving) {
    DnsCounters counters = serving.counters();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("addresses", serving.addresses());
    tree.put("queries", counters.queriesByTransport());
    tree.put("answers", counters.answersByRcode());
    return tree;
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  private long queries() {
    DnsServer serving = dns;
    return serving == null
        ? 0
        : serving.counters().queriesByTransport().values().stream().mapToLong(it -> it).sum();
  }

  private void setPeers(Collection<Peer> peers) {
    client.setPeers(peers);
  }

  private void onControl(Runnable task) throws ExecutionException, InterruptedException {
    CompletableFuture.runAsync(task, control).get();
  }

  private static ClientSettings clientSettings(LoadBalancerSettings.Backbone backbone) {
    return new ClientSettings(
        backbone.from(),
        Set.of(NodeRole.BACKBONE),
        SessionSettings.defaults().withPingInterval(backbone.pingInterval()),
        BackoffSettings.defaults());
  }

  private static SavedState.Store savedState(StateStore store) {
    return new SavedState.Store() {
      @Override
      public Map<String, byte[]> map(String name) {
        return store.map(name);
      }

      @Override
      public void commit() {
        store.commit();
      }

      @Override
      public void save() {
        store.save();
      }
    };
  }
}
