package net.dglb.dns.tsig;

import java.nio.ByteBuffer;
import org.xbill.DNS.Type;

/** Finds the TSIG record of a message that was parsed before: its last record. */
final class TsigOffset {

  private static final int HEADER_OCTETS = 12;
  private static final int FIXED_OCTETS = 10;
  private static final int POINTER = 0xc0;

  private TsigOffset() {}

  /**
   * Where the last record begins.
   *
   * @throws IllegalArgumentException if the message is cut, or that record is no TSIG record, or
   *     not the only one (RFC 8945 section 5.1)
   */
  static int of(byte[] message) {
    ByteBuffer octets = ByteBuffer.wrap(message);
    try {
      int at = HEADER_OCTETS;
      for (int i = 0; i < count(octets, 4); i++) {
        at = afterName(octets, at) + 4;
      }
      int records = count(octets, 6) + count(octets, 8) + count(octets, 10);
      for (int i = 0; i < records; i++) {
        int fixed = afterName(octets, at);
        boolean last = i == records - 1;
        if (last != (count(octets, fixed) == Type.TSIG)) {
          throw new IllegalArgumentException("the last record alone is a TSIG record");
        }
        if (last) {
          return at;
        }
        at = fixed + FIXED_OCTETS + count(octets, fixed + 8);
      }
      throw new IllegalArgumentException("a message without records");
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a message that is cut", e);
    }
  }

  private static int count(ByteBuffer octets, int at) {
    return octets.getShort(at) & 0xffff;
  }

  private static int afterName(ByteBuffer octets, int start) {
    int at = start;
    while (true) {
      int length = octets.get(at) & 0xff;
      if (length == 0) {
        return at + 1;
      }
      if (length >= POINTER) {
        return at + 2;
      }
      at += length + 1;
    }
  }
}
