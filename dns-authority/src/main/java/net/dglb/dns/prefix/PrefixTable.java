package net.dglb.dns.prefix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.dglb.net.Prefix;

/**
 * Longest prefix match from IPv4 and IPv6 addresses to numbers; immutable, look-ups are lock-free
 * and allocate nothing.
 */
public final class PrefixTable {

  /** What a look-up gives where no prefix matches; as a change it removes the prefix. */
  public static final int NONE = -1;

  /** The greatest number. */
  public static final int MOST = Block.MAX_VALUE;

  private static final PrefixTable EMPTY = new PrefixTable(Page.EMPTY, Page.EMPTY);

  private final Page ipv4;
  private final Page ipv6;

  private PrefixTable(Page ipv4, Page ipv6) {
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  /** A table that matches nothing. */
  public static PrefixTable empty() {
    return EMPTY;
  }

  /**
   * The table with some prefixes set or removed. Pages that no change touches are shared with this
   * table.
   *
   * @param changes for each prefix its number, 0 to {@link #MOST}, or {@link #NONE} to remove it
   * @throws IllegalArgumentException for another number
   */
  public PrefixTable with(Map<Prefix, Integer> changes) {
    PrefixChanges sorted = PrefixChanges.of(changes);
    return new PrefixTable(
        new PageBuilder(sorted.ipv4()).apply(ipv4), new PageBuilder(sorted.ipv6()).apply(ipv6));
  }

  /**
   * Finds the longest prefix that holds an address.
   *
   * @return a match, to be taken apart with {@link #value} and {@link #scope}
   */
  public long find(boolean isIpv4, long high, long low) {
    return root(isIpv4).find(high, low);
  }

  /** The same for an address at hand. */
  public long find(AddressBits address) {
    return find(address.ipv4(), address.high(), address.low());
  }

  Page root(boolean isIpv4) {
    return isIpv4 ? ipv4 : ipv6;
  }

  /** The number in a match, or {@link #NONE}. */
  public static int value(long match) {
    return (int) match;
  }

  /**
   * The scope in a match: the smallest number of leading bits such that every address that shares
   * them finds the same number (RFC 7871 section 7.2.1). Never shorter than is true.
   */
  public static int scope(long match) {
    return (int) (match >>> 32);
  }

  /**
   * Every prefix that holds an address, the longest first: what {@link #find} gives, and what it
   * would give if that were not there. For explanations; allocates.
   */
  public List<Covering> covering(AddressBits address) {
    return root(address.ipv4()).covering(address.high(), address.low()).reversed();
  }

  /**
   * How many prefixes have each number, without those that a prefix of another table holds, or that
   * stand there too. Walks the whole table.
   *
   * @param numbers all numbers of this table are below this
   */
  public int[] countByNumber(int numbers, List<PrefixTable> others) {
    int[] counts = new int[numbers];
    PrefixCount count = new PrefixCount(counts);
    List<Page> othersIpv4 = new ArrayList<>();
    List<Page> othersIpv6 = new ArrayList<>();
    for (PrefixTable other : others) {
      othersIpv4.add(other.ipv4);
      othersIpv6.add(other.ipv6);
    }
    count.add(ipv4, othersIpv4);
    count.add(ipv6, othersIpv6);
    return counts;
  }

  /** The number of prefixes. */
  public int size() {
    return ipv4.size + ipv6.size;
  }
}
