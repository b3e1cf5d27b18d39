package net.dglb.mapping.frame;

import static net.dglb.mapping.frame.FrameEncoder.HEADER_BYTES;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames off one connection's bytes, however they were cut on the way. Never throws on what
 * the peer sent. Memory grows with the bytes that came in, not with the length that a peer claims.
 * Not thread-safe: belongs to the connection's event loop.
 */
public final class FrameDecoder {

  private static final int INITIAL_BYTES = 1024;

  /** A larger buffer is given back once it is empty: many sessions are idle most of the time. */
  private static final int KEPT_BYTES = 64 * 1024;

  private int maxFrameBytes;
  private byte[] pending = new byte[INITIAL_BYTES];
  private int start;
  private int end;
  private FrameVerdict.@Nullable Refused refused;

  /**
   * @param maxFrameBytes the largest frame to accept, without the length in front
   */
  public FrameDecoder(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /** Sets another limit, from the next frame on: a greeted peer may send larger frames. */
  public void limit(int bytes) {
    this.maxFrameBytes = bytes;
  }

  /** Adds bytes that came in. After a refusal they are dropped. */
  public void append(Buffer bytes) {
    if (refused != null) {
      return;
    }
    makeRoom(bytes.length());
    bytes.getBytes(pending, end);
    end += bytes.length();
  }

  /** The next frame, or why there is none. Call until it says {@link FrameVerdict.NeedMore}. */
  public FrameVerdict next() {
    if (refused != null) {
      return refused;
    }
    if (end - start < HEADER_BYTES) {
      return new FrameVerdict.NeedMore();
    }
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(pending, start, HEADER_BYTES).getInt());
    if (length > maxFrameBytes) {
      return refuse(
          ErrorCode.ERROR_FRAME_TOO_LARGE,
          "frame of " + length + " bytes (expected at most " + maxFrameBytes + ")");
    }
    if (length == 0) {
      return refuse(ErrorCode.ERROR_MALFORMED, "frame of 0 bytes (expected at least 1)");
    }
    if (end - start < HEADER_BYTES + length) {
      return new FrameVerdict.NeedMore();
    }
    return parse((int) length);
  }

  private FrameVerdict parse(int length) {
    try {
      Frame frame = Frame.parser().parseFrom(pending, start + HEADER_BYTES, length);
      start += HEADER_BYTES + length;
      return new FrameVerdict.Complete(frame, HEADER_BYTES + length);
    } catch (InvalidProtocolBufferException e) {
      return refuse(
          ErrorCode.ERROR_MALFORMED,
          "frame of "
              + length
              + " bytes is not a message of the mapping protocol: "
              + e.getMessage());
    }
  }

  private FrameVerdict refuse(ErrorCode code, String text) {
    FrameVerdict.Refused verdict = new FrameVerdict.Refused(code, text);
    refused = verdict;
    pending = new byte[0];
    start = 0;
    end = 0;
    return verdict;
  }

  private void makeRoom(int more) {
    int held = end - start;
    if (held == 0 && pending.length > KEPT_BYTES) {
      pending = new byte[INITIAL_BYTES];
      start = 0;
      end = 0;
    }
    if (pending.length - end >= more) {
      return;
    }
    if (pending.length - held < more) {
      pending = Arrays.copyOfRange(pending, start, start + Math.max(2 * held, held + more));
    } else {
      System.arraycopy(pending, start, pending, 0, held);
    }
    start = 0;
    end = held;
  }
}
