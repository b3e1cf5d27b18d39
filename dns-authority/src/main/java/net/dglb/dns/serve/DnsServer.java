package net.dglb.dns.serve;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.X509ExtendedKeyManager;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;

/**
 * A DNS server over UDP and TCP. A process may run several, each with addresses and a catalog of
 * its own.
 */
public final class DnsServer implements AutoCloseable {

  private static final int PORT_ATTEMPTS = 20;
  private static final long BIND_SECONDS = 10;

  private final Vertx vertx;
  private final DnsServerSettings settings;
  private final ServerParts parts;
  private final List<Endpoint> addresses = new ArrayList<>();
  private final List<Endpoint> tlsAddresses = new ArrayList<>();
  private final List<UdpListener> udp = new ArrayList<>();

  /** Deployments of TCP listeners. */
  private final List<String> tcp = new ArrayList<>();

  private final List<WorkerCounters> workers = new ArrayList<>();

  private DnsServer(Vertx vertx, DnsServerSettings settings, ServerParts parts) {
    this.vertx = vertx;
    this.settings = settings;
    this.parts = parts;
  }

  /**
   * Binds every address and starts to answer. Blocks until that is done: never call it from an
   * event loop.
   *
   * @param listen the addresses, each bound by itself so that answers leave from the address that
   *     was asked; never a wildcard. Port 0 takes a free port, for tests
   * @param catalog read anew for every query, so that what is published is served at once
   * @param slowPath takes what no table can answer; without one, updates are answered with NOTIMP,
   *     transfers with REFUSED, and signatures are not looked at
   * @throws IOException if an address cannot be bound; says which, why and what to do. Nothing
   *     stays open then
   */
  public static DnsServer start(
      Vertx vertx,
      List<Endpoint> listen,
      DnsServerSettings settings,
      Published<Catalog> catalog,
      Optional<SlowPath> slowPath)
      throws IOException {
    return start(vertx, listen, settings, parts(settings, catalog, slowPath), List.of());
  }

  /** The same with a waiting room for questions whose answers zones postpone. */
  public static DnsServer startWithWaitingRoom(
      Vertx vertx,
      List<Endpoint> listen,
      DnsServerSettings settings,
      Published<Catalog> catalog,
      Optional<SlowPath> slowPath,
      WaitingRoom room)
      throws IOException {
    ServerParts parts = parts(settings, catalog, slowPath);
    LateAnswers late = new LateAnswers(parts);
    return start(vertx, listen, settings, parts.with(room, late), List.of(late.counters()));
  }

  private static ServerParts parts(
      DnsServerSettings settings, Published<Catalog> catalog, Optional<SlowPath> slowPath)
      throws IOException {
    List<byte[]> secrets = CookieSecrets.load(settings.cookieSecrets());
    return ServerParts.of(catalog, settings, secrets, slowPath.orElse(null));
  }

  private static DnsServer start(
      Vertx vertx,
      List<Endpoint> listen,
      DnsServerSettings settings,
      ServerParts parts,
      List<WorkerCounters> more)
      throws IOException {
    checkListen(listen);
    DnsServer server = new DnsServer(vertx, settings, parts);
    server.workers.addAll(more);
    try {
      for (Endpoint endpoint : listen) {
        server.bind(endpoint);
      }
      if (settings.tls().isPresent()) {
        X509ExtendedKeyManager keys = settings.tls().get().keys();
        for (InetAddress address :
            listen.stream().map(Endpoint::address).collect(Collectors.toSet())) {
          server.bindTls(new Endpoint(address, settings.tls().get().port()), keys);
        }
      }
      server.startWorkers();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static void checkListen(List<Endpoint> listen) {
    Ranges.check("number of listen addresses", listen.size(), 1, 1024);
    for (Endpoint endpoint : listen) {
      if (endpoint.address().isAnyLocalAddress()) {
        throw new IllegalArgumentException(
            "listen address: "
                + endpoint
                + " (expected each address by itself: from a wildcard, answers may leave from"
                + " another address than the one that was asked)");
      }
    }
  }

  /**
   * Binds UDP and TCP to the same port; a free UDP port may be taken for TCP, so it tries again.
   */
  private void bind(Endpoint endpoint) throws IOException {
    for (int attempt = 1; ; attempt++) {
      UdpListener listener = bindUdp(endpoint);
      Endpoint actual = new Endpoint(endpoint.address(), listener.port());
      try {
        bindTcp(actual, "TCP", Optional.empty());
        udp.add(listener);
        addresses.add(actual);
        break;
      } catch (IOException e) {
        listener.close();
        if (endpoint.port() != 0 || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void bindTls(Endpoint endpoint, X509ExtendedKeyManager keys) throws IOException {
    TcpListener listener = bindTcp(endpoint, "TLS", Optional.of(keys));
    tlsAddresses.add(new Endpoint(endpoint.address(), listener.port()));
  }

  private UdpListener bindUdp(Endpoint endpoint) throws IOException {
    try {
      return UdpListener.bind(endpoint, settings.udp());
    } catch (IOException e) {
      throw BindFailure.of("UDP", endpoint, e);
    }
  }

  private TcpListener bindTcp(
      Endpoint endpoint, String protocol, Optional<X509ExtendedKeyManager> tls) throws IOException {
    WorkerCounters counters = new WorkerCounters();
    TcpListener listener =
        new TcpListener(
            endpoint, settings.tcp(), tls, new QueryProcessor(parts, counters), counters);
    try {
      tcp.add(await(vertx.deployVerticle(listener)));
    } catch (IOException e) {
      throw BindFailure.of(protocol, endpoint, e);
    }
    workers.add(counters);
    return listener;
  }

  private void startWorkers() {
    for (UdpListener listener : udp) {
      for (int i = 0; i < listener.workers(); i++) {
        WorkerCounters counters = new WorkerCounters();
        workers.add(counters);
        listener.start(i, new QueryProcessor(parts, counters), counters);
      }
    }
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

  /** Where it listens, in the order of the settings; with the port that port 0 became. */
  public List<Endpoint> addresses() {
    return List.copyOf(addresses);
  }

  /** Where it listens with TLS. */
  public List<Endpoint> tlsAddresses() {
    return List.copyOf(tlsAddresses);
  }

  /** What it has done since it started; from any thread. */
  public DnsCounters counters() {
    return CounterReader.read(workers);
  }

  /** Stops answering and frees the addresses. Blocks until that is done. */
  @Override
  public void close() {
    udp.forEach(UdpListener::close);
    for (String deployment : tcp) {
      try {
        await(vertx.undeploy(deployment));
      } catch (IOException e) {
        throw new IllegalStateException("DNS server was not closed cleanly", e);
      }
    }
    addresses.forEach(PortRelease::await);
    tlsAddresses.forEach(PortRelease::await);
  }
}
