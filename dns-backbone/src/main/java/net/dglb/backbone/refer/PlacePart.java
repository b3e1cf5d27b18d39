package net.dglb.backbone.refer;

import net.dglb.backbone.index.PlaceOrders;
import org.jspecify.annotations.Nullable;

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

  /** The order estimated for a place, null if there is none; says that it was asked for. */
  int @Nullable [] order(int place) {
    if (firstMark != UNMARKED) {
      demand.mark(firstMark + place);
    }
    return orders.find(place);
  }
}
