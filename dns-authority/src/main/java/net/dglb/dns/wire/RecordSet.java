package net.dglb.dns.wire;

/**
 * A record set compiled to wire form (RFC 2181 section 5), immutable and shared by all threads. Its
 * owner is left open: two octets per record wait for a compression pointer. Names in its data that
 * lie at or below a suffix of the question's name end in such a slot too. Made by {@link
 * RecordSetBuilder}; written by {@link Answer}.
 */
public final class RecordSet {

  static final int OWNER_SLOT_OCTETS = 2;

  /** Where the TTL lies behind an owner slot: after type and class. */
  static final int TTL_OFFSET = OWNER_SLOT_OCTETS + 4;

  private final int type;
  private final int ttlSeconds;

  /** All records; each begins with its owner slot. */
  final byte[] wire;

  /** Where the records begin in {@link #wire}. */
  final int[] ownerSlots;

  /** Where names in data end in a pointer to the suffix. */
  final int[] suffixSlots;

  /** For each record where the first name of its data begins; -1 if it has none. */
  final int[] nameOffsets;

  RecordSet(
      int type,
      int ttlSeconds,
      byte[] wire,
      int[] ownerSlots,
      int[] suffixSlots,
      int[] nameOffsets) {
    this.type = type;
    this.ttlSeconds = ttlSeconds;
    this.wire = wire;
    this.ownerSlots = ownerSlots;
    this.suffixSlots = suffixSlots;
    this.nameOffsets = nameOffsets;
  }

  /** The records' type. */
  public int type() {
    return type;
  }

  /** The records' TTL, used unless the caller gives another one. */
  public int ttlSeconds() {
    return ttlSeconds;
  }

  /** The number of records. */
  public int size() {
    return ownerSlots.length;
  }

  /** Where the name in a record's data begins, counted from the start of the set; for glue. */
  public int nameOffset(int record) {
    return nameOffsets[record];
  }
}
