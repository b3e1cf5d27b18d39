package net.dglb.backbone.index;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The load balancers' orders that were estimated for places, for one set of services. Immutable;
 * DNS threads read it without locks or allocation.
 */
public final class PlaceOrders {

  /** Nothing was estimated. */
  public static final PlaceOrders NONE = new PlaceOrders(Map.of());

  private static final int FREE = -1;

  /** Open addressing, at most half full; a free slot ends every search. */
  private final int[] places;

  private final int[][] orders;

  PlaceOrders(Map<Integer, int[]> byPlace) {
    int slots = Integer.highestOneBit(Math.max(1, byPlace.size())) * 4;
    places = new int[slots];
    orders = new int[slots][];
    Arrays.fill(places, FREE);
    byPlace.forEach((place, order) -> {
      int slot = slot(place);
      places[slot] = place;
      orders[slot] = order;
    });
  }

  /**
   * The ordinals estimated for a place, best first, not to be written to; null if there are none.
   */
  public int @Nullable [] find(int place) {
    return orders[slot(place)];
  }

  private int slot(int place) {
    int mask = places.length - 1;
    int slot = (int) BlockHash.mix(place) & mask;
    while (places[slot] != place && places[slot] != FREE) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
