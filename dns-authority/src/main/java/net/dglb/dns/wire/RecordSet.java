package net.dglb.dns.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record set compiled to wire form (RFC 2181 section 5), immutable and shared by all threads. Its
 * owner is left open: two octets per record wait for a compression pointer. Names in its data that
 * lie at or below a suffix of the question's name end in such a slot too. Made by {@link
 * RecordSetBuilder}; written by {@link Answer}.
 *
 * <p>A signed set carries its RRSIG records: whoever asks with the DO bit gets them behind it, with
 * the same owner and TTL.
 */
public final class RecordSet {

  static final int OWNER_SLOT_OCTETS = 2;

  /** Where the TTL lies behind an owner slot: after type and class. */
  static final int TTL_OFFSET = OWNER_SLOT_OCTETS + 4;

  /** Where the data lies behind an owner slot: after type, class, TTL and length. */
  static final int DATA_OFFSET = TTL_OFFSET + 6;

  private static final int BRIEF_OCTETS = 2 * Long.BYTES;

  /**
   * Whether it is one record of 16 octets without names to complete, such as a single A record: the
   * most frequent answer. Its octets are then {@link #first} and {@link #second}, so that an answer
   * looks at this object and at no array, which is seldom at hand where there are many sets.
   */
  private final boolean brief;

  private final long first;
  private final long second;
  private final int type;
  private final int ttlSeconds;
  private final int size;

  /** How long {@link #wire} is. */
  final int octets;

  /** All records; each begins with its owner slot. */
  final byte[] wire;

  /** Where the records begin in {@link #wire}. */
  final int[] ownerSlots;

  /** Where names in data end in a pointer to the suffix. */
  final int[] suffixSlots;

  /** For each record where the first name of its data begins; -1 if it has none. */
  final int[] nameOffsets;

  /** The RRSIG records over this set, of the same TTL; null if it is not signed. */
  final @Nullable RecordSet signatures;

  private final int hash;

  RecordSet(
      int type,
      int ttlSeconds,
      byte[] wire,
      int[] ownerSlots,
      int[] suffixSlots,
      int[] nameOffsets,
      @Nullable RecordSet signatures) {
    this.type = type;
    this.ttlSeconds = ttlSeconds;
    this.wire = wire;
    this.octets = wire.length;
    this.size = ownerSlots.length;
    this.brief = octets == BRIEF_OCTETS && suffixSlots.length == 0;
    ByteBuffer words = ByteBuffer.allocate(BRIEF_OCTETS);
    words.put(0, wire, 0, brief ? BRIEF_OCTETS : 0);
    this.first = words.getLong(0);
    this.second = words.getLong(Long.BYTES);
    this.ownerSlots = ownerSlots;
    this.suffixSlots = suffixSlots;
    this.nameOffsets = nameOffsets;
    this.signatures = signatures;
    this.hash = hashOfData();
  }

  /**
   * Writes all records, with the TTL that they were compiled with.
   *
   * @param owner a pointer to where the owner's name stands
   * @param suffix a pointer to where the suffix stands
   */
  void write(ByteBuffer buffer, int start, short owner, short suffix) {
    if (brief) {
      buffer.putLong(start, first | (long) owner << (Long.SIZE - Short.SIZE));
      buffer.putLong(start + Long.BYTES, second);
      return;
    }
    buffer.put(start, wire);
    for (int slot : ownerSlots) {
      buffer.putShort(start + slot, owner);
    }
    for (int slot : suffixSlots) {
      buffer.putShort(start + slot, suffix);
    }
  }

  /**
   * This set with these signatures instead of any that it has.
   *
   * @param rrsigs the data of its RRSIG records, at least one
   */
  public RecordSet signed(List<byte[]> rrsigs) {
    RecordSetBuilder set = new RecordSetBuilder(RecordType.RRSIG, ttlSeconds, new byte[1]);
    rrsigs.forEach(set::data);
    return new RecordSet(type, ttlSeconds, wire, ownerSlots, suffixSlots, nameOffsets, set.build());
  }

  /** The RRSIG records over this set; null if it is not signed. */
  public @Nullable RecordSet signatures() {
    return signatures;
  }

  /**
   * The data of its records with names uncompressed, for the control plane.
   *
   * @param suffix what it was compiled against, in wire form
   */
  public List<byte[]> data(byte[] suffix) {
    List<byte[]> data = new ArrayList<>();
    for (int i = 0; i < ownerSlots.length; i++) {
      data.add(expanded(ownerSlots[i] + DATA_OFFSET, end(i), suffix));
    }
    return data;
  }

  private byte[] expanded(int start, int end, byte[] suffix) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    int at = start;
    for (int slot : suffixSlots) {
      if (slot >= start && slot < end) {
        octets.write(wire, at, slot - at);
        octets.writeBytes(suffix);
        at = slot + OWNER_SLOT_OCTETS;
      }
    }
    octets.write(wire, at, end - at);
    return octets.toByteArray();
  }

  /**
   * Whether it has the same type and the same records in the same order, whatever their TTL. Sets
   * whose names are compressed against a question's are only the same as themselves.
   */
  public boolean hasRecordsOf(RecordSet other) {
    if (this == other) {
      return true;
    }
    if (type != other.type
        || suffixSlots.length > 0
        || !Arrays.equals(ownerSlots, other.ownerSlots)) {
      return false;
    }
    for (int i = 0; i < ownerSlots.length; i++) {
      int from = ownerSlots[i] + DATA_OFFSET;
      if (!Arrays.equals(wire, from, end(i), other.wire, from, other.end(i))) {
        return false;
      }
    }
    return true;
  }

  /** A hash of the records, whatever their TTL: the same for sets that have the same. */
  public int recordsHash() {
    return hash;
  }

  private int hashOfData() {
    int result = type;
    for (int i = 0; i < ownerSlots.length; i++) {
      for (int at = ownerSlots[i] + DATA_OFFSET; at < end(i); at++) {
        result = 31 * result + wire[at];
      }
    }
    return result;
  }

  /** Where a record ends in {@link #wire}. */
  private int end(int record) {
    return record + 1 < ownerSlots.length ? ownerSlots[record + 1] : wire.length;
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
    return size;
  }

  /** Where the name in a record's data begins, counted from the start of the set; for glue. */
  public int nameOffset(int record) {
    return nameOffsets[record];
  }
}
