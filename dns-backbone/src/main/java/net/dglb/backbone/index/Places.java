package net.dglb.backbone.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.Location;

/**
 * Where the resolvers of an anchor stand for whom nobody measures: numbers of places, equal places
 * sharing one. Immutable.
 */
public final class Places {

  /** The place of an anchor that needs none: someone measures there, or nothing is known. */
  public static final int NONE = -1;

  private final int[] byAnchor;
  private final List<Location> locations;
  private final Map<Location, Integer> numbers;

  private Places(int[] byAnchor, List<Location> locations, Map<Location, Integer> numbers) {
    this.byAnchor = byAnchor;
    this.locations = List.copyOf(locations);
    this.numbers = Map.copyOf(numbers);
  }

  /** The place of an anchor, or {@link #NONE}. */
  public int of(int anchor) {
    return byAnchor[anchor];
  }

  /** How many there are. */
  public int size() {
    return locations.size();
  }

  /** Where a place is. */
  public Location location(int place) {
    return locations.get(place);
  }

  /** The number of the place at a location, or {@link #NONE}. */
  public int at(Location location) {
    return numbers.getOrDefault(location, NONE);
  }

  /** Whether all numbers stand for the same places there. */
  public boolean isNumberedLike(Places other) {
    return locations.equals(other.locations);
  }

  /** Numbers places in the order in which they are put. */
  static final class Builder {

    private final int[] byAnchor;
    private final List<Location> locations = new ArrayList<>();
    private final Map<Location, Integer> numbers = new HashMap<>();

    Builder(int anchors) {
      byAnchor = new int[anchors];
      Arrays.fill(byAnchor, NONE);
    }

    void put(int anchor, Location location) {
      Integer known = numbers.putIfAbsent(location, locations.size());
      if (known == null) {
        locations.add(location);
      }
      byAnchor[anchor] = known == null ? locations.size() - 1 : known;
    }

    Places build() {
      return new Places(byAnchor, locations, numbers);
    }
  }
}
