package net.dglb.dns.wire;

/**
 * The hash of names in wire form: computed from the end, so that every suffix has one on the way.
 */
final class NameHash {

  private static final int PRIME = 0x01000193;
  private static final int BASIS = 0x811c9dc5;

  private NameHash() {}

  /** Fills in the hash of every suffix of the query's name. */
  static void hashSuffixes(Query query) {
    int hash = BASIS;
    int end = query.nameLength;
    for (int label = query.labelCount; label >= 0; label--) {
      int start = query.labelOffsets[label];
      hash = step(hash, query.name, start, end);
      query.suffixHashes[label] = hash;
      end = start;
    }
  }

  /** The hash of a part of an array, equal to that of a suffix with the same octets. */
  static int of(byte[] octets, int start, int end) {
    return step(BASIS, octets, start, end);
  }

  private static int step(int hash, byte[] octets, int start, int end) {
    int value = hash;
    for (int i = end - 1; i >= start; i--) {
      value = (value ^ octets[i]) * PRIME;
    }
    return value;
  }

  /** Spreads the hash's bits for a table whose size is a power of two. */
  static int spread(int hash) {
    int mixed = hash * 0x9e3779b9;
    return mixed ^ (mixed >>> 15);
  }
}
