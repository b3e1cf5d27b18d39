package net.dglb.backbone.index;

/** Spreads resolvers that nobody knows over a fixed number of blocks. Allocates nothing. */
final class BlockHash {

  /** How many blocks there are; a power of two. */
  static final int BLOCKS = 1024;

  private static final long IPV4_BLOCK = -1L << (64 - 24);
  private static final long IPV6_BLOCK = -1L << (64 - 48);

  private BlockHash() {}

  /** The block of an address by its /24 or /48, so that a pool of resolvers stays together. */
  static int of(boolean ipv4, long high) {
    long network = ipv4 ? (high & IPV4_BLOCK) + 1 : high & IPV6_BLOCK;
    return (int) mix(network) & (BLOCKS - 1);
  }

  /** The finalizer of MurmurHash3 for 64 bits. */
  static long mix(long value) {
    long hash = value;
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }
}
