package net.dglb.mapping.session;

import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.convert.InvalidContentException;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.net.Endpoint;

/** One open connection to one greeted peer. Every method may be called from any thread. */
public interface Session {

  /** Who the peer is, by its certificate. */
  PeerIdentity peer();

  /**
   * What the peer said of itself. A server's Welcome is given in this form too: its version as both
   * version limits, and as highest version the highest one that it has stored for this node.
   */
  Hello hello();

  /** The peer's end of the connection. */
  Endpoint remote();

  /** This node's end of the connection. */
  Endpoint local();

  /** Whether frames still go out. */
  boolean isOpen();

  /**
   * Queues a frame. Frames of one calling thread arrive in order. On a closed session it does
   * nothing: the listener has heard or will hear of the end. If the peer reads too slowly and the
   * queue's limit is passed, the session is closed with {@code ERROR_SLOW_READER}.
   *
   * @throws IllegalArgumentException if the frame is larger than what the peer accepts
   */
  void send(Frame frame);

  /**
   * Tells the peer that its request is refused; the session goes on.
   *
   * @param request the peer's frame; the error carries its correlation
   * @param text for people: what was wrong and what was expected
   */
  default void refuse(Frame request, ErrorCode code, String text) {
    send(Errors.of(request.getCorrelation(), code, text));
  }

  /**
   * Tells the peer that its message cannot be used: invalid content is refused, a malformed one
   * ends the session.
   */
  default void refuse(Frame message, MalformedMessageException why) {
    String text = String.valueOf(why.getMessage());
    if (why instanceof InvalidContentException) {
      refuse(message, ErrorCode.ERROR_INVALID, text);
    } else {
      close(ErrorCode.ERROR_MALFORMED, text);
    }
  }

  /**
   * Ends the session with an error: the peer is told code and text. The listener's {@code closed}
   * follows.
   */
  void close(ErrorCode code, String text);

  /** Ends the session in order: the peer is told the reason. */
  void leave(String reason);
}
