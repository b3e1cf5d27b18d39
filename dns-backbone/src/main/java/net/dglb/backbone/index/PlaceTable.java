package net.dglb.backbone.index;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for places, for one service or several that are decided alike. Immutable; DNS
 * threads read it without locks or allocation.
 *
 * @param <T> what is decided
 */
public final class PlaceTable<T> {

  private static final int FREE = -1;

  /** Open addressing, at most half full; a free slot ends every search. */
  private final int[] places;

  private final @Nullable Object[] decided;

  /**
   * Makes the table.
   *
   * @param byPlace by the places' numbers in {@link Places}
   */
  public PlaceTable(Map<Integer, T> byPlace) {
    int slots = Integer.highestOneBit(Math.max(1, byPlace.size())) * 4;
    places = new int[slots];
    decided = new Object[slots];
    Arrays.fill(places, FREE);
    byPlace.forEach((place, what) -> {
      int slot = slot(place);
      places[slot] = place;
      decided[slot] = what;
    });
  }

  /** A table without anything. */
  public static <T> PlaceTable<T> none() {
    return new PlaceTable<>(Map.of());
  }

  /** What was decided for a place, not to be written to; null if nothing was. */
  @SuppressWarnings("unchecked") // only the constructor writes, and it writes values of T
  public @Nullable T find(int place) {
    return (T) decided[slot(place)];
  }

  /** How large it is, some 12 octets each. */
  public int slots() {
    return places.length;
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
