package net.dglb.dns.prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One page of the trie: what eight bits of an address decide, below the bits that led to the page.
 * Immutable, made by {@link PageBuilder}.
 *
 * <p>For look-ups, the 256 addresses of the page are cut into blocks, each as large as its place
 * allows and with one value for all of it (or with a page below). They are stored one after the
 * other behind a bitmap of the places where blocks begin: the number of bits up to an address's
 * place is the number of its block. So a look-up touches one array per page.
 *
 * <p>For changes, the page also keeps the prefixes that end in it, by their number in a binary
 * tree: {@code 1 << length | first bits}.
 */
final class Page {

  /** Bits of an address that one page decides. */
  static final int STRIDE = 8;

  private static final int BITMAP_WORDS = 4;

  /** Behind the bitmap: how many blocks begin before each of its words, 16 bits each. */
  private static final int BASES = BITMAP_WORDS;

  static final int HEAD_WORDS = BITMAP_WORDS + 1;

  /** Set in a block that stands for a page below; its low bits are the page's number. */
  static final long BELOW = Long.MIN_VALUE;

  private static final short[] NO_KEYS = {};

  static final Page EMPTY =
      new Page(
          new long[] {1, 0, 0, 0, 0x0001_0001_0001_0000L, PageBuilder.leaf(PrefixTable.NONE, 0)},
          NO_KEYS,
          new int[0],
          NO_KEYS,
          new Page[0],
          PrefixTable.NONE,
          0);

  private final long[] blocks;

  /**
   * The blocks of the pages below: most of those lead no further, and a look-up that need not touch
   * them saves a miss of the cache.
   */
  private final long[][] kidBlocks;

  final short[] routeKeys;
  final int[] routeValues;
  final short[] kidPlaces;
  final Page[] kids;

  /** The value of addresses here that no prefix of this page or below covers. */
  final int inherited;

  /** The number of prefixes in this page and below. */
  final int size;

  Page(
      long[] blocks,
      short[] routeKeys,
      int[] routeValues,
      short[] kidPlaces,
      Page[] kids,
      int inherited,
      int size) {
    this.blocks = blocks;
    this.routeKeys = routeKeys;
    this.routeValues = routeValues;
    this.kidPlaces = kidPlaces;
    this.kids = kids;
    this.kidBlocks = new long[kids.length][];
    for (int i = 0; i < kids.length; i++) {
      kidBlocks[i] = kids[i].blocks;
    }
    this.inherited = inherited;
    this.size = size;
  }

  /** Puts the counts behind a bitmap. */
  static void fillBases(long[] blocks) {
    long bases = 0;
    int begun = 0;
    for (int word = 0; word < BITMAP_WORDS; word++) {
      bases |= (long) begun << (16 * word);
      begun += Long.bitCount(blocks[word]);
    }
    blocks[BASES] = bases;
  }

  /** The block's value and scope at the address's end of the trie, see {@link PrefixTable#find}. */
  long find(long high, long low) {
    Page page = this;
    long block = block(blocks, place(high, low, 0));
    for (int depth = STRIDE; block < 0; depth += STRIDE) {
      int kid = (int) block;
      block = block(page.kidBlocks[kid], place(high, low, depth));
      if (block < 0) {
        page = page.kids[kid];
      }
    }
    return block;
  }

  private static long block(long[] blocks, int place) {
    int word = place >>> 6;
    int base = (int) (blocks[BASES] >>> (16 * word)) & 0xffff;
    int begun = base + Long.bitCount(blocks[word] << (63 - (place & 63)));
    return blocks[HEAD_WORDS - 1 + begun];
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

  /** Whether all addresses of the page have one value. */
  boolean isUniform() {
    return blocks.length == HEAD_WORDS + 1 && blocks[HEAD_WORDS] >= 0;
  }

  /** The value of a uniform page. */
  int uniformValue() {
    return PrefixTable.value(blocks[HEAD_WORDS]);
  }
}
