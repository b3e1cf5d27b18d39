package net.dglb.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
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
  private static final long SWEEP_MILLIS = 5_000;

  private final Runnable stopSweeping;
  private final HttpServer server;
  private final Endpoint endpoint;

  private AdminServer(HttpServer server, InetAddress address, Runnable stopSweeping) {
    this.stopSweeping = stopSweeping;
    this.server = server;
    this.endpoint = new Endpoint(address, server.actualPort());
  }

  /**
   * Starts to listen.
   *
   * @param control the control thread, on which the status and the routes are computed
   * @return the server, or why it cannot listen
   */
  public static Future<AdminServer> start(
      Vertx vertx,
      AdminSettings settings,
      Executor control,
      Node node,
      Metrics metrics,
      List<AdminRoute> routes) {
    AdminConnections connections =
        new AdminConnections(AdminConnections.Limits.DEFAULT, System::nanoTime);
    return start(vertx, settings, control, node, metrics, routes, connections, SWEEP_MILLIS);
  }

  static Future<AdminServer> start(
      Vertx vertx,
      AdminSettings settings,
      Executor control,
      Node node,
      Metrics metrics,
      List<AdminRoute> routes,
      AdminConnections connections,
      long sweepMillis) {
    Router router =
        new AdminRouter(vertx, settings, control, connections).router(node, metrics, routes);
    Endpoint listen = settings.listen();
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(MAX_HEADER_OCTETS)
            .setHttp2ClearTextEnabled(false) // else a connection is seen with its first call only
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    settings.identity().ifPresent(identity -> identity.secure(options));
    long sweeping = vertx.setPeriodic(sweepMillis, _ -> connections.sweep());
    Runnable stopSweeping = () -> vertx.cancelTimer(sweeping);
    return vertx
        .createHttpServer(options)
        .connectionHandler(connections::opened)
        .requestHandler(router)
        .listen(listen.port(), listen.address().getHostAddress())
        .map(listening -> new AdminServer(listening, listen.address(), stopSweeping))
        .recover(failure -> {
          stopSweeping.run();
          return Future.failedFuture(BindFailure.of("TCP", listen, failure).at("node.admin"));
        });
  }

  /** Where it listens, with the port that the system chose if 0 was asked for. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Stops to listen; calls under way end on their own. */
  @Override
  public void close() {
    stopSweeping.run();
    server.close();
  }
}
