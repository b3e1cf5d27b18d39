package net.dglb.dns.prefix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.dglb.net.AddressFamily;
import net.dglb.net.Prefix;

/**
 * Changes to a table, by family and in the order of their addresses, so that those below one page
 * lie side by side.
 */
record PrefixChanges(List<Change> ipv4, List<Change> ipv6) {

  /** One prefix and its new number, or {@link PrefixTable#NONE}. */
  record Change(long high, long low, int length, int value) {

    private static Change of(AddressBits bits, Prefix prefix, int value) {
      if (value < PrefixTable.NONE || value > PrefixTable.MOST) {
        throw new IllegalArgumentException(
            "value of %s: %d (expected 0 to %d, or NONE)"
                .formatted(prefix, value, PrefixTable.MOST));
      }
      bits.set(prefix.address());
      return new Change(bits.high(), bits.low(), prefix.length(), value);
    }
  }

  static PrefixChanges of(Map<Prefix, Integer> changes) {
    return new PrefixChanges(
        sorted(changes, AddressFamily.IPV4), sorted(changes, AddressFamily.IPV6));
  }

  private static List<Change> sorted(Map<Prefix, Integer> changes, AddressFamily family) {
    AddressBits bits = new AddressBits();
    List<Change> sorted = new ArrayList<>();
    changes.forEach((prefix, value) -> {
      if (prefix.family() == family) {
        sorted.add(Change.of(bits, prefix, value));
      }
    });
    sorted.sort(
        Comparator.comparingLong((Change change) -> change.high() ^ Long.MIN_VALUE)
            .thenComparingLong(change -> change.low() ^ Long.MIN_VALUE)
            .thenComparingInt(Change::length));
    return sorted;
  }
}
