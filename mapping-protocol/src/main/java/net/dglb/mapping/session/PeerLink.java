package net.dglb.mapping.session;

import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.dglb.identity.IdentityException;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.net.Endpoint;
import net.dglb.time.Backoff;
import net.dglb.time.Cancellable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer of a client: connects, waits, connects again. Lives on the timeline, except for {@link
 * #peer}, {@link #state}, {@link #session} and {@link #stop}.
 */
final class PeerLink {

  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

  private final LocalSide side;
  private final ClientSettings settings;
  private final Outbound outbound;
  private final Supplier<Hello> hello;
  private final Backoff backoff;
  private final BiPredicate<PeerLink, PeerIdentity> reachedByAnother;
  private volatile Peer peer;
  private volatile PeerState state;
  private volatile boolean stopped;
  private boolean started;
  private int attempts;
  private volatile Cancellable retry = () -> {};
  private @Nullable PeerIdentity lastMet;

  PeerLink(
      Peer peer,
      LocalSide side,
      ClientSettings settings,
      Outbound outbound,
      Supplier<Hello> hello,
      RandomGenerator random,
      BiPredicate<PeerLink, PeerIdentity> reachedByAnother) {
    this.peer = peer;
    this.side = side;
    this.settings = settings;
    this.outbound = outbound;
    this.hello = hello;
    this.backoff = new Backoff(settings.backoff(), random);
    this.reachedByAnother = reachedByAnother;
    this.state = new PeerState.Connecting(side.timeline().now());
  }

  Peer peer() {
    return peer;
  }

  PeerState state() {
    return state;
  }

  Optional<Session> session() {
    return state instanceof PeerState.Open open && open.session().isOpen()
        ? Optional.of(open.session())
        : Optional.empty();
  }

  /** More, or something else, is known of the same peer. */
  void know(Peer now) {
    peer = now;
    session()
        .filter(open -> now.id().isPresent() && !now.id().get().equals(open.peer().id()))
        .ifPresent(open ->
            open.close(
                ErrorCode.ERROR_IDENTITY, open.peer() + " (expected id " + now.id().get() + ")"));
  }

  void start() {
    if (!started) {
      started = true;
      connect();
    }
  }

  void stop(String reason) {
    stopped = true;
    retry.cancel();
    session().ifPresent(open -> open.leave(reason));
  }

  private void connect() {
    if (stopped) {
      return;
    }
    if (lastMet != null && reachedByAnother.test(this, lastMet)) {
      await(settings.backoff().longest(), "there is a session to " + lastMet + " already");
      return;
    }
    List<Endpoint> endpoints = peer.endpoints();
    Endpoint endpoint = endpoints.get(attempts % endpoints.size());
    attempts++;
    state = new PeerState.Connecting(side.timeline().now());
    side.counters().connections.increment();
    Hello ours;
    try {
      ours = Greetings.hello(hello.get(), side.self(), side.session());
    } catch (RuntimeException e) {
      LOG.error("no hello for {}", peer, e);
      retryLater("a fault of this side; its log says more");
      return;
    }
    outbound
        .connect(endpoint)
        .onSuccess(socket -> greet(socket, ours))
        .onFailure(failure -> failed(endpoint + ": " + Tls.why(failure)));
  }

  /** On the event loop: the socket must not read anything before there is a receiver. */
  private void greet(NetSocket socket, Hello ours) {
    Connection connection = side.connection(socket);
    try {
      Tls.requireProtocol(socket);
      PeerIdentity certified = Tls.identify(socket);
      connection.start(
          new ClientGreeting(
              connection,
              certified,
              side,
              theirs -> greeted(connection, certified, theirs),
              this::failed),
          () -> {});
      Optional<Refusal> refusal = unwanted(certified);
      if (refusal.isPresent()) {
        connection.fail(refusal.get().code(), refusal.get().text());
      } else {
        connection.send(Frame.newBuilder().setHello(ours).build());
      }
    } catch (IdentityException e) {
      socket.close();
      failed(socket.remoteAddress() + ": " + e.getMessage());
    }
  }

  private Optional<Refusal> unwanted(PeerIdentity met) {
    if (stopped) {
      return Optional.of(new Refusal(ErrorCode.ERROR_UNAVAILABLE, "not wanted any more"));
    }
    if (!settings.expects().contains(met.role())) {
      return Optional.of(
          new Refusal(ErrorCode.ERROR_NOT_PERMITTED, Tls.wrongRole(met, settings.expects())));
    }
    return peer.id()
        .filter(id -> !id.equals(met.id()))
        .map(id -> new Refusal(ErrorCode.ERROR_IDENTITY, met + " (expected id " + id + ")"));
  }

  private void greeted(Connection connection, PeerIdentity certified, Hello theirs) {
    LiveSession session = new LiveSession(connection, certified, theirs, side, this::lost);
    side.timeline().execute(() -> opened(session));
    connection.greeted(session);
  }

  private void opened(LiveSession session) {
    lastMet = session.peer();
    state = new PeerState.Open(session, side.timeline().now());
    session.open();
    if (stopped) {
      session.leave("not wanted any more");
    }
  }

  private void lost(LiveSession session, String why) {
    if (state instanceof PeerState.Open open) {
      backoff.lived(Duration.between(open.since(), side.timeline().now()));
    }
    retryLater(why);
  }

  private void failed(String why) {
    side.timeline().execute(() -> retryLater(why));
  }

  private void retryLater(String why) {
    if (!stopped) {
      Duration pause = backoff.next();
      LOG.info("no session to {}: {}; trying again in {} ms", peer, why, pause.toMillis());
      await(pause, why);
    }
  }

  private void await(Duration pause, String why) {
    Instant until = side.timeline().now().plus(pause);
    state = new PeerState.Waiting(until, why);
    retry = side.timeline().after(pause, this::connect);
  }
}
