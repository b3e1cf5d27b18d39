package net.dglb.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.Prefix;

/**
 * Which sites are answered to whom, where that depends on who asks or on whose turn it is.
 *
 * @param perQuery whether slots are turns; otherwise a slot belongs to the prefixes that {@link
 *     net.dglb.net.PrefixSlots} finds it for
 * @param map the row of resolvers and clients by longest match; all others have row 0
 * @param rows at least one
 */
public record Spread(boolean perQuery, Map<Prefix, Integer> map, List<Row> rows) {

  /**
   * An order, and who is first in each slot.
   *
   * @param order every candidate, best first without regard to slots
   * @param heads for each slot the place in the order of the one that is answered first; a single
   *     one if it is the same for all
   */
  public record Row(List<RankedSite> order, List<Integer> heads) {

    /** Copies the lists. */
    public Row {
      order = List.copyOf(order);
      heads = List.copyOf(heads);
    }

    /** The candidates as they are answered in a slot: its head, then the others. */
    public List<RankedSite> order(int slot) {
      return withHead(heads.size() == 1 ? heads.getFirst() : heads.get(slot));
    }

    List<RankedSite> withHead(int head) {
      if (head == 0) {
        return order;
      }
      List<RankedSite> moved = new ArrayList<>(order);
      moved.addFirst(moved.remove(head).because(Reason.ITS_SHARE));
      return moved;
    }

    /** Each site's share of the slots, 0 to 1, in the order of the ranking. */
    public Map<String, Double> shares() {
      Map<String, Double> shares = new LinkedHashMap<>();
      order.forEach(it -> shares.put(it.siteId(), 0.0));
      heads.forEach(head -> shares.merge(order.get(head).siteId(), 1.0, Double::sum));
      shares.replaceAll((_, slots) -> slots / heads.size());
      return shares;
    }
  }

  /** Copies the parts. */
  public Spread {
    map = Map.copyOf(map);
    rows = List.copyOf(rows);
  }

  /** Whether anybody or any turn is answered with this candidate first. */
  boolean answers(RankedSite site) {
    for (Row row : rows) {
      int place = row.order().indexOf(site);
      if (place >= 0 && row.heads().contains(place)) {
        return true;
      }
    }
    return false;
  }
}
