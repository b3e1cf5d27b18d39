package net.dglb.backbone.refer;

import java.util.stream.IntStream;
import net.dglb.backbone.sign.TypeBitmap;
import net.dglb.dns.wire.RecordType;

/** What NSEC records say of one name, for each choice of the types of {@link AddressTypes}. */
final class AddressBitmaps {

  private static final int[] NUMBERS = {RecordType.A, RecordType.AAAA, RecordType.HTTPS};

  private final TypeBitmap[] byTypes = new TypeBitmap[1 << NUMBERS.length];

  /**
   * Makes them all.
   *
   * @param others types that stand at the name as well
   */
  AddressBitmaps(int... others) {
    for (int types = 0; types < byTypes.length; types++) {
      int chosen = types;
      IntStream those =
          IntStream.range(0, NUMBERS.length)
              .filter(i -> (chosen & 1 << i) != 0)
              .map(i -> NUMBERS[i]);
      byTypes[types] = TypeBitmap.of(IntStream.concat(IntStream.of(others), those).toArray());
    }
  }

  /** The bitmap with these, added up as {@link AddressTypes} has them. */
  TypeBitmap with(int addressTypes) {
    return byTypes[addressTypes];
  }
}
