package net.dglb.dns.serve;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.X509ExtendedKeyManager;
import net.dglb.identity.ServerKeys;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.node.LiveParts;
import net.dglb.node.Published;
import org.jspecify.annotations.Nullable;

/**
 * A DNS server over UDP and TCP, whose addresses and settings may change while it answers. A
 * process may run several, each with addresses and a catalog of its own.
 */
public final class DnsServer implements AutoCloseable {

  private final Vertx vertx;
  private final Published<ServerParts> parts;
  private final byte[] ownSecret;

  /** Of all workers there ever were: what is counted never goes back. */
  private final List<WorkerCounters> counted = new CopyOnWriteArrayList<>();

  private volatile List<DnsAddress> served = List.of();
  private volatile List<TcpAddress> overTls = List.of();
  private volatile @Nullable X509ExtendedKeyManager keys;
  private boolean closed;

  private DnsServer(Vertx vertx, byte[] ownSecret, ServerParts parts) {
    this.vertx = vertx;
    this.ownSecret = ownSecret;
    this.parts = new Published<>(parts);
    LateAnswers late = new LateAnswers(this.parts);
    counted.add(late.counters());
    this.parts.publish(parts.with(parts.slowPath(), null, late));
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
    DnsServer server = prepared(vertx, settings, catalog, slowPath);
    server.use(listen, settings);
    return server;
  }

  /**
   * From now on questions wait whose answers zones postpone, and what no table can answer is handed
   * on; to be called once at most.
   */
  public synchronized void use(WaitingRoom room, Optional<SlowPath> slowPath) {
    ServerParts now = parts.get();
    parts.publish(now.with(slowPath.orElse(null), room, now.late()));
  }

  private static DnsServer prepared(
      Vertx vertx,
      DnsServerSettings settings,
      Published<Catalog> catalog,
      Optional<SlowPath> slowPath) {
    byte[] secret = CookieSecrets.random();
    ServerParts parts = ServerParts.of(catalog, settings, List.of(secret), slowPath.orElse(null));
    return new DnsServer(vertx, secret, parts);
  }

  /**
   * Has it take what changes of a running node's configuration.
   *
   * @param section the section of its keys
   * @param key the one of them that says where it listens
   */
  public <S> void follow(
      LiveParts<S> live,
      String section,
      String key,
      Function<S, List<Endpoint>> listen,
      Function<S, DnsServerSettings> settings) {
    live.reading(
        section,
        it -> new Wanted(listen.apply(it), settings.apply(it)),
        wanted -> wanted.settings().files(),
        wanted -> {
          try {
            use(wanted.listen(), wanted.settings());
          } catch (BindFailure e) {
            throw new LiveParts.RefusedException(section + "." + key, e);
          }
        });
  }

  private record Wanted(List<Endpoint> listen, DnsServerSettings settings) {}

  /**
   * Serves at these addresses and by these settings from now on, and reads the files that they name
   * again. New addresses answer before old ones are closed; connections to addresses that stay are
   * kept. Blocks as {@link #start} does.
   *
   * @throws IOException if an address cannot be bound or a file not be used; then nothing has
   *     changed but, maybe, how UDP messages are moved
   */
  public synchronized void use(List<Endpoint> listen, DnsServerSettings settings)
      throws IOException {
    checkListen(listen);
    if (closed) {
      return;
    }
    List<byte[]> secrets = CookieSecrets.load(settings.cookieSecrets(), ownSecret);
    Optional<X509ExtendedKeyManager> shown =
        settings.tls().isPresent() ? Optional.of(settings.tls().get().keys()) : Optional.empty();
    List<DnsAddress> before = served;
    List<TcpAddress> tlsBefore = overTls;
    open(listen, settings, shown, secrets);
    before.stream().filter(it -> !served.contains(it)).forEach(DnsAddress::close);
    tlsBefore.stream().filter(it -> !overTls.contains(it)).forEach(TcpAddress::close);
  }

  private void open(
      List<Endpoint> listen,
      DnsServerSettings settings,
      Optional<X509ExtendedKeyManager> shown,
      List<byte[]> secrets)
      throws IOException {
    List<DnsAddress> opened = new ArrayList<>();
    List<TcpAddress> openedTls = new ArrayList<>();
    try {
      for (DnsAddress address : served) {
        counted.addAll(address.use(settings, parts));
      }
      List<DnsAddress> next = addresses(listen, settings, opened);
      shown.ifPresent(read -> keys = read);
      List<TcpAddress> nextTls = tlsAddresses(tlsEndpoints(listen, settings), settings, openedTls);
      parts.publish(parts.get().with(settings, secrets));
      opened.forEach(address -> counted.addAll(address.counters()));
      openedTls.forEach(address -> counted.add(address.counters()));
      opened.forEach(address -> address.start(parts));
      overTls.forEach(address -> address.listener().limits(settings.tcp()));
      served = next;
      overTls = nextTls;
    } catch (IOException e) {
      openedTls.forEach(TcpAddress::close);
      opened.forEach(DnsAddress::close);
      throw e;
    }
  }

  /** Those that are there already, and those that had to be opened, in the order asked for. */
  private List<DnsAddress> addresses(
      List<Endpoint> listen, DnsServerSettings settings, List<DnsAddress> opened)
      throws IOException {
    List<DnsAddress> left = new ArrayList<>(served);
    List<DnsAddress> next = new ArrayList<>();
    for (Endpoint endpoint : listen) {
      Optional<DnsAddress> there =
          left.stream().filter(it -> it.asked().equals(endpoint)).findFirst();
      if (there.isEmpty()) {
        opened.add(DnsAddress.bind(vertx, endpoint, settings, parts));
      }
      next.add(there.orElseGet(opened::getLast));
      there.ifPresent(left::remove);
    }
    return List.copyOf(next);
  }

  private static Set<Endpoint> tlsEndpoints(List<Endpoint> listen, DnsServerSettings settings) {
    Set<Endpoint> endpoints = new LinkedHashSet<>();
    settings
        .tls()
        .ifPresent(
            tls -> listen.forEach(it -> endpoints.add(new Endpoint(it.address(), tls.port()))));
    return endpoints;
  }

  private List<TcpAddress> tlsAddresses(
      Set<Endpoint> endpoints, DnsServerSettings settings, List<TcpAddress> opened)
      throws IOException {
    X509ExtendedKeyManager current = ServerKeys.current(() -> Objects.requireNonNull(keys));
    List<TcpAddress> next = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      Optional<TcpAddress> there =
          overTls.stream().filter(it -> it.asked().equals(endpoint)).findFirst();
      if (there.isEmpty()) {
        opened.add(TcpAddress.listen(vertx, endpoint, settings.tcp(), Optional.of(current), parts));
      }
      next.add(there.orElseGet(opened::getLast));
    }
    return List.copyOf(next);
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

  /** Where it listens; with the port that port 0 became. */
  public List<Endpoint> addresses() {
    return served.stream().map(DnsAddress::actual).toList();
  }

  /** Where it listens with TLS. */
  public List<Endpoint> tlsAddresses() {
    return overTls.stream().map(TcpAddress::actual).toList();
  }

  /** What it has done since it started; from any thread. */
  public DnsCounters counters() {
    return CounterReader.read(counted);
  }

  /** Stops answering and frees the addresses. Blocks until that is done. */
  @Override
  public synchronized void close() {
    closed = true;
    served.forEach(DnsAddress::close);
    overTls.forEach(TcpAddress::close);
  }
}
