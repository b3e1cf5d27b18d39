package net.dglb.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A timeline that stands still until {@link #advance} moves it: for replaying decisions in tests
 * and benches. Tasks run on the thread that calls {@code advance} or {@code runDue}, ordered by due
 * time and then by the order in which they were given. Not thread-safe.
 */
public final class VirtualTimeline implements Timeline {

  private static final Comparator<Task> ORDER =
      Comparator.comparingLong((Task task) -> task.dueNanos)
          .thenComparingLong(task -> task.sequence);

  private final Instant start;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>(ORDER);
  private Duration wallClockSet = Duration.ZERO;
  private long nowNanos;
  private long sequence;

  /** Begins at the given moment. */
  public VirtualTimeline(Instant start) {
    this.start = start;
  }

  @Override
  public Instant now() {
    return start.plusNanos(nowNanos).plus(wallClockSet);
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public void execute(Runnable task) {
    add(0, null, task);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    return add(delay.toNanos(), null, task);
  }

  @Override
  public Cancellable every(Duration first, Duration period, Runnable task) {
    return add(first.toNanos(), period, task);
  }

  /** Somebody sets the wall clock, back if negative; no time passes. */
  public void setWallClock(Duration by) {
    wallClockSet = wallClockSet.plus(by);
  }

  /** What runs now takes that long: what falls due meanwhile runs after it. */
  public void spend(Duration time) {
    nowNanos += time.toNanos();
  }

  /** Runs what is due now, including what that work itself schedules for now. */
  public void runDue() {
    advance(Duration.ZERO);
  }

  /** Moves time on, running every task at its own moment. */
  public void advance(Duration by) {
    long end = nowNanos + by.toNanos();
    for (Task next = tasks.peek(); next != null && next.dueNanos <= end; next = tasks.peek()) {
      tasks.remove();
      nowNanos = Math.max(nowNanos, next.dueNanos);
      next.action.run();
      if (next.period != null && !next.cancelled) {
        next.dueNanos += next.period.toNanos();
        tasks.add(next);
      }
    }
    nowNanos = Math.max(nowNanos, end);
  }

  private Cancellable add(long delayNanos, @Nullable Duration period, Runnable action) {
    Task task = new Task(nowNanos + Math.max(0, delayNanos), sequence++, period, action);
    tasks.add(task);
    return () -> {
      task.cancelled = true;
      tasks.remove(task);
    };
  }

  private static final class Task {
    private final long sequence;
    private final @Nullable Duration period;
    private final Runnable action;
    private long dueNanos;
    private boolean cancelled;

    Task(long dueNanos, long sequence, @Nullable Duration period, Runnable action) {
      this.dueNanos = dueNanos;
      this.sequence = sequence;
      this.period = period;
      this.action = action;
    }
  }
}
