package net.dglb.mapping.frame;

import com.google.protobuf.CodedOutputStream;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import net.dglb.mapping.wire.Frame;

/** Puts frames on the wire. */
public final class FrameEncoder {

  /** Octets of the length in front of each frame. */
  public static final int HEADER_BYTES = 4;

  private FrameEncoder() {}

  /** The length, big-endian and not counting itself, then the frame. */
  public static Buffer encode(Frame frame) {
    int length = frame.getSerializedSize();
    byte[] bytes = new byte[HEADER_BYTES + length];
    for (int i = 0; i < HEADER_BYTES; i++) {
      bytes[i] = (byte) (length >>> (8 * (HEADER_BYTES - 1 - i)));
    }
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes, HEADER_BYTES, length);
      frame.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("a frame changed its size while it was written", e);
    }
    return Buffer.buffer(bytes);
  }
}
