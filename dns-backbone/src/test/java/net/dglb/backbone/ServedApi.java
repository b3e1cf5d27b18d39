package net.dglb.backbone;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.keys.KeySeal;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.registry.api.DelegationChecks;
import net.dglb.backbone.registry.api.DnsLookup;
import net.dglb.backbone.registry.api.RegistryApi;
import net.dglb.backbone.update.EnterpriseKeys;
import net.dglb.identity.NodeRole;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.node.AdminServer;
import net.dglb.node.AdminSettings;
import net.dglb.node.Metrics;
import net.dglb.node.Node;
import net.dglb.node.NodeStatus;
import net.dglb.node.Readiness;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/** The admin API of a backbone node in virtual time, over HTTP, noticed for what it reads. */
final class ServedApi implements AutoCloseable {

  private static final SecretKeySpec SECRET = new SecretKeySpec(new byte[32], "HmacSHA256");

  final VirtualBackbone backbone = new VirtualBackbone();
  final ControlPlane plane = backbone.start("b1", "198.18.0.1", false);
  final Description description = new Description();

  /** What is published in the enterprises' own zones. */
  final Map<DomainName, List<String>> published = new HashMap<>();

  /** {@code operation name} of every parameter and field that an operation asked for. */
  final Set<String> read = new TreeSet<>();

  /** Whether the control thread does nothing. */
  volatile boolean stuck;

  private final Vertx vertx = Vertx.vertx();

  @Override
  public void close() {
    ApiClient.await(vertx.close().toCompletionStage());
  }

  /** Calls of a server of its own. */
  ApiClient client(int callsPerSecond) {
    AdminServer server =
        start(new AdminSettings(Endpoint.parse("127.0.0.1:0"), Optional.empty(), callsPerSecond));
    return new ApiClient(description, server.endpoint());
  }

  private AdminServer start(AdminSettings settings) {
    try {
      return AdminServer.start(
          vertx,
          settings,
          this::onControl,
          new QuietNode(),
          new Metrics(NodeRole.BACKBONE, "b1"),
          routes().stream().map(this::noticed).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the time that a commit takes; the test's own thread waits meanwhile. */
  private void onControl(Runnable task) {
    if (!stuck) {
      task.run();
      backbone.advance(Duration.ofSeconds(1));
    }
  }

  List<AdminRoute> routes() {
    ControlPlaneView view = plane.view();
    DelegationChecks delegations =
        new DelegationChecks(
            view.registry(), new NobodyAnswers(), Map::of, _ -> List.of(), backbone.timeline("b1"));
    List<AdminRoute> routes =
        new ArrayList<>(
            new RegistryApi(
                    view.registry(),
                    MapKeys.only(SECRET),
                    name ->
                        CompletableFuture.completedFuture(published.getOrDefault(name, List.of())),
                    () -> List.of(DomainName.of("b1.dglb.test")),
                    _ -> List.of(),
                    plane::touchedPrefixes,
                    delegations,
                    Set::of,
                    new EnterpriseKeys(view.registry()::state, new KeySeal(MapKeys.only(SECRET)))
                        ::sealed,
                    new NobodyAnswers(),
                    Runnable::run,
                    backbone.timeline("b1"))
                .routes());
    routes.add(backbone.explain("b1", plane).route());
    routes.addAll(plane.dnssec().routes(Set::of));
    return routes;
  }

  /** The same route, noticed for what it reads of its calls. */
  private AdminRoute noticed(AdminRoute route) {
    String id =
        description.operations().stream()
            .filter(it -> key(route).equals(it.method() + " " + it.path()))
            .findFirst()
            .orElseThrow()
            .id();
    return new AdminRoute(
        route.method(),
        route.path(),
        request ->
            route
                .answer()
                .apply(
                    new AdminRequest(
                        new Noticed<>(id, request.parameters()),
                        request.body().map(it -> new JsonObject(new Noticed<>(id, it.getMap()))),
                        request.remote(),
                        request.peer(),
                        request.token())));
  }

  static String key(AdminRoute route) {
    return route.method().name().toLowerCase(Locale.ROOT)
        + " "
        + route.path().replaceAll(":(\\w+)", "{$1}");
  }

  /** A map that tells what it is asked for. */
  private final class Noticed<V> extends HashMap<String, V> {

    @java.io.Serial private static final long serialVersionUID = 1;
    private final String operation;

    Noticed(String operation, Map<String, V> all) {
      super(all);
      this.operation = operation;
    }

    @Override
    public @Nullable V get(Object name) {
      read.add(operation + " " + name);
      return super.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
      read.add(operation + " " + name);
      return super.containsKey(name);
    }
  }

  /** The rest of a node, for what every admin API has. */
  private final class QuietNode implements Node {

    private final Readiness running = new Readiness(InstantSource.system());

    QuietNode() {
      running.running();
    }

    @Override
    public void start() {}

    @Override
    public void reload() {}

    @Override
    public void close() {}

    @Override
    public NodeStatus status() {
      NodeStatus status =
          NodeStatus.of(NodeRole.BACKBONE, "b1", true)
              .with("cluster", Map.of("enabled", false))
              .with(
                  "configuration",
                  Map.of("file", "b1.conf", "problems", List.of(), "needs-restart", List.of()))
              .with("fallback-problems", List.of());
      for (Map.Entry<String, Object> part : plane.view().tree().entrySet()) {
        status = status.with(part.getKey(), part.getValue());
      }
      return status
          .with("spread-services", SpreadServices.tree(plane.referrals().shares()))
          .with("sealed-before", SealedBefore.tree(plane));
    }

    @Override
    public Readiness readiness() {
      return running;
    }
  }

  private static final class NobodyAnswers implements DnsLookup {

    @Override
    public CompletionStage<Message> resolve(DomainName name, int type) {
      return CompletableFuture.failedFuture(new IOException("timed out"));
    }

    @Override
    public CompletionStage<Message> ask(InetAddress server, DomainName name, int type) {
      return resolve(name, type);
    }
  }
}
