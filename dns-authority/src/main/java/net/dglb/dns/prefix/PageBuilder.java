package net.dglb.dns.prefix;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import net.dglb.dns.prefix.PrefixChanges.Change;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes to a trie of pages: copies the pages on the way to each change, and those whose
 * addresses inherit another value than before; shares all others.
 */
final class PageBuilder {

  private static final int STRIDE = Page.STRIDE;
  private static final int PLACES = 1 << STRIDE;

  /** Nodes of the binary tree in a page, numbered {@code 1 << length | first bits}. */
  private static final int TREE = 2 * PLACES;

  /** Of a tree node below which values differ. */
  private static final long MIXED = Long.MIN_VALUE;

  private final List<Change> changes;

  /** Working space for one page of each depth. */
  private final Work[] work = new Work[128 / STRIDE];

  PageBuilder(List<Change> changes) {
    this.changes = changes;
  }

  /** A page under work. */
  private static final class Work {
    /** The value of the prefix that ends at each tree node, or NONE. */
    final int[] routes = new int[TREE];

    /** The value that each tree node's addresses have unless something longer matches. */
    final int[] best = new int[TREE];

    final @Nullable Page[] kids = new @Nullable Page[PLACES];

    /** The one value below each tree node, or MIXED. */
    final long[] uniform = new long[TREE];

    final PageTable table = new PageTable();

    void load(Page page) {
      Arrays.fill(routes, PrefixTable.NONE);
      Arrays.fill(kids, null);
      for (int i = 0; i < page.routeKeys.length; i++) {
        routes[page.routeKeys[i]] = page.routeValues[i];
      }
      for (int i = 0; i < page.kidPlaces.length; i++) {
        kids[page.kidPlaces[i]] = page.kids[i];
      }
    }
  }

  /** The trie with all changes made. */
  Page apply(Page root) {
    return update(root, 0, changes.size(), 0, PrefixTable.NONE);
  }

  /**
   * A page with the changes of a range made.
   *
   * @param depth how many bits lead to the page
   * @param inherited the value of its addresses from above
   */
  private Page update(Page page, int from, int to, int depth, int inherited) {
    if (from == to && page.inherited == inherited) {
      return page;
    }
    Work here = workAt(depth);
    here.load(page);
    applyOwn(here, from, to, depth);
    here.best[1] = here.routes[1] == PrefixTable.NONE ? inherited : here.routes[1];
    for (int node = 2; node < TREE; node++) {
      int route = here.routes[node];
      here.best[node] = route == PrefixTable.NONE ? here.best[node >>> 1] : route;
    }
    updateKids(here, from, to, depth);
    return build(here, inherited);
  }

  private Work workAt(int depth) {
    int level = depth / STRIDE;
    if (work[level] == null) {
      work[level] = new Work();
    }
    return work[level];
  }

  private static boolean endsIn(Change change, int depth) {
    return change.length() <= depth + STRIDE;
  }

  private void applyOwn(Work here, int from, int to, int depth) {
    for (int i = from; i < to; i++) {
      Change change = changes.get(i);
      if (endsIn(change, depth)) {
        int length = change.length() - depth;
        int place = Page.place(change.high(), change.low(), depth);
        here.routes[(1 << length) | (place >>> (STRIDE - length))] = change.value();
      }
    }
  }

  /** Hands the longer prefixes down; changes are in order, so those of one kid lie together. */
  private void updateKids(Work here, int from, int to, int depth) {
    int next = from;
    for (int place = 0; place < PLACES; place++) {
      while (next < to && endsIn(changes.get(next), depth)) {
        next++;
      }
      int start = next;
      while (next < to && isBelow(changes.get(next), place, depth)) {
        next++;
      }
      Page kid = here.kids[place];
      if (kid != null || start < next) {
        Page updated =
            update(
                kid == null ? Page.EMPTY : kid,
                start,
                next,
                depth + STRIDE,
                here.best[PLACES + place]);
        here.kids[place] = updated.size == 0 ? null : updated;
      }
    }
  }

  private static boolean isBelow(Change change, int place, int depth) {
    return !endsIn(change, depth) && Page.place(change.high(), change.low(), depth) == place;
  }

  private static Page build(Work here, int inherited) {
    findUniform(here);
    cutBlocks(here);
    int routes = 0;
    for (int value : here.routes) {
      routes += value == PrefixTable.NONE ? 0 : 1;
    }
    short[] keys = new short[routes];
    int[] values = new int[routes];
    for (int node = 1, used = 0; used < routes; node++) {
      if (here.routes[node] != PrefixTable.NONE) {
        keys[used] = (short) node;
        values[used++] = here.routes[node];
      }
    }
    int below = 0;
    for (Page kid : here.kids) {
      below += kid == null ? 0 : 1;
    }
    short[] places = new short[below];
    Page[] kids = new Page[below];
    int size = routes;
    for (int place = 0, used = 0; place < PLACES; place++) {
      Page kid = here.kids[place];
      if (kid != null) {
        places[used] = (short) place;
        kids[used++] = kid;
        size += kid.size;
      }
    }
    return new Page(
        here.table.words(), here.table.leadsOn(), keys, values, places, kids, inherited, size);
  }

  /** Finds, from the bottom up, the tree nodes below which all addresses have one value. */
  private static void findUniform(Work here) {
    for (int place = 0; place < PLACES; place++) {
      Page kid = here.kids[place];
      here.uniform[PLACES + place] =
          kid == null ? here.best[PLACES + place] : kid.isUniform() ? kid.uniformValue() : MIXED;
    }
    for (int node = PLACES - 1; node > 0; node--) {
      long left = here.uniform[2 * node];
      here.uniform[node] = left == here.uniform[2 * node + 1] ? left : MIXED;
    }
  }

  /** Cuts the page into the largest blocks of one value: a block's length is its scope. */
  private static void cutBlocks(Work here) {
    here.table.clear();
    int kid = 0;
    int place = 0;
    while (place < PLACES) {
      int node = PLACES + place;
      int length = STRIDE;
      if (here.uniform[node] == MIXED) {
        here.table.addPage(place, kid, requireNonNull(here.kids[place]));
      } else {
        while (length > 0 && here.uniform[node >>> 1] != MIXED) {
          node >>>= 1;
          length--;
        }
        here.table.addLeaf(place, length, (int) here.uniform[node]);
      }
      for (int end = place + (1 << (STRIDE - length)); place < end; place++) {
        kid += here.kids[place] == null ? 0 : 1;
      }
    }
  }
}
