package net.dglb.dns.wire;

import java.nio.ByteBuffer;

/** Walks the records of a query and reads the OPT record among them (RFC 6891). */
final class RecordReader {

  private static final int FIXED_OCTETS = 10;
  private static final int KIND_OCTETS = 4;
  private static final int POINTER = 0xc0;

  /** Nobody needs more than one for each label of a name. */
  private static final int POINTERS_MAX = Query.MAX_LABELS;

  private RecordReader() {}

  /**
   * Skips the question section.
   *
   * @return where it ends, or -1 if it is malformed
   */
  static int skipQuestions(ByteBuffer packet, int length, int questions) {
    int at = Query.QUESTION_OFFSET;
    for (int i = 0; i < questions; i++) {
      at = skipName(packet, length, at);
      if (at < 0 || at + KIND_OCTETS > length) {
        return -1;
      }
      at += KIND_OCTETS;
    }
    return at;
  }

  /**
   * Reads all records; octets behind the last one are ignored.
   *
   * @param start where the first one begins
   * @param others how many come before the additional section
   * @return false if one breaks the format, an OPT record stands in the wrong section or is not the
   *     only one
   */
  static boolean read(
      ByteBuffer packet, int length, int start, int others, int additionals, Query query) {
    int at = start;
    for (int i = 0; i < others + additionals; i++) {
      int ownerAt = at;
      at = skipName(packet, length, at);
      if (at < 0 || at + FIXED_OCTETS > length) {
        return false;
      }
      int type = packet.getShort(at) & 0xffff;
      int dataAt = at + FIXED_OCTETS;
      int dataLength = packet.getShort(at + 8) & 0xffff;
      if (dataAt + dataLength > length) {
        return false;
      }
      if (type == RecordType.OPT) {
        boolean misplaced = i < others || query.edns || packet.get(ownerAt) != 0;
        if (misplaced || !OptReader.read(packet, at, dataAt, dataLength, query)) {
          return false;
        }
      }
      query.beyondQueries |= type == RecordType.TSIG;
      at = dataAt + dataLength;
    }
    return true;
  }

  /**
   * Checks a name, following its pointers: each must point before the label or pointer that led to
   * it, and there must not be more of them than labels in a name, so that the end is near; and the
   * whole must not be longer than a name may be.
   *
   * @return where the name ends at its own place, or -1 if it is malformed
   */
  static int skipName(ByteBuffer packet, int length, int start) {
    int at = start;
    int end = -1;
    int lowest = start;
    int total = 0;
    int pointers = 0;
    while (at < length) {
      int octets = packet.get(at) & 0xff;
      if (octets == 0) {
        return end < 0 ? at + 1 : end;
      }
      if (octets >= POINTER) {
        if (at + 2 > length) {
          return -1;
        }
        end = end < 0 ? at + 2 : end;
        at = packet.getShort(at) & 0x3fff;
        pointers++;
        if (at >= lowest || at < Query.QUESTION_OFFSET || pointers > POINTERS_MAX) {
          return -1;
        }
        lowest = at;
        continue;
      }
      total += octets + 1;
      if (octets > 63 || total >= Query.MAX_NAME_OCTETS) {
        return -1;
      }
      at += octets + 1;
    }
    return -1;
  }
}
