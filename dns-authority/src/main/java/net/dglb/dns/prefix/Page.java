package net.dglb.dns.prefix;

import java.util.List;
import net.dglb.dns.prefix.PrefixChanges.Change;

/** One page of the trie. */
final class Page {

  static final Page EMPTY = new Page();

  Page with(List<Change> changes, int from, int to, int depth, int inherited) {
    return this;
  }

  long find(long high, long low) {
    return PrefixTable.NONE & 0xffffffffL;
  }

  int matchedLength(long high, long low) {
    return PrefixTable.NONE;
  }

  int size() {
    return 0;
  }
}
