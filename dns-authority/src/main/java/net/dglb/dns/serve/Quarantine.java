package net.dglb.dns.serve;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Fingerprints of questions that raised an exception, shared by all workers: a poisonous one is
 * stopped before it reaches the zones a second time. Bounded, without locks; each entry is
 * forgotten after a while, since what it stumbled over may be mended by then.
 */
final class Quarantine {

  private static final int SLOTS = 1024;
  private static final long MILLIS = 60_000;

  private final AtomicLongArray fingerprints = new AtomicLongArray(SLOTS);

  /** In the past for an empty slot. */
  private final AtomicLongArray untilMillis = new AtomicLongArray(SLOTS);

  private final AtomicLong quietUntilMillis = new AtomicLong(Long.MIN_VALUE);

  /** Whether there ever was an entry: so long, a look costs one read. */
  private volatile boolean used;

  /**
   * Puts a question in. Another one with the same slot is forgotten.
   *
   * @return whether it is worth a line in the log
   */
  boolean add(long fingerprint, long nowMillis) {
    int slot = slot(fingerprint);
    untilMillis.set(slot, nowMillis + MILLIS);
    fingerprints.set(slot, fingerprint);
    used = true;
    return isWorthTelling(nowMillis);
  }

  /** Whether a failure is worth a line in the log: one is within a minute, whatever comes. */
  boolean isWorthTelling(long nowMillis) {
    long quietUntil = quietUntilMillis.get();
    return nowMillis >= quietUntil
        && quietUntilMillis.compareAndSet(quietUntil, nowMillis + MILLIS);
  }

  /** Whether there may be an entry for anything. */
  boolean isUsed() {
    return used;
  }

  /** Whether a question is in and its time is not over. */
  boolean holds(long fingerprint, long nowMillis) {
    int slot = slot(fingerprint);
    return fingerprints.getOpaque(slot) == fingerprint
        && untilMillis.getOpaque(slot) - nowMillis > 0;
  }

  private static int slot(long fingerprint) {
    return (int) (fingerprint ^ (fingerprint >>> 32)) & (SLOTS - 1);
  }
}
