package net.dglb.dns.serve;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.dns.wire.Transport;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * One TCP address, with TLS or without (RFC 7766, RFC 7858). Deployed, so that all its connections
 * live on one event loop, where they share one processor and one buffer; undeployed, it frees the
 * address and closes them, also those whose clients read nothing.
 */
final class TcpListener extends VerticleBase {

  /** So long clients may read what is sent to them when it stops. */
  private static final long LAST_ANSWERS_MILLIS = 1000;

  private final Endpoint endpoint;
  private TcpLimits limits;
  private final QueryProcessor processor;
  private final WorkerCounters counters;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MessageLimits.MESSAGE_MAX);
  private final Set<TcpConnection> connections = new HashSet<>();
  private final OpenBySource bySource = new OpenBySource();
  private final Promise<Void> noneLeft = Promise.promise();

  /** How a connection that was accepted becomes one with TLS; empty for none. */
  private final Optional<DnsOverTls> tls;

  private @Nullable NetServer server;
  private long looking;
  private boolean stopping;

  TcpListener(
      Endpoint endpoint,
      TcpLimits limits,
      Optional<X509ExtendedKeyManager> tls,
      QueryProcessor processor,
      WorkerCounters counters) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.tls = tls.map(DnsOverTls::new);
    this.processor = processor;
    this.counters = counters;
  }

  /** Listens; fails if the address cannot be bound. */
  @Override
  public Future<NetServer> start() {
    tellKeepalive();
    lookForIdle();
    server =
        vertx
            .createNetServer(new NetServerOptions().setTcpNoDelay(true))
            .connectHandler(this::accept);
    return server.listen(endpoint.port(), endpoint.address().getHostAddress());
  }

  /** Takes other limits; connections that are open stay so. Any thread, once it has started. */
  void limits(TcpLimits next) {
    context.runOnContext(_ -> {
      limits = next;
      vertx.cancelTimer(looking);
      lookForIdle();
      tellKeepalive();
    });
  }

  private void lookForIdle() {
    looking = vertx.setPeriodic(limits.idleTimeout().toMillis(), _ -> closeIdle());
  }

  /** The port that it is bound to; valid after the start. */
  int port() {
    return server == null ? endpoint.port() : server.actualPort();
  }

  /** Asks clients to leave when there is little room left (RFC 7828 section 3.3.2). */
  private void tellKeepalive() {
    boolean crowded = connections.size() >= limits.connections() - limits.connections() / 4;
    long deciseconds = limits.idleTimeout().toMillis() / 100;
    processor.keepalive(crowded ? 0 : (int) Math.min(deciseconds, 0xffff));
  }

  /** Frees the address and closes the connections; Vert.x itself would not wait for their ends. */
  @Override
  public Future<?> stop() {
    if (server == null) {
      return Future.succeededFuture();
    }
    stopping = true;
    vertx.setTimer(
        LAST_ANSWERS_MILLIS, _ -> List.copyOf(connections).forEach(TcpConnection::abort));
    tellIfNoneIsLeft();
    return Future.join(server.close(), noneLeft.future());
  }

  private void tellIfNoneIsLeft() {
    if (stopping && connections.isEmpty()) {
      noneLeft.tryComplete();
    }
  }

  private void accept(NetSocket socket) {
    InetAddress address = AddressLiteral.parse(socket.remoteAddress().hostAddress());
    if (processor.denies(address)) {
      counters.count(WorkerCounters.DENIED);
      socket.close();
      return;
    }
    Prefix source = OpenBySource.source(address);
    if (connections.size() >= limits.connections()
        || bySource.count(source) >= limits.connectionsPerSource()) {
      counters.count(WorkerCounters.TCP_REFUSED);
      socket.close();
      return;
    }
    TcpConnection connection =
        new TcpConnection(
            socket, context, processor, buffer, tls.isPresent() ? Transport.TLS : Transport.TCP);
    connections.add(connection);
    bySource.add(source);
    tellKeepalive();
    socket.closeHandler(_ -> {
      connections.remove(connection);
      bySource.remove(source);
      tellKeepalive();
      tellIfNoneIsLeft();
    });
    // It is counted already: whoever never ends a handshake is bounded like everybody else.
    tls.ifPresent(it -> it.begin(socket, limits.idleTimeout(), counters::refused));
    EndOfInput.tell(socket);
    connection.start();
  }

  private void closeIdle() {
    for (TcpConnection connection : List.copyOf(connections)) {
      connection.closeUnlessActive();
    }
  }
}
