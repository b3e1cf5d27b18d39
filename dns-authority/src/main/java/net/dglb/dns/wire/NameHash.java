package net.dglb.dns.wire;

import java.nio.ByteBuffer;

/**
 * The hash of names in wire form: computed label by label from the end, so that every suffix has
 * one on the way, and eight octets at a time.
 */
final class NameHash {

  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  /** The root's. */
  private static final long ROOT = 0x243f6a8885a308d3L;

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGHEST = 0x8080_8080_8080_8080L;

  private NameHash() {}

  /** Fills in the hash of every suffix of the query's name, which stands in a message. */
  static void hashSuffixes(ByteBuffer packet, Query query) {
    long hash = ROOT;
    int end = Query.QUESTION_OFFSET + query.nameLength - 1;
    query.suffixHashes[query.labelCount] = (int) hash;
    for (int label = query.labelCount - 1; label >= 0; label--) {
      int start = Query.QUESTION_OFFSET + query.labelOffsets[label];
      hash = step(hash, packet, start, end);
      query.suffixHashes[label] = (int) hash;
      end = start;
    }
  }

  /** Goes on with a label, in whatever case, that stands in a message, behind its header. */
  private static long step(long hash, ByteBuffer packet, int start, int end) {
    int octets = ((end - start - 1) & 7) + 1;
    int at = start + octets;
    long first = lower(packet.getLong(at - Long.BYTES)) & (-1L >>> -(octets * Byte.SIZE));
    long mixed = mix(hash ^ first);
    while (at < end) {
      mixed = mix(mixed ^ lower(packet.getLong(at)));
      at += Long.BYTES;
    }
    return mixed;
  }

  /**
   * The hash of labels in wire form and lower case, equal to that of a suffix with the same octets.
   */
  static int of(byte[] octets, int start, int end) {
    return (int) labels(octets, start, end);
  }

  private static long labels(byte[] octets, int start, int end) {
    if (start == end || octets[start] == 0) {
      return ROOT;
    }
    int next = start + 1 + octets[start];
    long hash = labels(octets, next, end);
    long word = 0;
    for (int i = start; i < next; i++) {
      word = (word << Byte.SIZE) | (octets[i] & 0xff);
      if (((next - i) & 7) == 1) {
        hash = mix(hash ^ word);
        word = 0;
      }
    }
    return hash;
  }

  /** What the product's highest bits hold depends on all of the number: they become the lowest. */
  private static long mix(long number) {
    return Long.reverseBytes(number * FACTOR);
  }

  /**
   * Eight octets in lower case: ASCII letters only (RFC 4343). The length octets of names are below
   * the letters.
   */
  static long lower(long octets) {
    long ascii = octets & ~HIGHEST;
    long fromA = ascii + (0x80 - 'A') * EACH;
    long behindZ = ascii + (0x80 - 'Z' - 1) * EACH;
    long capitals = (fromA ^ behindZ) & ~octets & HIGHEST;
    return octets | capitals >>> 2;
  }
}
