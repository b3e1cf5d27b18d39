package net.dglb.dns.prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lays out what look-ups read of a page: its 256 addresses are cut into blocks, each as large as
 * its place allows and with one value for all of it, or with a page below. The tables of the pages
 * below that lead no further stand behind the page's own, in the same array: near in memory, for a
 * look-up waits for memory more than for anything else.
 */
final class PageTable {

  private static final int PLACES = 1 << Page.STRIDE;

  /** A table by index is read at one place only, but may not be larger than this many bitmaps. */
  private static final int LARGER = 2;

  /** Where the page's own table begins: behind a block that says what it is. */
  private static final int OWN = 1;

  private final int[] starts = new int[PLACES];
  private final int[] lengths = new int[PLACES];
  private final int[] blocks = new int[PLACES];
  private final List<int[]> near = new ArrayList<>();
  private int used;
  private int longest;
  private int nearWords;

  /** Forgets all blocks. */
  void clear() {
    used = 0;
    longest = 0;
    nearWords = 0;
    near.clear();
  }

  /**
   * Adds a block of one value.
   *
   * @param start its first place, behind the block before
   * @param length how many bits are the same for all its places
   */
  void addLeaf(int start, int length, int value) {
    add(start, length, Block.leaf(value, length));
  }

  /** Adds a place that a page below decides. */
  void addPage(int start, int number, Page page) {
    int[] words = page.words();
    if (page.leadsOn()) {
      add(start, Page.STRIDE, Block.page(number));
    } else { // behind the own table, whose end is not known yet
      add(start, Page.STRIDE, Block.moved(words[0], nearWords - OWN));
      near.add(words);
      nearWords += words.length - OWN;
    }
  }

  private void add(int start, int length, int block) {
    starts[used] = start;
    lengths[used] = length;
    blocks[used++] = block;
    longest = Math.max(longest, length);
  }

  /** Whether a page below decides any of the places. */
  boolean leadsOn() {
    for (int i = 0; i < used; i++) {
      if (!Block.isLeaf(blocks[i])) {
        return true;
      }
    }
    return false;
  }

  /** A block that says where to begin, the page's own table, and those of pages below. */
  int[] words() {
    boolean direct = 1 << longest <= LARGER * (Block.BITMAP_HEAD_WORDS + used);
    int end = OWN + (direct ? 1 << longest : Block.BITMAP_HEAD_WORDS + used);
    int[] words = new int[end + nearWords];
    words[0] = direct ? Block.directTable(longest, OWN) : Block.bitmapTable(OWN);
    if (direct) {
      fillDirect(words, end);
    } else {
      fillBitmap(words, end);
    }
    int at = end;
    for (int[] table : near) {
      System.arraycopy(table, OWN, words, at, table.length - OWN);
      at += table.length - OWN;
    }
    return words;
  }

  /** A block as a look-up reads it, if the tables of pages below begin behind the own table. */
  private int block(int i, int tableEnd) {
    int block = blocks[i];
    return Block.isLeaf(block) || Block.isPage(block) ? block : Block.moved(block, tableEnd);
  }

  private void fillDirect(int[] words, int tableEnd) {
    int at = OWN;
    for (int i = 0; i < used; i++) {
      int end = at + (1 << (longest - lengths[i]));
      Arrays.fill(words, at, end, block(i, tableEnd));
      at = end;
    }
  }

  private void fillBitmap(int[] words, int tableEnd) {
    int counts = OWN + Block.BITMAP_WORDS;
    for (int i = 0; i < used; i++) {
      words[OWN + (starts[i] >>> 5)] |= 1 << (starts[i] & 31);
      words[OWN + Block.BITMAP_HEAD_WORDS + i] = block(i, tableEnd);
    }
    int begun = 0;
    for (int word = 0; word < Block.BITMAP_WORDS; word++) {
      words[counts + (word >>> 2)] |= begun << (8 * (word & 3));
      begun += Integer.bitCount(words[OWN + word]);
    }
  }
}
