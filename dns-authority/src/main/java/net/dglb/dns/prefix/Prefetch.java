package net.dglb.dns.prefix;

import java.util.Arrays;

/**
 * Brings near what look-ups of many addresses will read: goes down the tables with all of them at a
 * time, one step each, so that the memory is waited for once instead of once for each. Nothing but
 * time depends on it. For one thread; allocates nothing and keeps no table.
 */
public final class Prefetch {

  private final Page[] pages;
  private final int[][] words;
  private final int[] blocks;

  /**
   * Makes one.
   *
   * @param most how many addresses at a time
   */
  public Prefetch(int most) {
    pages = new Page[most];
    words = new int[most][];
    blocks = new int[most];
  }

  /**
   * Brings near what {@link PrefixTable#find} will read, until it finds a number.
   *
   * @param tables an address is looked up in the next if the one before does not know it
   * @param count how many of the addresses
   */
  public void fetch(PrefixTable[] tables, AddressBits[] addresses, int count) {
    for (int i = 0; i < count; i++) {
      blocks[i] = Block.leaf(PrefixTable.NONE, 0);
    }
    for (PrefixTable table : tables) {
      begin(table, addresses, count);
      int depth = 0;
      while (step(addresses, count, depth)) {
        depth += Page.STRIDE;
      }
    }
    forget(count);
  }

  /** Tables that are replaced must not be kept by a thread that has nothing to do. */
  private void forget(int count) {
    Arrays.fill(pages, 0, count, null);
    Arrays.fill(words, 0, count, null);
  }

  /** The number that was found for an address; for tests. */
  int value(int address) {
    return Block.value(blocks[address]);
  }

  private void begin(PrefixTable table, AddressBits[] addresses, int count) {
    for (int i = 0; i < count; i++) {
      if (Block.value(blocks[i]) == PrefixTable.NONE) {
        pages[i] = table.root(addresses[i].ipv4());
        words[i] = pages[i].words();
        blocks[i] = words[i][0];
      }
    }
  }

  /** Whether there is another step to go. */
  private boolean step(AddressBits[] addresses, int count, int depth) {
    int together = 0;
    for (int i = 0; i < count; i++) {
      if (!Block.isLeaf(blocks[i])) {
        AddressBits address = addresses[i];
        int place = Page.place(address.high(), address.low(), depth);
        int block = Block.find(words[i], blocks[i], place);
        if (Block.isPage(block)) {
          pages[i] = pages[i].kids[Block.number(block)];
          words[i] = pages[i].words();
          block = words[i][0];
        }
        blocks[i] = block;
        together |= block;
      }
    }
    return !Block.isLeaf(together);
  }
}
