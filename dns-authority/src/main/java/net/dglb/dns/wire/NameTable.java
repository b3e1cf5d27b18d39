package net.dglb.dns.wire;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable table from names to values, looked up by a suffix of a question's name, or by one of
 * its labels. Open addressing over parallel arrays; a look-up allocates nothing.
 *
 * @param <T> what a name stands for
 */
public final class NameTable<T> {

  private final int mask;
  private final int[] hashes;
  private final byte[][] keys;
  private final Object[] values;
  private final int size;

  private NameTable(int capacity, int size) {
    this.mask = capacity - 1;
    this.hashes = new int[capacity];
    this.keys = new byte[capacity][];
    this.values = new Object[capacity];
    this.size = size;
  }

  /**
   * Makes a table.
   *
   * @param entries keys in lower case: names in wire form ({@code DomainName.toWire()}) for {@link
   *     #find}, or single labels without their length octet for {@link #findLabel}
   */
  public static <T> NameTable<T> of(Map<WireName, T> entries) {
    int capacity = Integer.highestOneBit(Math.max(4, entries.size() * 2)) * 2;
    NameTable<T> table = new NameTable<>(capacity, entries.size());
    entries.forEach((name, value) -> table.add(name.octets(), value));
    return table;
  }

  private void add(byte[] key, Object value) {
    int hash = NameHash.of(key, 0, key.length);
    int slot = NameHash.spread(hash) & mask;
    while (keys[slot] != null) {
      slot = (slot + 1) & mask;
    }
    hashes[slot] = hash;
    keys[slot] = key;
    values[slot] = value;
  }

  /** The value of the question's name from a label to its end, or null. */
  public @Nullable T find(Query query, int label) {
    return get(query.suffixHashes[label], query.name, query.labelOffsets[label], query.nameLength);
  }

  /** The value of one label of the question's name, or null. */
  public @Nullable T findLabel(Query query, int label) {
    int start = query.labelOffsets[label] + 1;
    int end = query.labelOffsets[label + 1];
    return get(NameHash.of(query.name, start, end), query.name, start, end);
  }

  @SuppressWarnings("unchecked") // only values of type T are ever stored
  private @Nullable T get(int hash, byte[] octets, int start, int end) {
    int slot = NameHash.spread(hash) & mask;
    while (true) {
      byte[] key = keys[slot];
      if (key == null) {
        return null;
      }
      if (hashes[slot] == hash && Arrays.equals(key, 0, key.length, octets, start, end)) {
        return (T) values[slot];
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The number of entries. */
  public int size() {
    return size;
  }
}
