package net.dglb.dns.serve;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.X509ExtendedKeyManager;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;

/**
 * A TCP address that is listened on, with TLS or without.
 *
 * @param asked the address and port that were asked for
 * @param actual the same with the port that the system chose for port 0
 */
record TcpAddress(
    Vertx vertx,
    Endpoint asked,
    Endpoint actual,
    TcpListener listener,
    String deployment,
    WorkerCounters counters)
    implements AutoCloseable {

  private static final long BIND_SECONDS = 10;

  /**
   * Listens. Blocks until that is done.
   *
   * @throws IOException if the address cannot be bound; says why and what to do
   */
  static TcpAddress listen(
      Vertx vertx,
      Endpoint endpoint,
      TcpLimits limits,
      Optional<X509ExtendedKeyManager> tls,
      Published<ServerParts> parts)
      throws IOException {
    WorkerCounters counters = new WorkerCounters();
    TcpListener listener =
        new TcpListener(endpoint, limits, tls, new QueryProcessor(parts, counters), counters);
    try {
      String deployment = await(vertx.deployVerticle(listener));
      Endpoint actual = new Endpoint(endpoint.address(), listener.port());
      return new TcpAddress(vertx, endpoint, actual, listener, deployment, counters);
    } catch (IOException e) {
      throw BindFailure.of(tls.isPresent() ? "TLS" : "TCP", endpoint, e);
    }
  }

  /** Closes its connections and frees the address. Blocks until that is done. */
  @Override
  public void close() {
    try {
      await(vertx.undeploy(deployment));
    } catch (IOException e) {
      throw new IllegalStateException("DNS server was not closed cleanly", e);
    }
    PortRelease.await(actual);
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(BIND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("not done after " + BIND_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
