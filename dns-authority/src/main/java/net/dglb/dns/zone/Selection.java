package net.dglb.dns.zone;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.net.Prefix;
import net.dglb.net.PrefixSlots;

/**
 * Chooses one of several answers by who asks, or turn by turn, and says for which client subnets
 * the choice holds. Immutable but for the turn, which is counted without a lock.
 */
public final class Selection {

  private static final Selection ONLY = new Selection(false, Map.of(), List.of(List.of(0)), 0);

  private final boolean perQuery;
  private final PrefixTable map;
  private final short[][] rows;
  private final AtomicInteger turn;

  /**
   * Compiles a selection.
   *
   * @param perQuery whether slots are turns; otherwise they belong to prefixes, see {@link
   *     PrefixSlots}
   * @param map the row by longest match; whoever is not found has row 0
   * @param rows for each slot the number of an answer; a single one if it is the same for all slots
   * @param firstTurn where turns begin, so that a new table does not begin with the same slot
   */
  public Selection(
      boolean perQuery, Map<Prefix, Integer> map, List<List<Integer>> rows, int firstTurn) {
    this.perQuery = perQuery;
    this.map = PrefixTable.empty().with(map);
    this.rows = rows.stream().map(Selection::shorts).toArray(short[][]::new);
    this.turn = new AtomicInteger(firstTurn);
  }

  private static short[] shorts(List<Integer> row) {
    short[] slots = new short[row.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = (short) (int) row.get(i);
    }
    boolean same = slots.length != PrefixSlots.COUNT;
    return same ? Arrays.copyOf(slots, 1) : slots;
  }

  /** There is but one answer. */
  public static Selection only() {
    return ONLY;
  }

  /**
   * The number of the answer to a query. The client's subnet decides if there is one and it is
   * known, else the resolver's address. Sets the scope of the subnet option: 0 unless the subnet
   * decided (RFC 7871 section 7.2.1).
   */
  int choose(Query query, Answer answer) {
    boolean bySubnet = query.hasSubnet() && query.subnet().length() > 0;
    AddressBits who = bySubnet ? query.subnet() : query.source();
    int row = 0;
    int scope = 0;
    if (map.size() > 0) {
      long match = map.find(who);
      scope = bySubnet ? PrefixTable.scope(match) : 0;
      if (bySubnet && PrefixTable.value(match) == PrefixTable.NONE) {
        match = map.find(query.source());
      }
      row = Math.max(0, PrefixTable.value(match));
    }
    short[] slots = rows[row];
    int slot = 0;
    if (slots.length > 1 && perQuery) {
      slot = PrefixSlots.turn(turn.getAndIncrement());
    } else if (slots.length > 1) {
      slot = PrefixSlots.of(who.ipv4(), who.high());
      scope = bySubnet ? Math.max(scope, PrefixSlots.bits(who.ipv4())) : 0;
    }
    answer.subnetScope(scope);
    return slots[slot];
  }
}
