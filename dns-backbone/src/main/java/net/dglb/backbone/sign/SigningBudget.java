package net.dglb.backbone.sign;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many signatures may be made: so many per second, and as many at once after a quiet second.
 * For all threads, without a lock.
 */
final class SigningBudget {

  private final long nanosEach;
  private final LongSupplier nanoTime;

  /** When all that was taken so far would be paid for, at one signature per {@link #nanosEach}. */
  private final AtomicLong paidAt;

  /**
   * Begins with a full second's worth.
   *
   * @param perSecond 1 to 1,000,000
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  SigningBudget(int perSecond, LongSupplier nanoTime) {
    this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.nanoTime = nanoTime;
    this.paidAt = new AtomicLong(nanoTime.getAsLong());
  }

  /** Takes one signature, if there is one left. */
  boolean take() {
    long now = nanoTime.getAsLong();
    while (true) {
      long before = paidAt.get();
      long next = (before - now < 0 ? now : before) + nanosEach;
      if (next - now > TimeUnit.SECONDS.toNanos(1)) {
        return false;
      }
      if (paidAt.compareAndSet(before, next)) {
        return true;
      }
    }
  }
}
