package net.dglb.backbone.sign;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;

/**
 * The types at one name, as the NSEC record that denies all others says them (RFC 4034 section
 * 4.1.2), and that record itself. Immutable; made once for each kind of name.
 */
public final class TypeBitmap {

  private static final int WINDOW_TYPES = 256;
  private static final int MAX_NAME_OCTETS = 255;
  private static final int MAX_LABEL_OCTETS = 63;

  private final byte[] wire;

  private TypeBitmap(byte[] wire) {
    this.wire = wire;
  }

  /** The bitmap of these types, and of RRSIG and NSEC, which stand at every name. */
  public static TypeBitmap of(int... types) {
    int[] all = Arrays.copyOf(types, types.length + 2);
    all[types.length] = RecordType.RRSIG;
    all[types.length + 1] = RecordType.NSEC;
    int highest = Arrays.stream(all).max().orElseThrow();
    if (highest >= WINDOW_TYPES) {
      throw new IllegalArgumentException("type in a bitmap: " + highest + " (expected below 256)");
    }
    byte[] window = new byte[2 + highest / Byte.SIZE + 1];
    window[1] = (byte) (window.length - 2);
    for (int type : all) {
      window[2 + type / Byte.SIZE] |= (byte) (0x80 >>> type % Byte.SIZE);
    }
    return new TypeBitmap(window);
  }

  /**
   * The NSEC record of a name, up to the very next one that could be (RFC 9824 section 3.1).
   *
   * @param owner in wire form and lower case
   */
  RecordSet nsec(byte[] owner, int ttlSeconds) {
    byte[] next = next(owner);
    byte[] data = ByteBuffer.allocate(next.length + wire.length).put(next).put(wire).array();
    return new RecordSetBuilder(RecordType.NSEC, ttlSeconds, new byte[1]).data(data).build();
  }

  /** The name right behind another one in canonical order (RFC 4471 section 3.1.2). */
  static byte[] next(byte[] owner) {
    if (owner.length + 2 <= MAX_NAME_OCTETS) {
      return ByteBuffer.allocate(owner.length + 2).put((byte) 1).put((byte) 0).put(owner).array();
    }
    if (owner.length < MAX_NAME_OCTETS && owner[0] < MAX_LABEL_OCTETS) {
      int label = owner[0];
      return ByteBuffer.allocate(owner.length + 1)
          .put((byte) (label + 1))
          .put(owner, 1, label)
          .put((byte) 0)
          .put(owner, 1 + label, owner.length - 1 - label)
          .array();
    }
    return incremented(owner);
  }

  /** The first label's last octet that can grow grows, and what is behind it in the label goes. */
  private static byte[] incremented(byte[] owner) {
    int last = owner[0];
    while (last > 0 && owner[last] == (byte) 0xff) {
      last--;
    }
    byte[] rest = Arrays.copyOfRange(owner, 1 + owner[0], owner.length);
    if (last == 0) {
      return incremented(rest);
    }
    byte[] first = Arrays.copyOf(owner, last + 1);
    first[0] = (byte) last;
    first[last] = (byte) (first[last] == 'A' - 1 ? 'Z' + 1 : first[last] + 1);
    return ByteBuffer.allocate(first.length + rest.length).put(first).put(rest).array();
  }
}
