package net.dglb.dns.wire;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.dglb.net.DomainName;

/**
 * Compiles a record set. For the control plane; not for several threads.
 *
 * <p>Names in data that lie at or below the given suffix are compressed to a pointer into the
 * question. So a set compiled against a suffix may only be written into answers whose question ends
 * in it; which label of the question that is, is said when writing.
 */
public final class RecordSetBuilder {

  private static final int CLASS_IN = 1;
  private static final int CLASS_CHAOS = 3;
  private static final int MAX_SET_OCTETS = 65_000;

  private final int type;
  private final int ttlSeconds;
  private int recordClass = CLASS_IN;
  private final byte[] suffix;
  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final List<Integer> ownerSlots = new ArrayList<>();
  private final List<Integer> suffixSlots = new ArrayList<>();
  private final List<Integer> nameOffsets = new ArrayList<>();

  /**
   * Starts an empty set.
   *
   * @param type the record type
   * @param ttlSeconds 0 to 2^31-1 (RFC 2181 section 8)
   * @param suffix names at or below it are compressed; usually the zone's apex
   */
  public RecordSetBuilder(int type, int ttlSeconds, DomainName suffix) {
    this(type, ttlSeconds, suffix.toWire());
  }

  /** The same with the suffix in wire form. */
  public RecordSetBuilder(int type, int ttlSeconds, byte[] suffix) {
    if (type < 1 || type > 65535) {
      throw new IllegalArgumentException("record type: " + type + " (expected 1 to 65535)");
    }
    if (ttlSeconds < 0) {
      throw new IllegalArgumentException("TTL: " + ttlSeconds + " (expected 0 to 2147483647)");
    }
    this.type = type;
    this.ttlSeconds = ttlSeconds;
    this.suffix = suffix.clone();
  }

  /** Makes the records ones of class CH: about the server itself. */
  public RecordSetBuilder chaos() {
    recordClass = CLASS_CHAOS;
    return this;
  }

  /** Adds a record with the given data, taken as it is (RFC 3597). */
  public RecordSetBuilder data(byte[] data) {
    return record(data, new byte[0], new byte[0]);
  }

  /** Adds an A or AAAA record. */
  public RecordSetBuilder address(InetAddress address) {
    int expected = address instanceof Inet4Address ? RecordType.A : RecordType.AAAA;
    if (type != expected) {
      throw new IllegalArgumentException(
          "address " + address.getHostAddress() + " in a set of type " + type);
    }
    return data(address.getAddress());
  }

  /** Adds a record whose data is a name: NS, CNAME, PTR. */
  public RecordSetBuilder name(DomainName name) {
    return name(name.toWire());
  }

  /** The same with a name in wire form; its case is kept where it is not compressed. */
  public RecordSetBuilder name(byte[] wireName) {
    return record(new byte[0], wireName, new byte[0]);
  }

  /** Adds a record whose data is some octets and then a name: MX. */
  public RecordSetBuilder dataAndName(byte[] before, byte[] wireName) {
    return record(before, wireName, new byte[0]);
  }

  /** Adds an SOA record: its two names and the 20 octets of its five numbers. */
  public RecordSetBuilder soa(byte[] primary, byte[] contact, byte[] numbers) {
    header();
    nameOffsets.add(wire.size());
    writeName(primary);
    writeName(contact);
    wire.writeBytes(numbers);
    return checked();
  }

  /** The set as built so far. */
  public RecordSet build() {
    if (ownerSlots.isEmpty()) {
      throw new IllegalStateException("record set of type " + type + ": no records");
    }
    byte[] octets = wire.toByteArray();
    for (int i = 0; i < ownerSlots.size(); i++) {
      int end = i + 1 < ownerSlots.size() ? ownerSlots.get(i + 1) : octets.length;
      int dataStart = ownerSlots.get(i) + RecordSet.DATA_OFFSET;
      octets[dataStart - 2] = (byte) ((end - dataStart) >>> 8);
      octets[dataStart - 1] = (byte) (end - dataStart);
    }
    return new RecordSet(
        type, ttlSeconds, octets, ints(ownerSlots), ints(suffixSlots), ints(nameOffsets), null);
  }

  private RecordSetBuilder record(byte[] before, byte[] name, byte[] after) {
    header();
    wire.writeBytes(before);
    nameOffsets.add(name.length == 0 ? -1 : wire.size());
    if (name.length > 0) {
      writeName(name);
    }
    wire.writeBytes(after);
    return checked();
  }

  /** Writes everything before the data; the data's length is filled in by {@link #build}. */
  private void header() {
    ownerSlots.add(wire.size());
    writeShort(0);
    writeShort(type);
    writeShort(recordClass);
    writeShort(ttlSeconds >>> 16);
    writeShort(ttlSeconds);
    writeShort(0);
  }

  private RecordSetBuilder checked() {
    if (wire.size() > MAX_SET_OCTETS) {
      throw new IllegalArgumentException(
          "record set of type " + type + ": more than " + MAX_SET_OCTETS + " octets");
    }
    return this;
  }

  private void writeName(byte[] name) {
    int cut = suffixStart(name);
    if (cut < 0) {
      wire.writeBytes(name);
      return;
    }
    wire.write(name, 0, cut);
    suffixSlots.add(wire.size());
    writeShort(0);
  }

  /** Where the suffix begins in a name, or -1 if the name is not at or below it. */
  private int suffixStart(byte[] name) {
    byte[] lower = WireName.of(name).octets();
    byte[] lowerSuffix = WireName.of(suffix).octets();
    int at = 0;
    while (true) {
      if (Arrays.equals(lower, at, lower.length, lowerSuffix, 0, lowerSuffix.length)) {
        return lowerSuffix.length == 1 ? -1 : at;
      }
      if (lower[at] == 0) {
        return -1;
      }
      at += lower[at] + 1;
    }
  }

  private void writeShort(int value) {
    wire.write(value >>> 8);
    wire.write(value);
  }

  private static int[] ints(List<Integer> list) {
    int[] array = new int[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }
}
