package net.dglb.backbone.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.net.Prefix;

/** A table of prefixes that a file gave, replaced as a whole. */
final class FallbackPrefixes {

  private final AnchorNumbers numbers;
  private List<Integer> inUse = List.of();
  private PrefixTable table = PrefixTable.empty();

  FallbackPrefixes(AnchorNumbers numbers) {
    this.numbers = numbers;
  }

  /** Puts these prefixes in the place of all earlier ones. */
  void replace(Map<Prefix, ? extends Anchor> anchors) {
    Map<Prefix, Integer> changes = new HashMap<>();
    anchors.forEach((prefix, anchor) -> changes.put(prefix, numbers.acquire(anchor)));
    table = PrefixTable.empty().with(changes);
    inUse.forEach(numbers::release);
    inUse = new ArrayList<>(changes.values());
  }

  /** The table as it is now. */
  PrefixTable table() {
    return table;
  }
}
