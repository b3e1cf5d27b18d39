package net.dglb.backbone.index;

/** The tables in which whoever asks is looked up, in the order in which they are asked. */
public enum Table {
  /** What load balancers announce of clients; only for a client subnet (RFC 7871). */
  CLIENT_PREFIXES(0, "client prefixes"),
  /** What load balancers announce of resolvers. */
  RESOLVER_PREFIXES(1, "resolver prefixes"),
  /** The computed map of address blocks, from a file. */
  COMPUTED_MAP(2, "computed map"),
  /** Where resolvers stand, from a file. */
  LOCATIONS(3, "locations"),
  /** Nothing is known: a hash of the resolver's network, the same each time. */
  HASH(4, "hash of the resolver's network");

  private static final Table[] BY_CODE = {
    CLIENT_PREFIXES, RESOLVER_PREFIXES, COMPUTED_MAP, LOCATIONS, HASH
  };

  private final int code;
  private final String text;

  Table(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The table for people. */
  public String text() {
    return text;
  }

  /** Its number in a {@link Match}. */
  int code() {
    return code;
  }

  static Table of(int code) {
    return BY_CODE[code];
  }
}
