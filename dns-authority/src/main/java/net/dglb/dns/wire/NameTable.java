package net.dglb.dns.wire;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable table from names to values, looked up by a suffix of a question's name, or by one of
 * its labels. Open addressing; a look-up allocates nothing. What it reads lies together, and where
 * it goes on does not depend on the key's octets: memory that is not at hand is waited for once.
 *
 * @param <T> what a name stands for
 */
public final class NameTable<T> {

  private final int mask;

  /** For each slot the key's hash, and where it begins in {@link #keys}; 0 for an empty slot. */
  private final int[] slots;

  /** Each key behind its length; the first octet is of none. */
  private final byte[] keys;

  private final Object[] values;
  private final int size;

  private NameTable(int capacity, int size, int keyOctets) {
    this.mask = capacity - 1;
    this.slots = new int[2 * capacity];
    this.keys = new byte[keyOctets];
    this.values = new Object[capacity];
    this.size = size;
  }

  /**
   * Makes a table.
   *
   * @param entries keys in lower case: names for {@link #find}, or single labels for {@link
   *     #findLabel}
   */
  public static <T> NameTable<T> of(Map<WireName, T> entries) {
    int capacity = Integer.highestOneBit(Math.max(4, entries.size() * 2)) * 2;
    int octets = 1;
    for (WireName name : entries.keySet()) {
      octets = Math.addExact(octets, name.octets().length + 1);
    }
    NameTable<T> table = new NameTable<>(capacity, entries.size(), octets);
    int at = 1;
    for (Map.Entry<WireName, T> entry : entries.entrySet()) {
      table.add(entry.getKey().octets(), at, entry.getValue());
      at += entry.getKey().octets().length + 1;
    }
    return table;
  }

  private void add(byte[] key, int at, Object value) {
    int hash = NameHash.of(key, 0, key.length);
    int slot = hash & mask;
    while (slots[2 * slot + 1] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = at;
    keys[at] = (byte) key.length;
    System.arraycopy(key, 0, keys, at + 1, key.length);
    values[slot] = value;
  }

  /** The value of the question's name from a label to its end, or null. */
  public @Nullable T find(Query query, int label) {
    return get(query.suffixHashes[label], query.name, query.labelOffsets[label], query.nameLength);
  }

  /** The value of one label of the question's name, or null. */
  public @Nullable T findLabel(Query query, int label) {
    int start = query.labelOffsets[label];
    int end = query.labelOffsets[label + 1];
    return get(NameHash.of(query.name, start, end), query.name, start, end);
  }

  @SuppressWarnings("unchecked") // only values of type T are ever stored
  private @Nullable T get(int hash, byte[] octets, int start, int end) {
    int slot = hash & mask;
    while (true) {
      int key = slots[2 * slot + 1];
      if (key == 0) {
        return null;
      }
      if (slots[2 * slot] == hash && isKey(key, octets, start, end)) {
        return (T) values[slot];
      }
      slot = (slot + 1) & mask;
    }
  }

  private boolean isKey(int at, byte[] octets, int start, int end) {
    int length = keys[at] & 0xff;
    return Arrays.equals(keys, at + 1, at + 1 + length, octets, start, end);
  }

  /** The number of entries. */
  public int size() {
    return size;
  }
}
