package net.dglb.dns.prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One page of the trie: what eight bits of an address decide, below the bits that led to the page.
 * Immutable, made by {@link PageBuilder}.
 *
 * <p>For look-ups it has a table of blocks, laid out by {@link PageTable}.
 *
 * <p>For changes it also keeps the prefixes that end in it, by their number in a binary tree:
 * {@code 1 << length | first bits}.
 */
final class Page {

  /** Bits of an address that one page decides. */
  static final int STRIDE = 8;

  private static final short[] NO_KEYS = {};

  static final Page EMPTY =
      new Page(
          new int[] {Block.directTable(0, 1), Block.leaf(PrefixTable.NONE, 0)},
          false,
          NO_KEYS,
          new int[0],
          NO_KEYS,
          new Page[0],
          PrefixTable.NONE,
          0);

  private final int[] words;

  /**
   * The words of the pages below: a look-up that goes on there need not touch the pages themselves,
   * which would be a miss of the cache more.
   */
  private final int[][] kidWords;

  /** Whether a page below decides any of the addresses: then this one has an array of its own. */
  private final boolean leadsOn;

  final short[] routeKeys;
  final int[] routeValues;
  final short[] kidPlaces;
  final Page[] kids;

  /** The value of addresses here that no prefix of this page or below covers. */
  final int inherited;

  /** The number of prefixes in this page and below. */
  final int size;

  Page(
      int[] words,
      boolean leadsOn,
      short[] routeKeys,
      int[] routeValues,
      short[] kidPlaces,
      Page[] kids,
      int inherited,
      int size) {
    this.words = words;
    this.leadsOn = leadsOn;
    this.routeKeys = routeKeys;
    this.routeValues = routeValues;
    this.kidPlaces = kidPlaces;
    this.kids = kids;
    this.kidWords = new int[kids.length][];
    for (int i = 0; i < kids.length; i++) {
      kidWords[i] = kids[i].words;
    }
    this.inherited = inherited;
    this.size = size;
  }

  /** A value and its scope, see {@link PrefixTable#find}. */
  long find(long high, long low) {
    Page page = this;
    int[] here = words;
    int block = here[0];
    int depth = 0;
    do {
      block = Block.find(here, block, place(high, low, depth));
      depth += STRIDE;
      if (Block.isPage(block)) {
        int kid = Block.number(block);
        here = page.kidWords[kid];
        page = page.kids[kid];
        block = here[0];
      }
    } while (!Block.isLeaf(block));
    long scope = (long) depth - STRIDE + Block.length(block);
    return scope << 32 | (Block.value(block) & 0xffff_ffffL);
  }

  /** The eight bits of an address behind a depth. */
  static int place(long high, long low, int depth) {
    long half = depth < Long.SIZE ? high : low;
    return (int) (half >>> (Long.SIZE - STRIDE - (depth & (Long.SIZE - 1)))) & 0xff;
  }

  /** Every prefix that holds an address, the shortest first. */
  List<Covering> covering(long high, long low) {
    List<Covering> found = new ArrayList<>();
    Page page = this;
    for (int depth = 0; page != null; depth += STRIDE) {
      int place = place(high, low, depth);
      for (int length = 0; length <= STRIDE; length++) {
        int key = (1 << length) | (place >>> (STRIDE - length));
        int route = Arrays.binarySearch(page.routeKeys, (short) key);
        if (route >= 0) {
          found.add(new Covering(depth + length, page.routeValues[route]));
        }
      }
      int kid = Arrays.binarySearch(page.kidPlaces, (short) place);
      page = kid >= 0 ? page.kids[kid] : null;
    }
    return found;
  }

  /** Tables for look-ups, behind a block that says where to begin. */
  int[] words() {
    return words;
  }

  boolean leadsOn() {
    return leadsOn;
  }

  /** Whether all addresses of the page have one value. */
  boolean isUniform() {
    return words.length == 2;
  }

  /** The value of a uniform page. */
  int uniformValue() {
    return Block.value(words[1]);
  }
}
