package net.dglb.dns.serve;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Response rate limiting: a bucket per source network and kind of answer, in a table of fixed size
 * that all workers of a server share, whichever of them a query falls to. Without locks or
 * allocation; an answer that is held back writes nothing, so a flood does not set workers against
 * each other.
 *
 * <p>A bucket is one number, the generic cell rate algorithm's: the time at which it would be full
 * again. Each answer moves it on by what one answer costs.
 */
final class RateLimiter {

  /** There are so many sets of buckets; a key's may be any of its set. */
  private static final int SET_BITS = 15;

  private static final int BUCKETS_PER_SET = 4;

  /** Of the bits that tell the set, so many are the network's. */
  private static final int NETWORK_BITS = 6;

  /**
   * Words before the first bucket: with the header of an array, a line of the processor's cache.
   * Arrays of this size begin at a page of memory, so each set of buckets is one line then.
   */
  private static final int FIRST = 6;

  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A bucket holds what is allowed in this time. */
  private static final long BURST_NANOS = 1000 * NANOS_PER_MILLI;

  private final long costNanos;

  /**
   * For each bucket its key, and when it is full again, in nanoseconds of a clock that never goes
   * back.
   */
  private final AtomicLongArray buckets =
      new AtomicLongArray(FIRST + ((2 * BUCKETS_PER_SET) << SET_BITS));

  /**
   * Makes an empty table.
   *
   * @param ratePerSecond 1 to 10^9
   */
  RateLimiter(int ratePerSecond) {
    costNanos = BURST_NANOS / ratePerSecond;
  }

  /**
   * The key of a bucket. Those of one network lie within 32 KiB: spread over the whole table,
   * nearly every one would be on a page of memory that nothing else is on, and finding that page
   * costs as much as the rest of an answer.
   *
   * @param network the leading bits of the source, others zero
   * @param kind anything that tells the network's buckets apart
   */
  static long key(long network, long kind) {
    long place = network * MIX;
    long mixed = (place ^ kind) * MIX;
    return (place & (-1L << (Long.SIZE - NETWORK_BITS))) | (mixed >>> NETWORK_BITS);
  }

  /**
   * Takes one answer out of a bucket; from any thread.
   *
   * @param nowMillis 1 and up, of a clock that never goes back; the same for all threads but for a
   *     few milliseconds
   * @return false if there is none left
   */
  boolean take(long key, long nowMillis) {
    long now = nowMillis * NANOS_PER_MILLI;
    while (true) {
      int bucket = find(key);
      long fullAt = buckets.getOpaque(bucket + 1);
      long next = Math.max(fullAt, now) + costNanos;
      if (next - now > BURST_NANOS) {
        return false;
      }
      if (buckets.weakCompareAndSetVolatile(bucket + 1, fullAt, next)) {
        return true;
      }
    }
  }

  /**
   * Finds a key's bucket. If it has none, it gets the one of its set that is full, or will be
   * first: what that held is forgotten. Should two threads meet here, one answer is taken out of
   * the other's bucket.
   */
  private int find(long key) {
    int start = FIRST + 2 * BUCKETS_PER_SET * (int) (key >>> (Long.SIZE - SET_BITS));
    int end = start + 2 * BUCKETS_PER_SET;
    for (int bucket = start; bucket < end; bucket += 2) {
      if (buckets.getOpaque(bucket) == key) {
        return bucket;
      }
    }
    int taken = start;
    for (int bucket = start + 2; bucket < end; bucket += 2) {
      taken = buckets.getOpaque(bucket + 1) < buckets.getOpaque(taken + 1) ? bucket : taken;
    }
    buckets.setOpaque(taken, key);
    buckets.setOpaque(taken + 1, 0);
    return taken;
  }
}
