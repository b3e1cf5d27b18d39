package net.dglb.mapping.session;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.identity.IdentityException;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Welcome;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening side of the mapping protocol, for any node to embed. Keeps one session per peer: a
 * newer one replaces the older. Every method may be called from any thread.
 */
public final class MappingServer {

  private static final Logger LOG = LoggerFactory.getLogger(MappingServer.class);

  private final Vertx vertx;
  private final NodeIdentity identity;
  private final WelcomeSource welcome;
  private final List<Listening> listening = new CopyOnWriteArrayList<>();
  private volatile ServerSettings settings;
  private volatile LocalSide side;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<PeerIdentity, LiveSession> sessions = new ConcurrentHashMap<>();
  private final Strangers strangers;

  /** One endpoint, as it was asked for and as it is. */
  private record Listening(Endpoint asked, Endpoint actual, NetServer server) {}

  private MappingServer(
      Vertx vertx,
      NodeIdentity identity,
      ServerSettings settings,
      WelcomeSource welcome,
      LocalSide side) {
    this.vertx = vertx;
    this.identity = identity;
    this.settings = settings;
    this.welcome = welcome;
    this.side = side;
    this.strangers = new Strangers(side);
  }

  /**
   * Listens on every endpoint of the settings, or fails and listens on none.
   *
   * @param identity this node's certificate and the authority that it trusts
   * @param welcome what to say of this node to each peer
   * @param listener hears of the sessions, on the timeline
   */
  public static Future<MappingServer> listen(
      Vertx vertx,
      NodeIdentity identity,
      ServerSettings settings,
      WelcomeSource welcome,
      SessionListener listener,
      Timeline timeline) {
    LocalSide side =
        new LocalSide(
            identity.self(), settings.session(), listener, timeline, new SessionCounters());
    MappingServer server = new MappingServer(vertx, identity, settings, welcome, side);
    return server
        .open(settings)
        .map(server)
        .recover(failure -> server.close().transform(done -> Future.failedFuture(failure)));
  }

  /**
   * Listens where these settings say, before it leaves other endpoints, whose sessions end in
   * order; the others go on. Limits and times count for sessions that are opened from now on. One
   * call at a time.
   *
   * @return fails if an endpoint cannot be listened on; then nothing has changed
   */
  public Future<Void> use(ServerSettings next) {
    List<Listening> before = List.copyOf(listening);
    return open(next)
        .map(done -> {
          settings = next;
          side = side.with(next.session());
          List<Listening> former =
              listening.stream().filter(it -> !next.listen().contains(it.asked())).toList();
          listening.removeAll(former);
          former.forEach(this::leave);
          return (Void) null;
        })
        .recover(failure -> {
          List<Listening> opened = listening.stream().filter(it -> !before.contains(it)).toList();
          listening.removeAll(opened);
          opened.forEach(it -> it.server().close());
          return Future.failedFuture(failure);
        });
  }

  private void leave(Listening former) {
    sessions().stream()
        .filter(session -> session.local().equals(former.actual()))
        .forEach(session -> session.leave(side.self() + " listens elsewhere"));
    var _ = shutdown(former);
  }

  private Future<Void> shutdown(Listening endpoint) {
    long patience = settings.session().lingerTimeout().toMillis();
    return endpoint.server().shutdown(patience, TimeUnit.MILLISECONDS);
  }

  private Future<Void> open(ServerSettings wanted) {
    Future<Void> opened = Future.succeededFuture();
    for (Endpoint endpoint : wanted.listen()) {
      if (listening.stream().noneMatch(it -> it.asked().equals(endpoint))) {
        opened = opened.compose(done -> listen(endpoint, wanted.session()));
      }
    }
    return opened;
  }

  /** Where it listens, with the ports that the system chose. */
  public List<Endpoint> endpoints() {
    return listening.stream().map(Listening::actual).toList();
  }

  /** The open sessions. */
  public List<Session> sessions() {
    return List.copyOf(sessions.values());
  }

  /** What it has done so far. */
  public SessionCounters counters() {
    return side.counters();
  }

  /** Leaves every session in order and stops listening; done when no connection is left. */
  public Future<Void> close() {
    sessions().forEach(session -> session.leave(side.self() + " stops"));
    return Future.join(listening.stream().map(this::shutdown).toList()).mapEmpty();
  }

  private Future<Void> listen(Endpoint endpoint, SessionSettings session) {
    NetServer listener =
        vertx
            .createNetServer(Tls.server(identity, session))
            .exceptionHandler(strangers::turnedAway)
            .connectHandler(this::accept);
    return listener
        .listen(endpoint.port(), endpoint.address().getHostAddress())
        .map(bound -> {
          Endpoint actual = new Endpoint(endpoint.address(), bound.actualPort());
          listening.add(new Listening(endpoint, actual, bound));
          return (Void) null;
        })
        .recover(failure -> Future.failedFuture(BindFailure.of("TCP", endpoint, failure)));
  }

  private void accept(NetSocket socket) {
    side.counters().connections.increment();
    int open = connections.incrementAndGet();
    Connection connection = side.connection(socket);
    Optional<Refusal> tooMany = tooMany(open);
    try {
      PeerIdentity peer = Tls.identify(socket);
      Optional<Refusal> refusal = tooMany.or(() -> wrongRole(peer));
      if (refusal.isPresent()) {
        refuse(socket, connection, refusal.get());
        return;
      }
      ServerGreeting greeting =
          new ServerGreeting(connection, peer, side, hello -> greet(connection, peer, hello));
      connection.start(greeting, connections::decrementAndGet);
    } catch (IdentityException e) {
      refuse(
          socket,
          connection,
          new Refusal(ErrorCode.ERROR_IDENTITY, String.valueOf(e.getMessage())));
    }
  }

  private Optional<Refusal> tooMany(int open) {
    return open <= settings.maxConnections()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                ErrorCode.ERROR_TOO_MANY,
                open + " connections (expected at most " + settings.maxConnections() + ")"));
  }

  private Optional<Refusal> wrongRole(PeerIdentity peer) {
    return settings.accepts().contains(peer.role())
        ? Optional.empty()
        : Optional.of(
            new Refusal(ErrorCode.ERROR_NOT_PERMITTED, Tls.wrongRole(peer, settings.accepts())));
  }

  private void refuse(NetSocket socket, Connection connection, Refusal refusal) {
    LOG.warn("refused a connection from {}: {}", socket.remoteAddress(), refusal.text());
    connection.start(new Connection.Nobody(), connections::decrementAndGet);
    connection.fail(refusal.code(), refusal.text());
  }

  /** On the timeline. */
  private void greet(Connection connection, PeerIdentity peer, Hello hello) {
    if (!connection.isOpen()) {
      return;
    }
    Welcome answer;
    try {
      answer = Greetings.welcome(welcome.welcome(peer, hello), side.self(), side.session());
    } catch (RuntimeException e) {
      LOG.error("no welcome for {}", peer, e);
      connection.fail(ErrorCode.ERROR_UNAVAILABLE, Connection.OUR_FAULT);
      return;
    }
    LiveSession session = new LiveSession(connection, peer, hello, side, this::forget);
    LiveSession older = sessions.put(peer, session);
    if (older != null) {
      older.replacedBy(session);
    }
    connection.greeted(session);
    connection.send(Frame.newBuilder().setWelcome(answer).build());
    session.open();
  }

  private void forget(LiveSession session, String why) {
    sessions.remove(session.peer(), session);
  }
}
