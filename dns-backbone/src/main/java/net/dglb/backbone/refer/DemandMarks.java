package net.dglb.backbone.refer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntConsumer;

/**
 * Which labels resolvers asked for since the last look: one bit for each service and load balancer,
 * reserved beforehand. DNS threads mark, the control thread collects.
 */
public final class DemandMarks {

  private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] words;

  DemandMarks(int bits) {
    words = new long[(bits + 63) / 64];
  }

  /** Marks a bit. Reads first, so that a busy label does not move its cache line about. */
  void mark(int bit) {
    long mask = 1L << bit;
    if (((long) WORDS.getOpaque(words, bit >> 6) & mask) == 0) {
      long _ = (long) WORDS.getAndBitwiseOr(words, bit >> 6, mask);
    }
  }

  /** Gives every marked bit to the consumer and clears it. */
  void collect(IntConsumer consumer) {
    for (int i = 0; i < words.length; i++) {
      long word = (long) WORDS.getOpaque(words, i);
      if (word != 0) {
        word = (long) WORDS.getAndSet(words, i, 0L);
      }
      for (; word != 0; word &= word - 1) {
        consumer.accept((i << 6) + Long.numberOfTrailingZeros(word));
      }
    }
  }
}
