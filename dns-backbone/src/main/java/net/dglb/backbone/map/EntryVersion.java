package net.dglb.backbone.map;

/**
 * The version of an entry, ordered by its owner: by generation, then by counter, both unsigned.
 *
 * @param generation grows when the owner lost its state, or starts a new series
 * @param counter grows with each change
 */
public record EntryVersion(long generation, long counter) implements Comparable<EntryVersion> {

  /** The version below every other: nothing is stored. */
  public static final EntryVersion NONE = new EntryVersion(0, 0);

  @Override
  public int compareTo(EntryVersion other) {
    int byGeneration = Long.compareUnsigned(generation, other.generation);
    return byGeneration != 0 ? byGeneration : Long.compareUnsigned(counter, other.counter);
  }

  /** Generation and counter with a point between them. */
  @Override
  public String toString() {
    return Long.toUnsignedString(generation) + "." + Long.toUnsignedString(counter);
  }
}
