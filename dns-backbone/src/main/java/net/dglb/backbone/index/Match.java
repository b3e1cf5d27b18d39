package net.dglb.backbone.index;

/**
 * What {@link ResolverIndex#find} found, in one number so that DNS threads need no object: the
 * anchor, the table that had it, and the scope of a client subnet.
 */
public final class Match {

  private static final int SCOPE_SHIFT = 32;
  private static final int TABLE_SHIFT = 48;

  private Match() {}

  static long of(Table table, int anchor, int scope) {
    return (long) table.code() << TABLE_SHIFT | (long) scope << SCOPE_SHIFT | anchor;
  }

  /** What the prefix stands for: the index of {@link ResolverIndex#order}. */
  public static int anchor(long match) {
    return (int) match;
  }

  /**
   * For how many leading bits of the client subnet this holds (RFC 7871 section 7.2.1); 0 without a
   * subnet.
   */
  public static int scope(long match) {
    return (int) (match >>> SCOPE_SHIFT) & 0xffff;
  }

  /** The first table that knew. */
  public static Table table(long match) {
    return Table.of((int) (match >>> TABLE_SHIFT));
  }
}
