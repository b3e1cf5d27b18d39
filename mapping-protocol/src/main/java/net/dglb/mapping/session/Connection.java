package net.dglb.mapping.session;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import net.dglb.mapping.frame.FrameDecoder;
import net.dglb.mapping.frame.FrameEncoder;
import net.dglb.mapping.frame.FrameVerdict;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Goodbye;
import net.dglb.net.AddressLiteral;
import net.dglb.net.ConnectionAbort;
import net.dglb.net.Endpoint;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TLS connection: frames in, frames out, and one end. Bytes come in on the socket's event loop;
 * frames go out, and the end comes, from any thread.
 */
final class Connection {

  /** Who gets the frames. Called on the event loop; {@link #ended} from any thread. */
  interface Receiver {

    /** A frame that does not end the connection; its message may be unknown. */
    void frame(Frame frame);

    /** No frame goes in or out any more. At least one call. */
    void ended(String why);
  }

  /** Drops what comes from a peer that is being refused. */
  record Nobody() implements Receiver {

    @Override
    public void frame(Frame frame) {}

    @Override
    public void ended(String why) {}
  }

  /** What a peer is told of a defect of this side. */
  static final String OUR_FAULT = "a fault of the receiver; its log says more";

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final NetSocket socket;
  private final SessionSettings settings;
  private final SessionCounters counters;
  private final Timeline timeline;
  private final FrameDecoder decoder = new FrameDecoder(SessionSettings.HANDSHAKE_FRAME_BYTES);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicReference<@Nullable String> end = new AtomicReference<>();
  private volatile Receiver receiver = new Nobody();
  private volatile boolean greeted;
  private volatile String problem = "";

  Connection(
      NetSocket socket, SessionSettings settings, SessionCounters counters, Timeline timeline) {
    this.socket = socket;
    this.settings = settings;
    this.counters = counters;
    this.timeline = timeline;
  }

  /** Begins to read. Call on the event loop that made the socket, before it reads anything. */
  void start(Receiver first, Runnable whenClosed) {
    receiver = first;
    socket.exceptionHandler(failure -> problem = ": " + Tls.why(failure));
    socket.closeHandler(closed -> {
      end("connection lost" + problem);
      whenClosed.run();
    });
    socket.handler(this::read);
  }

  /** From here on frames go to this receiver, and may be as large as the settings say. */
  void greeted(Receiver next) {
    greeted = true;
    receiver = next;
    String why = end.get();
    if (why != null) {
      next.ended(why);
    }
  }

  boolean isOpen() {
    return end.get() == null;
  }

  Endpoint remote() {
    return endpoint(socket.remoteAddress());
  }

  Endpoint local() {
    return endpoint(socket.localAddress());
  }

  /** Stops and starts reading, so that the sender feels a receiver that is slow. */
  void reading(boolean wanted) {
    if (wanted) {
      socket.resume();
    } else {
      socket.pause();
    }
  }

  void send(Frame frame) {
    if (!isOpen()) {
      return;
    }
    Buffer bytes = FrameEncoder.encode(frame);
    if (queuedBytes.get() + bytes.length() > settings.maxQueuedBytes()) {
      fail(
          ErrorCode.ERROR_SLOW_READER,
          "more than "
              + settings.maxQueuedBytes()
              + " bytes wait to be sent: the peer reads too slowly");
      return;
    }
    write(bytes);
  }

  /** Tells the peer of an error that ends the session. */
  void fail(ErrorCode code, String text) {
    if (end(code + ": " + text)) {
      counters.errorOut(code);
      finish(Errors.fatal(code, text));
    }
  }

  /** Tells the peer that this side leaves in order. */
  void leave(String reason) {
    if (end("left: " + reason)) {
      Goodbye goodbye = Goodbye.newBuilder().setReason(Errors.shortened(reason)).build();
      finish(Frame.newBuilder().setGoodbye(goodbye).build());
    }
  }

  /** Ends without a word, and without what waits to be sent. */
  void cut(String why) {
    end(why);
    ConnectionAbort.of(socket);
  }

  private boolean end(String why) {
    boolean first = end.compareAndSet(null, why);
    if (first) {
      receiver.ended(why);
    }
    return first;
  }

  // The peer closes when it has read the last frame. Closing at once, with bytes of the peer still
  // unread here, would reset the connection and could destroy that frame on its way. Whoever does
  // not read is not waited for any longer.
  private void finish(Frame last) {
    socket.resume();
    write(FrameEncoder.encode(last));
    timeline.after(settings.lingerTimeout(), () -> ConnectionAbort.of(socket));
  }

  private void write(Buffer bytes) {
    counters.framesOut.increment();
    counters.bytesOut.add(bytes.length());
    queuedBytes.addAndGet(bytes.length());
    socket.write(bytes).onComplete(done -> queuedBytes.addAndGet(-bytes.length()));
  }

  private void read(Buffer bytes) {
    counters.bytesIn.add(bytes.length());
    if (!isOpen()) {
      return;
    }
    try {
      decoder.append(bytes);
      takeFrames();
    } catch (RuntimeException e) {
      LOG.error("session with {} ends by a fault of this side", socket.remoteAddress(), e);
      fail(ErrorCode.ERROR_UNAVAILABLE, OUR_FAULT);
    }
  }

  private void takeFrames() {
    while (isOpen()) {
      decoder.limit(greeted ? settings.maxFrameBytes() : SessionSettings.HANDSHAKE_FRAME_BYTES);
      switch (decoder.next()) {
        case FrameVerdict.NeedMore() -> {
          return;
        }
        case FrameVerdict.Refused(ErrorCode code, String text) -> fail(code, text);
        case FrameVerdict.Complete(Frame frame, _) -> take(frame);
      }
    }
  }

  private void take(Frame frame) {
    counters.framesIn.increment();
    switch (frame.getMessageCase()) {
      case GOODBYE -> cut("peer left: " + Errors.shortened(frame.getGoodbye().getReason()));
      case ERROR -> takeError(frame);
      default -> receiver.frame(frame);
    }
  }

  private void takeError(Frame frame) {
    Error error = frame.getError();
    counters.errorIn(error.getCode());
    if (error.getFatal()) {
      cut("peer says " + error.getCode() + ": " + Errors.shortened(error.getText()));
    } else {
      receiver.frame(frame);
    }
  }

  private static Endpoint endpoint(SocketAddress address) {
    try {
      return new Endpoint(AddressLiteral.parse(address.hostAddress()), address.port());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("not an address of the Internet: " + address, e);
    }
  }
}
