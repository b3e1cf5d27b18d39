package net.dglb.backbone.refer;

import java.util.function.Predicate;

/** Which of a service's labels something is true of, by ordinal. Immutable. */
final class LabelMarks {

  private final long[] words;

  private LabelMarks(long[] words) {
    this.words = words;
  }

  static LabelMarks of(LabelPart[] labels, Predicate<LabelPart> truth) {
    long[] words = new long[(labels.length + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < labels.length; i++) {
      if (truth.test(labels[i])) {
        words[i / Long.SIZE] |= 1L << i;
      }
    }
    return new LabelMarks(words);
  }

  boolean has(int ordinal) {
    return (words[ordinal / Long.SIZE] >>> ordinal & 1) != 0;
  }
}
