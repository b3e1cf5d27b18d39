package net.dglb.node;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;

/**
 * A node's admin API over HTTP: {@code /status} (JSON), {@code /healthz} (the control thread
 * works), {@code /readyz} (the node can do its work), {@code /metrics} (Prometheus) and the routes
 * that the node adds. On loopback it speaks plain HTTP and answers only calls that name a loopback
 * host, so that no web page can reach it through a browser; elsewhere see {@link AdminSettings}.
 */
public final class AdminServer implements AutoCloseable {

  private static final int MAX_HEADER_OCTETS = 16 * 1024;
  private static final int IDLE_SECONDS = 60;
  private static final int BIND_SECONDS = 10;
  private static final int LAST_CALLS_SECONDS = 5;
  private static final long SWEEP_MILLIS = 5_000;

  private final Vertx vertx;
  private final Executor control;
  private final Node node;
  private final Metrics metrics;
  private final List<AdminRoute> routes;
  private final AdminConnections connections;
  private final AdminResponses responses;
  private final long sweeping;
  private AdminSettings settings;
  private Listening now;

  /** A server that listens, and what answers its calls. */
  private record Listening(HttpServer server, Endpoint endpoint, Published<Router> router) {}

  private AdminServer(
      Vertx vertx,
      AdminSettings settings,
      Executor control,
      Node node,
      Metrics metrics,
      List<AdminRoute> routes,
      AdminConnections connections,
      long sweepMillis)
      throws IOException {
    this.vertx = vertx;
    this.control = control;
    this.node = node;
    this.metrics = metrics;
    this.routes = List.copyOf(routes);
    this.connections = connections;
    this.settings = settings;
    this.responses = new AdminResponses(vertx);
    this.now = listen(settings);
    this.sweeping = vertx.setPeriodic(sweepMillis, _ -> connections.sweep());
  }

  /**
   * Starts to listen. Blocks until that is done: never call it from an event loop.
   *
   * @param control the control thread, on which the status and the routes are computed
   * @throws IOException if it cannot listen; says where, why and what to do
   */
  public static AdminServer start(
      Vertx vertx,
      AdminSettings settings,
      Executor control,
      Node node,
      Metrics metrics,
      List<AdminRoute> routes)
      throws IOException {
    AdminConnections connections =
        new AdminConnections(AdminConnections.Limits.DEFAULT, System::nanoTime);
    return start(vertx, settings, control, node, metrics, routes, connections, SWEEP_MILLIS);
  }

  static AdminServer start(
      Vertx vertx,
      AdminSettings settings,
      Executor control,
      Node node,
      Metrics metrics,
      List<AdminRoute> routes,
      AdminConnections connections,
      long sweepMillis)
      throws IOException {
    return new AdminServer(
        vertx, settings, control, node, metrics, routes, connections, sweepMillis);
  }

  /**
   * Serves like this from now on: on another address it listens before it leaves the old one. One
   * at a time; blocks as {@link #start} does.
   *
   * @throws IOException if it cannot listen there; the old address is served on
   */
  public synchronized void use(AdminSettings next) throws IOException {
    if (next.listen().equals(settings.listen())) {
      now.router().publish(router(next));
    } else {
      Listening before = now;
      now = listen(next);
      var _ = before.server().shutdown(LAST_CALLS_SECONDS, TimeUnit.SECONDS);
    }
    settings = next;
  }

  private Router router(AdminSettings next) {
    return new AdminRouter(vertx, next, control, connections, responses)
        .router(node, metrics, routes);
  }

  private Listening listen(AdminSettings next) throws IOException {
    Published<Router> router = new Published<>(router(next));
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(MAX_HEADER_OCTETS)
            .setHttp2ClearTextEnabled(false) // else a connection is seen with its first call only
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    next.identity().ifPresent(identity -> identity.secure(options));
    Endpoint listen = next.listen();
    HttpServer server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::opened)
            .requestHandler(call -> router.get().handle(call));
    try {
      server
          .listen(listen.port(), listen.address().getHostAddress())
          .toCompletionStage()
          .toCompletableFuture()
          .get(BIND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw BindFailure.of("TCP", listen, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new Listening(server, new Endpoint(listen.address(), server.actualPort()), router);
  }

  /** Where it listens, with the port that the system chose if 0 was asked for. */
  public synchronized Endpoint endpoint() {
    return now.endpoint();
  }

  /** Stops to listen; answers that are not written yet are not sent. */
  @Override
  public synchronized void close() {
    vertx.cancelTimer(sweeping);
    now.server().close();
    responses.close();
  }
}
