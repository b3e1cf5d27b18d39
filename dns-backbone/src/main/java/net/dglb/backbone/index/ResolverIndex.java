package net.dglb.backbone.index;

import java.util.List;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.PrefixTable;

/**
 * Finds the load balancers for whoever asks, best first. Immutable; DNS threads read it without
 * locks or allocation. The two tables of announced prefixes are never mixed: a source address is
 * looked up among resolvers, a client subnet among clients.
 */
public final class ResolverIndex {

  private final PrefixTable resolvers;
  private final PrefixTable clients;
  private final Fallback computed;
  private final Fallback located;
  private final int[][] orders;
  private final Places places;

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
      Places places) {
    this.resolvers = resolvers;
    this.clients = clients;
    this.computed = computed;
    this.located = located;
    this.orders = orders;
    this.places = places;
  }

  /** An index that knows nobody. */
  public static ResolverIndex empty() {
    return new IndexCompiler().compile(List.of());
  }

  /**
   * Looks a client subnet up among client prefixes (RFC 7871).
   *
   * @return a match of {@link PrefixTable}: its value is an anchor, or NONE if nobody announced the
   *     client; its scope is right either way
   */
  public long byClient(AddressBits subnet) {
    return clients.find(subnet);
  }

  /**
   * Finds the anchor of a resolver by its address: announced, in the computed map, of known
   * location, or by its hash; the first that knows.
   */
  public int byResolver(AddressBits source) {
    int anchor = PrefixTable.value(resolvers.find(source));
    if (anchor == PrefixTable.NONE) {
      anchor = computed.find(source);
    }
    if (anchor == PrefixTable.NONE) {
      anchor = located.find(source);
    }
    return anchor == PrefixTable.NONE ? BlockHash.of(source.ipv4(), source.high()) : anchor;
  }

  /** The ordinals of the load balancers of an anchor, best first; not to be written to. */
  public int[] order(int anchor) {
    return orders[anchor];
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
