package net.dglb.mapping.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Pong;
import net.dglb.net.Endpoint;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A greeted connection: hands frames to the listener on the timeline, keeps itself alive. */
final class LiveSession implements Session, Connection.Receiver {

  /** So many frames may wait for the control thread before this side stops reading. */
  private static final int MAX_UNDELIVERED = 256;

  private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

  private final Connection connection;
  private final PeerIdentity peer;
  private final Hello hello;
  private final SessionListener listener;
  private final Timeline timeline;
  private final SessionCounters counters;
  private final Keepalive keepalive;
  private final BiConsumer<LiveSession, String> whenClosed;
  private final AtomicInteger undelivered = new AtomicInteger();
  private boolean closedReported;

  /**
   * @param whenClosed called on the timeline just before the listener hears of the end, with why
   */
  LiveSession(
      Connection connection,
      PeerIdentity peer,
      Hello hello,
      LocalSide side,
      BiConsumer<LiveSession, String> whenClosed) {
    this.connection = connection;
    this.peer = peer;
    this.hello = hello;
    this.listener = side.listener();
    this.timeline = side.timeline();
    this.counters = side.counters();
    this.whenClosed = whenClosed;
    this.keepalive = new Keepalive(connection, side.session().pingInterval(), timeline);
  }

  /** Tells the listener. Call on the timeline, where no frame of this session came before. */
  void open() {
    counters.opened.increment();
    keepalive.start();
    listener.opened(this);
  }

  @Override
  public PeerIdentity peer() {
    return peer;
  }

  @Override
  public Hello hello() {
    return hello;
  }

  @Override
  public Endpoint remote() {
    return connection.remote();
  }

  @Override
  public Endpoint local() {
    return connection.local();
  }

  @Override
  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void send(Frame frame) {
    int limit = Greetings.maxFrameBytes(hello);
    if (frame.getSerializedSize() > limit) {
      throw new IllegalArgumentException(
          frame.getMessageCase()
              + " frame of "
              + frame.getSerializedSize()
              + " bytes (expected at most "
              + limit
              + ", as "
              + peer
              + " asked)");
    }
    if (frame.hasError()) {
      counters.errorOut(frame.getError().getCode());
    }
    connection.send(frame);
  }

  @Override
  public void close(ErrorCode code, String text) {
    connection.fail(code, text);
  }

  @Override
  public void leave(String reason) {
    connection.leave(reason);
  }

  @Override
  public void frame(Frame frame) {
    keepalive.heard();
    switch (frame.getMessageCase()) {
      case PING -> connection.send(pong(frame));
      case PONG -> {}
      case MESSAGE_NOT_SET -> counters.unknownFrames.increment();
      case HELLO, WELCOME ->
          connection.fail(
              ErrorCode.ERROR_MALFORMED,
              frame.getMessageCase() + " in an open session (expected once, as the first frame)");
      default -> queue(frame);
    }
  }

  @Override
  public void ended(String why) {
    timeline.execute(() -> reportClosed(why));
  }

  /** Ends this session because the same peer opened another one. Call on the timeline. */
  void replacedBy(Session newer) {
    String text = "a newer session of " + peer + " from " + newer.remote();
    connection.fail(ErrorCode.ERROR_REPLACED, text);
    reportClosed("replaced by " + text);
  }

  private void queue(Frame frame) {
    if (undelivered.incrementAndGet() == MAX_UNDELIVERED) {
      keepalive.deaf(true);
      connection.reading(false);
    }
    timeline.execute(() -> deliver(frame));
  }

  private void deliver(Frame frame) {
    try {
      if (!closedReported) {
        listener.received(this, frame);
      }
    } catch (RuntimeException e) {
      LOG.error("a {} frame of {} failed; the session goes on", frame.getMessageCase(), peer, e);
      refuse(frame, ErrorCode.ERROR_UNAVAILABLE, Connection.OUR_FAULT);
    } finally {
      if (undelivered.decrementAndGet() == MAX_UNDELIVERED / 2) {
        connection.reading(true);
        keepalive.deaf(false);
      }
    }
  }

  private void reportClosed(String why) {
    if (closedReported) {
      return;
    }
    closedReported = true;
    keepalive.stop();
    counters.closed.increment();
    whenClosed.accept(this, why);
    listener.closed(this, why);
  }

  private static Frame pong(Frame ping) {
    return Frame.newBuilder()
        .setCorrelation(ping.getCorrelation())
        .setPong(Pong.newBuilder().setNonce(ping.getPing().getNonce()))
        .build();
  }

  /** For logs. */
  @Override
  public String toString() {
    return peer + " at " + remote();
  }
}
