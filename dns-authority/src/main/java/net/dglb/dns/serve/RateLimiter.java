package net.dglb.dns.serve;

import java.util.Arrays;

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
  private static final int MILLIS = 1000;

  /** A bucket holds what is allowed in this time. */
  private static final int BURST_SECONDS = 1;

  private final int ratePerSecond;
  private final int slip;
  private final long[] keys = new long[SLOTS];
  private final long[] filledAtMillis = new long[SLOTS];

  /** In thousandths of an answer. */
  private final long[] tokens = new long[SLOTS];

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
    Arrays.fill(filledAtMillis, Long.MIN_VALUE / 2);
  }

  /** Takes one answer out of a bucket. */
  Verdict take(long key, long nowMillis) {
    int slot = slotOf(key, nowMillis);
    long left = tokens[slot];
    if (left >= MILLIS) {
      tokens[slot] = left - MILLIS;
      return Verdict.SEND;
    }
    if (slip == 0 || ++heldBack % slip != 0) {
      return Verdict.DROP;
    }
    return Verdict.TRUNCATE;
  }

  /** Finds a bucket and fills it up; of two places the one that was idle for longer is given up. */
  private int slotOf(long key, long nowMillis) {
    int first = (int) (key ^ (key >>> 32)) & (SLOTS - 1);
    int second = first ^ 1;
    int slot = first;
    if (keys[first] != key) {
      slot = keys[second] == key || filledAtMillis[second] < filledAtMillis[first] ? second : first;
    }
    long full = (long) ratePerSecond * BURST_SECONDS * MILLIS;
    if (keys[slot] == key) {
      long elapsed = Math.clamp(nowMillis - filledAtMillis[slot], 0, BURST_SECONDS * MILLIS);
      tokens[slot] = Math.min(full, tokens[slot] + elapsed * ratePerSecond);
    } else {
      keys[slot] = key;
      tokens[slot] = full;
    }
    filledAtMillis[slot] = nowMillis;
    return slot;
  }
}
