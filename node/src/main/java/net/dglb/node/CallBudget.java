package net.dglb.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many calls each caller may still make: so many per second on average, and ten seconds' worth
 * at once after quiet ones. Remembers a bounded number of callers, those of the last calls. For any
 * thread.
 */
final class CallBudget {

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int CALLERS = 1_000;

  private final long nanosEach;
  private final LongSupplier nanoTime;

  /** When all that a caller took so far would be paid for, at one call per {@link #nanosEach}. */
  private final Map<String, Long> paidAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        @java.io.Serial private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > CALLERS;
        }
      };

  /**
   * Begins with a full budget for everybody.
   *
   * @param perSecond 1 to 1,000,000
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  CallBudget(int perSecond, LongSupplier nanoTime) {
    this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes one call of this caller.
   *
   * @return 0 if it was left, else the seconds after which there is one again, at least 1
   */
  synchronized long take(String caller) {
    long now = nanoTime.getAsLong();
    long before = paidAt.getOrDefault(caller, now);
    long next = (before - now < 0 ? now : before) + nanosEach;
    long over = next - now - WINDOW_NANOS;
    if (over > 0) {
      return 1 + over / TimeUnit.SECONDS.toNanos(1);
    }
    paidAt.put(caller, next);
    return 0;
  }
}
