package net.dglb.lab.site;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.dglb.lab.plan.City;
import net.dglb.lab.plan.LabPlan.SitePlan;
import net.dglb.lab.plan.RoundTrips;
import net.dglb.net.AddressLiteral;

/**
 * One site: answers every HTTP request with its name, as late as if the asker stood in its own
 * city. It can be slowed down, killed and started again, from any thread.
 */
public final class SiteServer implements AutoCloseable {

  private static final int START_SECONDS = 10;

  private final Vertx vertx;
  private final SitePlan plan;
  private final int port;
  private final PathDelay path;
  private final Map<HttpConnection, Boolean> asked = new ConcurrentHashMap<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private volatile int extraMillis;

  /** A site that does not listen yet. */
  public SiteServer(Vertx vertx, SitePlan plan, int port, RoundTrips roundTrips) {
    this.vertx = vertx;
    this.plan = plan;
    this.port = port;
    this.path = new PathDelay(roundTrips, plan.city());
  }

  /**
   * Listens on every address of the site; does nothing if it does already.
   *
   * @throws IllegalStateException if an address cannot be had; the message says which and why
   */
  public synchronized void start() {
    if (!servers.isEmpty()) {
      return;
    }
    for (InetAddress address : plan.addresses()) {
      HttpServerOptions options =
          new HttpServerOptions().setHost(address.getHostAddress()).setPort(port);
      HttpServer server =
          vertx
              .createHttpServer(options)
              .connectionHandler(this::remember)
              .requestHandler(this::answer);
      await("listen on " + address.getHostAddress() + ":" + port, server.listen());
      servers.add(server);
    }
  }

  /** Stops listening and drops every connection, as a site that dies does. */
  public synchronized void kill() {
    servers.forEach(server -> await("stop", server.close()));
    servers.clear();
    asked.clear();
  }

  @Override
  public void close() {
    kill();
  }

  /** Whether it listens. */
  public synchronized boolean running() {
    return !servers.isEmpty();
  }

  /** Delays every first byte by so many milliseconds more; 0 for no more than the path costs. */
  public void slowBy(int millis) {
    extraMillis = millis;
  }

  /** What it is delayed by beside the path. */
  public int slowedByMillis() {
    return extraMillis;
  }

  /** Where and what it is. */
  public SitePlan plan() {
    return plan;
  }

  private void remember(HttpConnection connection) {
    connection.closeHandler(gone -> asked.remove(connection));
  }

  private void answer(HttpServerRequest request) {
    InetAddress asker = AddressLiteral.parse(request.remoteAddress().hostAddress());
    boolean first = asked.put(request.connection(), true) == null;
    int millis = path.requestMillis(asker, first) + extraMillis;
    if (millis == 0) {
      respond(request, asker);
    } else {
      vertx.setTimer(millis, fired -> respond(request, asker));
    }
  }

  private void respond(HttpServerRequest request, InetAddress asker) {
    if (request.response().closed()) {
      return;
    }
    String from = path.cityOf(asker).map(City::name).orElse("no city of the lab");
    request
        .response()
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("X-Site", plan.id())
        .end(
            "%s, served from %s.%nYou ask from %s (%s): a round trip takes %d ms.%n"
                .formatted(
                    request.authority() == null ? "the site" : request.authority().host(),
                    plan.city().name(),
                    from,
                    asker.getHostAddress(),
                    path.roundTripMillis(asker)));
  }

  private void await(String what, io.vertx.core.Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "site %s cannot %s: %s".formatted(plan.id(), what, cause.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
