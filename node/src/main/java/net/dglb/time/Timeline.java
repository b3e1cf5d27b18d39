package net.dglb.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Clock, scheduler and executor of one node's control plane. All tasks run one after another on one
 * thread, which therefore owns the control plane's state without locks. Every method may be called
 * from any thread.
 */
public interface Timeline extends Executor {

  /** The wall clock, for what leaves the process: expiries, logs. It may be set, back or on. */
  Instant now();

  /** A clock that never goes back, in nanoseconds from an arbitrary origin: for durations. */
  long nanoTime();

  /** The {@link #nanoTime} at the end of a duration that begins now. */
  default long nanoTimeAfter(Duration duration) {
    return nanoTime() + duration.toNanos();
  }

  /** Whether it is that {@link #nanoTime} or later. */
  default boolean isPast(long nanoTime) {
    return nanoTime() - nanoTime >= 0;
  }

  /** Runs a task once after a delay. */
  Cancellable after(Duration delay, Runnable task);

  /**
   * Runs a task first after a delay, then again a period after the end of each run: what a pause of
   * the process or of the thread kept from running is not made up for.
   */
  Cancellable every(Duration first, Duration period, Runnable task);
}
