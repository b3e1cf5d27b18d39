package net.dglb.backbone.index;

/**
 * How many prefixes of an index each anchor decides for. One that a table before it covers decides
 * for nobody and does not count. Immutable.
 */
public final class PrefixCounts {

  private final int[] byAnchor;
  private final int firstComputed;
  private final int firstLocated;

  /** Takes the counts; not to be changed any more. */
  PrefixCounts(int[] byAnchor, int firstComputed, int firstLocated) {
    this.byAnchor = byAnchor;
    this.firstComputed = firstComputed;
    this.firstLocated = firstLocated;
  }

  /** Anchors are numbered from 0 up to this. */
  public int anchors() {
    return byAnchor.length;
  }

  /** How many prefixes an anchor decides for. */
  public int of(int anchor) {
    return byAnchor[anchor];
  }

  /** The table that the prefixes of an anchor stand in. */
  public Table table(int anchor) {
    return anchor < firstComputed
        ? Table.RESOLVER_PREFIXES
        : anchor < firstLocated ? Table.COMPUTED_MAP : Table.LOCATIONS;
  }
}
