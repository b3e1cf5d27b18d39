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

  private static final int SLOTS = 1 << 17;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A bucket holds what is allowed in this time. */
  private static final long BURST_NANOS = 1000 * NANOS_PER_MILLI;

  private final long costNanos;

  /**
   * For each bucket its key, and when it is full again, in nanoseconds of a clock that never goes
   * back.
   */
  private final AtomicLongArray buckets = new AtomicLongArray(2 * SLOTS);

  /**
   * Makes an empty table.
   *
   * @param ratePerSecond 1 to 10^9
   */
  RateLimiter(int ratePerSecond) {
    costNanos = BURST_NANOS / ratePerSecond;
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
   * Finds a key's bucket. If it has none, it gets the one of two that is full, or will be first:
   * what that held is forgotten. Should two threads meet here, one answer is taken out of the
   * other's bucket.
   */
  private int find(long key) {
    int first = 2 * ((int) (key ^ (key >>> 32)) & (SLOTS - 1));
    if (buckets.getOpaque(first) == key) {
      return first;
    }
    int second = first ^ 2;
    if (buckets.getOpaque(second) == key) {
      return second;
    }
    int taken = buckets.getOpaque(second + 1) < buckets.getOpaque(first + 1) ? second : first;
    buckets.setOpaque(taken, key);
    buckets.setOpaque(taken + 1, 0);
    return taken;
  }
}
