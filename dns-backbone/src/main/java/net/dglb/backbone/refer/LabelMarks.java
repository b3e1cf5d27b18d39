package net.dglb.backbone.refer;

/**
 * What every answer asks about a service's label, by ordinal: apart from the rest of the labels,
 * near in memory. Immutable.
 */
final class LabelMarks {

  private static final int BITS_PER_LABEL = 2;
  private static final int LABELS_PER_WORD = Long.SIZE / BITS_PER_LABEL;
  private static final long STANDS = 1;
  private static final long MEASURED = 2;

  private final long[] words;

  LabelMarks(LabelPart[] labels) {
    words = new long[(labels.length + LABELS_PER_WORD - 1) / LABELS_PER_WORD];
    for (int i = 0; i < labels.length; i++) {
      long marks =
          (labels[i].standsForItsPlace() ? STANDS : 0) | (labels[i].measured() ? MEASURED : 0);
      words[i / LABELS_PER_WORD] |= marks << shift(i);
    }
  }

  /** See {@link LabelPart#standsForItsPlace}. */
  boolean standsForItsPlace(int ordinal) {
    return has(ordinal, STANDS);
  }

  /** See {@link LabelPart#measured}. */
  boolean isMeasured(int ordinal) {
    return has(ordinal, MEASURED);
  }

  private boolean has(int ordinal, long mark) {
    long word = words[ordinal / LABELS_PER_WORD];
    return (word >>> shift(ordinal) & mark) != 0;
  }

  private static int shift(int ordinal) {
    return BITS_PER_LABEL * (ordinal % LABELS_PER_WORD);
  }
}
