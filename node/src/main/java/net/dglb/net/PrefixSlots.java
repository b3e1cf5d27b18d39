package net.dglb.net;

/**
 * Spreads the prefixes that ask evenly over numbered slots: those of one /24 (IPv4) or one /48
 * (IPv6) always fall into the same. Pure; allocates nothing, so that DNS threads may call it.
 */
public final class PrefixSlots {

  /** How many slots there are: a share can be as small as a tenth of a percent. */
  public static final int COUNT = 1_000;

  /** How many leading bits of an IPv4 address count. */
  public static final int IPV4_BITS = 24;

  /** How many leading bits of an IPv6 address count. */
  public static final int IPV6_BITS = 48;

  private static final long IPV4_SALT = 0x5bd1e9955bd1e995L;

  /** Coprime to the count and next to its golden section: turns far apart in any short run. */
  private static final int STRIDE = 617;

  private PrefixSlots() {}

  /**
   * The slot of an address.
   *
   * @param high the first 64 bits; an IPv4 address fills the upper half
   * @return 0 to {@link #COUNT} - 1
   */
  public static int of(boolean ipv4, long high) {
    long prefix =
        ipv4 ? (high & (-1L << (64 - IPV4_BITS))) ^ IPV4_SALT : high & (-1L << (64 - IPV6_BITS));
    return (int) (((mix(prefix) >>> 32) * COUNT) >>> 32);
  }

  /** How many leading bits count. */
  public static int bits(boolean ipv4) {
    return ipv4 ? IPV4_BITS : IPV6_BITS;
  }

  /** A slot for each turn, every slot once in {@link #COUNT} turns and neighbours far apart. */
  public static int turn(int turn) {
    return (int) ((turn & 0xffffffffL) % COUNT * STRIDE % COUNT);
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
  public static long mix(long value) {
    long mixed = (value + 0x9e3779b97f4a7c15L);
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
