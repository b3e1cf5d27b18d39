package net.dglb.mapping.frame;

import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;

/** What the bytes received so far amount to (PROTOCOL.md, Framing). */
public sealed interface FrameVerdict {

  /**
   * A whole frame.
   *
   * @param frame the frame; its message may be one that this version does not know
   * @param bytes its size on the wire with the length in front
   */
  record Complete(Frame frame, int bytes) implements FrameVerdict {}

  /** Not yet a whole frame: ask again after more bytes came in. */
  record NeedMore() implements FrameVerdict {}

  /**
   * Bytes that cannot be a frame. The stream is lost from here on: the decoder repeats this
   * verdict.
   *
   * @param code what to tell the peer
   * @param text what was wrong, with the limit, for people
   */
  record Refused(ErrorCode code, String text) implements FrameVerdict {}
}
