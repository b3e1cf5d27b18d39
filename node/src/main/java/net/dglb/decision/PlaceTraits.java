package net.dglb.decision;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing list of numbers that can be looked up while it is still used for the next look-up. */
final class PlaceTraits {

  private long[] numbers;
  private int count;

  PlaceTraits() {
    this(new long[16], 0);
  }

  private PlaceTraits(long[] numbers, int count) {
    this.numbers = numbers;
    this.count = count;
  }

  void clear() {
    count = 0;
  }

  void add(long number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }

  /** One that does not change any more. */
  PlaceTraits copy() {
    return new PlaceTraits(Arrays.copyOf(numbers, count), count);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlaceTraits that
        && Arrays.equals(numbers, 0, count, that.numbers, 0, that.count);
  }

  @Override
  public int hashCode() {
    int hash = count;
    for (int i = 0; i < count; i++) {
      hash = 31 * hash + Long.hashCode(numbers[i]);
    }
    return hash;
  }
}
