package net.dglb.backbone.refer;

import net.dglb.backbone.index.PlaceOrders;

/**
 * What a service answers resolvers beside whom nobody measures. Immutable but for marks.
 *
 * @param orders what was estimated so far
 * @param demand where places are marked that resolvers ask from
 * @param firstMark the mark of place 0, or {@link #UNMARKED}
 */
record PlacePart(PlaceOrders orders, DemandMarks demand, int firstMark) {

  /** There are more places and services than marks: nothing is estimated. */
  static final int UNMARKED = -1;

  /** Nobody asks from a place. */
  static final PlacePart NONE = new PlacePart(PlaceOrders.NONE, new DemandMarks(0), UNMARKED);

  /** Says that a resolver at a place asked. */
  void markDemand(int place) {
    if (firstMark != UNMARKED) {
      demand.mark(firstMark + place);
    }
  }
}
