package net.dglb.dns.serve;

/**
 * Response rate limiting: a token bucket per source network and kind of answer, in a table of fixed
 * size. One per worker; allocates nothing.
 */
final class RateLimiter {

  /** What becomes of an answer. */
  enum Verdict {
    SEND,
    TRUNCATE,
    DROP
  }

  private static final int SLOTS = 1 << 16;
  private static final int WORDS = 4;
  private static final int FILLED_AT = 1;
  private static final int LEFT = 2;
  private static final int MILLIS = 1000;

  /** A bucket holds what is allowed in this time. */
  private static final int BURST_SECONDS = 1;

  private final int ratePerSecond;
  private final int slip;

  /**
   * Buckets of four words, so that a look-up touches one line of the cache: key, time of the last
   * filling in milliseconds, and what is left in thousandths of an answer.
   */
  private final long[] buckets = new long[SLOTS * WORDS];

  private int heldBack;

  /**
   * Makes an empty table.
   *
   * @param ratePerSecond at least 1
   * @param slip see {@link GuardSettings}
   */
  RateLimiter(int ratePerSecond, int slip) {
    this.ratePerSecond = ratePerSecond;
    this.slip = slip;
  }

  /** Takes one answer out of a bucket. */
  Verdict take(long key, long nowMillis) {
    int bucket = find(key, nowMillis);
    long left = buckets[bucket + LEFT];
    if (left >= MILLIS) {
      buckets[bucket + LEFT] = left - MILLIS;
      return Verdict.SEND;
    }
    if (slip == 0 || ++heldBack % slip != 0) {
      return Verdict.DROP;
    }
    return Verdict.TRUNCATE;
  }

  /** Finds a bucket and fills it up; of two places the one that was idle for longer is given up. */
  private int find(long key, long nowMillis) {
    int first = ((int) (key ^ (key >>> 32)) & (SLOTS - 1)) * WORDS;
    int second = first ^ WORDS;
    int bucket = first;
    if (buckets[first] != key) {
      boolean takesSecond =
          buckets[second] == key || buckets[second + FILLED_AT] < buckets[first + FILLED_AT];
      bucket = takesSecond ? second : first;
    }
    long full = (long) ratePerSecond * BURST_SECONDS * MILLIS;
    if (buckets[bucket] == key) {
      long elapsed = Math.clamp(nowMillis - buckets[bucket + FILLED_AT], 0, BURST_SECONDS * MILLIS);
      buckets[bucket + LEFT] = Math.min(full, buckets[bucket + LEFT] + elapsed * ratePerSecond);
    } else {
      buckets[bucket] = key;
      buckets[bucket + LEFT] = full;
    }
    buckets[bucket + FILLED_AT] = nowMillis;
    return bucket;
  }
}
