package net.dglb.backbone.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.Covering;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.net.Prefix;

/**
 * Finds the load balancers for whoever asks, best first. Immutable; DNS threads read it without
 * locks or allocation. The two tables of announced prefixes are never mixed: a source address is
 * looked up among resolvers, a client subnet among clients.
 */
public final class ResolverIndex {

  /** How many prefixes of one load balancer are looked at. */
  private static final int SAMPLE = 256;

  /** Of so many prefixes one is taken for changed where a table is another one. */
  private static final int CHANGED_PART = 16;

  private final PrefixTable resolvers;
  private final PrefixTable clients;
  private final Fallback computed;
  private final Fallback located;
  private final int[][] orders;
  private final Places places;
  private final AnchorReasons reasons;

  /**
   * The prefixes of a fallback file.
   *
   * @param firstAnchor the number of the file's first anchor; prefixes count from it
   */
  record Fallback(PrefixTable prefixes, int firstAnchor) {

    /** The anchor of an address, or {@link PrefixTable#NONE}. */
    int find(AddressBits source) {
      int value = PrefixTable.value(prefixes.find(source));
      return value == PrefixTable.NONE ? PrefixTable.NONE : firstAnchor + value;
    }
  }

  ResolverIndex(
      PrefixTable resolvers,
      PrefixTable clients,
      Fallback computed,
      Fallback located,
      int[][] orders,
      Places places,
      AnchorReasons reasons) {
    this.resolvers = resolvers;
    this.clients = clients;
    this.computed = computed;
    this.located = located;
    this.orders = orders;
    this.places = places;
    this.reasons = reasons;
  }

  /** An index that knows nobody. */
  public static ResolverIndex empty() {
    return new IndexCompiler().compile(List.of());
  }

  /**
   * Finds the anchor of whoever asks, in the first table that knows: the client among client
   * prefixes, else the resolver among resolver prefixes, in the computed map, among the locations,
   * or by its hash.
   *
   * @param source the resolver's address
   * @param subnet the client's (RFC 7871); of length 0 if there is none, or it is not to be used
   * @return a {@link Match}; its scope is right whichever table knew
   */
  public long find(AddressBits source, AddressBits subnet) {
    int scope = 0;
    if (subnet.length() > 0) {
      long client = clients.find(subnet);
      scope = PrefixTable.scope(client);
      if (PrefixTable.value(client) != PrefixTable.NONE) {
        return Match.of(Table.CLIENT_PREFIXES, PrefixTable.value(client), scope);
      }
    }
    int anchor = PrefixTable.value(resolvers.find(source));
    if (anchor != PrefixTable.NONE) {
      return Match.of(Table.RESOLVER_PREFIXES, anchor, scope);
    }
    anchor = computed.find(source);
    if (anchor != PrefixTable.NONE) {
      return Match.of(Table.COMPUTED_MAP, anchor, scope);
    }
    anchor = located.find(source);
    return anchor == PrefixTable.NONE
        ? Match.of(Table.HASH, BlockHash.of(source.ipv4(), source.high()), scope)
        : Match.of(Table.LOCATIONS, anchor, scope);
  }

  /** The tables in which {@link #find} looks up the source, in order. */
  public List<PrefixTable> sourceTables() {
    return Stream.of(resolvers, computed.prefixes(), located.prefixes())
        .filter(table -> table.size() > 0)
        .toList();
  }

  /**
   * Everything that knows whoever asks: first what {@link #find} finds, then what it would find if
   * that were not there, and so on. For explanations; allocates.
   */
  public List<Rung> ladder(AddressBits source, AddressBits subnet) {
    List<Rung> rungs = new ArrayList<>();
    if (subnet.length() > 0) {
      add(Table.CLIENT_PREFIXES, clients, subnet, 0, rungs);
    }
    add(Table.RESOLVER_PREFIXES, resolvers, source, 0, rungs);
    add(Table.COMPUTED_MAP, computed.prefixes(), source, computed.firstAnchor(), rungs);
    add(Table.LOCATIONS, located.prefixes(), source, located.firstAnchor(), rungs);
    int block = BlockHash.of(source.ipv4(), source.high());
    rungs.add(new Rung(Table.HASH, Optional.empty(), reasons.anchor(block), block));
    return rungs;
  }

  private void add(
      Table table, PrefixTable prefixes, AddressBits address, int firstAnchor, List<Rung> rungs) {
    for (Covering covering : prefixes.covering(address)) {
      int number = firstAnchor + covering.value();
      rungs.add(
          new Rung(
              table,
              Optional.of(Prefix.containing(address.toAddress(), covering.length())),
              reasons.anchor(number),
              number));
    }
  }

  /**
   * The load balancers of an anchor as {@link #order} has them, with reasons.
   *
   * @param lost those that are to count as lost; the order is what it would be then
   */
  public List<Ordered> reasons(int anchor, Set<String> lost) {
    return reasons.of(anchor, lost);
  }

  /**
   * How many prefixes of the tables of resolvers each anchor decides for. Walks all tables: some
   * tens of milliseconds for a million prefixes.
   */
  public PrefixCounts counts() {
    int[] counts = resolvers.countByNumber(orders.length, List.of());
    count(computed, List.of(resolvers), counts);
    count(located, List.of(resolvers, computed.prefixes()), counts);
    return new PrefixCounts(counts, computed.firstAnchor(), located.firstAnchor());
  }

  private static void count(Fallback table, List<PrefixTable> before, int[] counts) {
    int anchors = counts.length - table.firstAnchor();
    int[] own = table.prefixes().countByNumber(anchors, before);
    System.arraycopy(own, 0, counts, table.firstAnchor(), anchors);
  }

  /** The ordinals of the load balancers of an anchor, best first; not to be written to. */
  public int[] order(int anchor) {
    return orders[anchor];
  }

  /**
   * The ordinals of the load balancers that most of these resolvers are referred to first, best
   * first; none if nothing is known of them. Of many prefixes a sample counts.
   */
  public List<Integer> successors(List<Prefix> prefixes) {
    AddressBits source = new AddressBits();
    AddressBits noSubnet = new AddressBits();
    Map<Integer, Integer> votes = new HashMap<>();
    int step = Math.max(1, prefixes.size() / SAMPLE);
    for (int i = 0; i < prefixes.size(); i += step) {
      source.set(prefixes.get(i).address());
      long match = find(source, noSubnet);
      if (Match.table(match) != Table.HASH) {
        int[] order = orders[Match.anchor(match)];
        for (int at = 0; at < order.length; at++) {
          votes.merge(order[at], AnchorOrder.LONGEST - at, Integer::sum);
        }
      }
    }
    return votes.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** About as many octets as it holds on to that another one does not, over 64. */
  public int weightBeside(ResolverIndex other) {
    return orders.length
        + weightBeside(resolvers, other.resolvers)
        + weightBeside(clients, other.clients);
  }

  /** Tables share the pages that no change touched. */
  private static int weightBeside(PrefixTable table, PrefixTable other) {
    return table.equals(other) ? 0 : table.size() / CHANGED_PART;
  }

  /** Where the resolvers of anchors stand for whom nobody measures. */
  public Places places() {
    return places;
  }

  /** How many prefixes are in the tables: resolvers, clients, computed, located. */
  public int[] sizes() {
    return new int[] {
      resolvers.size(), clients.size(), computed.prefixes().size(), located.prefixes().size()
    };
  }
}
