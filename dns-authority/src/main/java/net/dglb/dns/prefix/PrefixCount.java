package net.dglb.dns.prefix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the prefixes of a trie by their numbers, without those that a prefix of other tries holds.
 * Walks the other tries along.
 */
final class PrefixCount {

  private final int[] counts;

  /** Adds to these, by number. */
  PrefixCount(int[] counts) {
    this.counts = counts;
  }

  /** Adds the prefixes of a page and below. */
  void add(Page page, List<Page> others) {
    for (int i = 0; i < page.routeKeys.length; i++) {
      if (!isCovered(page.routeKeys[i], others)) {
        counts[page.routeValues[i]]++;
      }
    }
    for (int i = 0; i < page.kids.length; i++) {
      int place = page.kidPlaces[i];
      if (!isCovered(1 << Page.STRIDE | place, others)) {
        add(page.kids[i], below(place, others));
      }
    }
  }

  /** Whether a prefix that ends in one of these pages is this tree node or above it. */
  private static boolean isCovered(int node, List<Page> pages) {
    for (Page page : pages) {
      for (int above = node; above > 0 && page.routeKeys.length > 0; above >>>= 1) {
        if (Arrays.binarySearch(page.routeKeys, (short) above) >= 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Page> below(int place, List<Page> pages) {
    List<Page> kids = new ArrayList<>(pages.size());
    for (Page page : pages) {
      int kid = Arrays.binarySearch(page.kidPlaces, (short) place);
      if (kid >= 0) {
        kids.add(page.kids[kid]);
      }
    }
    return kids;
  }
}
