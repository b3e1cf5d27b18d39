package net.dglb.dns.prefix;

/**
 * A block of a page as one number: addresses that have one value, or what to look at next for them.
 *
 * <ul>
 *   <li>A leaf: how many bits of the page tell the block from its neighbours, and the value.
 *   <li>A table: where it begins in the same array, and how many bits of the address are an index
 *       into it, or that a bitmap stands before it.
 *   <li>A page: its number among the pages below, whose array is another one.
 * </ul>
 */
final class Block {

  /** Words of a bitmap: one bit for each place in a page. */
  static final int BITMAP_WORDS = 8;

  /** Bitmap, and for each of its words a count of eight bits: the blocks that begin before it. */
  static final int BITMAP_HEAD_WORDS = BITMAP_WORDS + 2;

  private static final int KIND_SHIFT = 27;
  private static final int KIND_MASK = 15;
  private static final int LOW_MASK = (1 << KIND_SHIFT) - 1;

  /** The greatest value: all bits set are {@link PrefixTable#NONE}. */
  static final int MAX_VALUE = LOW_MASK - 1;

  private static final int BELOW = Integer.MIN_VALUE;

  /** Kinds up to {@link Page#STRIDE} are numbers of bits. */
  private static final int BITMAP = 9;

  private static final int PAGE = 15;

  private Block() {}

  /** A block of one value, or of {@link PrefixTable#NONE}. */
  static int leaf(int value, int length) {
    return length << KIND_SHIFT | (value & LOW_MASK);
  }

  /** A table with one entry for each combination of so many bits. */
  static int directTable(int bits, int at) {
    return BELOW | bits << KIND_SHIFT | at;
  }

  /** A table with one entry for each block, behind its bitmap. */
  static int bitmapTable(int at) {
    return BELOW | BITMAP << KIND_SHIFT | at;
  }

  /** A page with an array of its own. */
  static int page(int number) {
    return BELOW | PAGE << KIND_SHIFT | number;
  }

  /** A table again, in an array where it begins later. */
  static int moved(int table, int by) {
    return table + by;
  }

  static boolean isLeaf(int block) {
    return block >= 0;
  }

  static boolean isPage(int block) {
    return kind(block) == PAGE; // no leaf has so many bits
  }

  /** Of a leaf: the value. */
  static int value(int block) {
    int low = block & LOW_MASK;
    return low == LOW_MASK ? PrefixTable.NONE : low;
  }

  /** Of a leaf: how many bits of its page are the same for all its addresses. */
  static int length(int block) {
    return kind(block);
  }

  /** Of a page: its number. */
  static int number(int block) {
    return block & LOW_MASK;
  }

  /** What a table has for a place of its page. */
  static int find(int[] words, int table, int place) {
    int at = table & LOW_MASK;
    int kind = kind(table);
    return kind == BITMAP
        ? findByBitmap(words, at, place)
        : words[at + (place >>> (Page.STRIDE - kind))];
  }

  private static int findByBitmap(int[] words, int at, int place) {
    int word = place >>> 5;
    int before = words[at + BITMAP_WORDS + (word >>> 2)] >>> (8 * (word & 3)) & 0xff;
    int begun = before + Integer.bitCount(words[at + word] << (31 - (place & 31)));
    return words[at + BITMAP_HEAD_WORDS - 1 + begun];
  }

  private static int kind(int block) {
    return block >>> KIND_SHIFT & KIND_MASK;
  }
}
