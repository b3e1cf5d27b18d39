package net.dglb.dns.zone;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.decision.AnswerSlot;
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

  private static final int SLOT_SHIFT = 32;
  private static final int SLOT_MASK = 0xffff;
  private static final int SCOPE_SHIFT = 48;

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

  /** Whether everybody gets the first answer. */
  boolean isOnly() {
    return map.size() == 0 && rows.length == 1 && rows[0].length == 1 && rows[0][0] == 0;
  }

  /**
   * The number of the answer to a query. The client's subnet decides if there is one and it is
   * known, else the resolver's address. Sets the scope of the subnet option: 0 unless the subnet
   * decided (RFC 7871 section 7.2.1).
   */
  int choose(Query query, Answer answer) {
    long found = find(query.source(), query.subnet());
    answer.subnetScope((int) (found >>> SCOPE_SHIFT));
    short[] slots = rows[(int) found];
    if (slots.length > 1 && perQuery) {
      return slots[PrefixSlots.turn(turn.getAndIncrement())];
    }
    return slots[slot(found)];
  }

  /**
   * Where whoever asks falls, as {@link #choose} finds it; the first slot where slots are turns.
   * For explanations.
   *
   * @param source the resolver's address
   * @param subnet the client's; of length 0 if there is none
   */
  AnswerSlot slot(AddressBits source, AddressBits subnet) {
    long found = find(source, subnet);
    AddressBits who = subnet.length() > 0 ? subnet : source;
    boolean bySlot = rows[(int) found].length > 1 && !perQuery;
    return new AnswerSlot(
        (int) found,
        rule(who).or(() -> rule(source)),
        slot(found),
        bySlot
            ? Optional.of(Prefix.containing(who.toAddress(), PrefixSlots.bits(who.ipv4())))
            : Optional.empty());
  }

  /** The longest prefix of the map that matches. */
  private Optional<Prefix> rule(AddressBits who) {
    return map.covering(who).stream()
        .findFirst()
        .map(it -> Prefix.containing(who.toAddress(), it.length()));
  }

  private static int slot(long found) {
    return (int) (found >>> SLOT_SHIFT) & SLOT_MASK;
  }

  /** Row, slot and scope of whoever asks, in one number. */
  private long find(AddressBits source, AddressBits subnet) {
    boolean bySubnet = subnet.length() > 0;
    AddressBits who = bySubnet ? subnet : source;
    int row = 0;
    int scope = 0;
    if (map.size() > 0) {
      long match = map.find(who);
      scope = bySubnet ? PrefixTable.scope(match) : 0;
      if (bySubnet && PrefixTable.value(match) == PrefixTable.NONE) {
        match = map.find(source);
      }
      row = Math.max(0, PrefixTable.value(match));
    }
    int slot = 0;
    if (rows[row].length > 1 && !perQuery) {
      slot = PrefixSlots.of(who.ipv4(), who.high());
      scope = bySubnet ? Math.max(scope, PrefixSlots.bits(who.ipv4())) : 0;
    }
    return (long) scope << SCOPE_SHIFT | (long) slot << SLOT_SHIFT | row;
  }
}
