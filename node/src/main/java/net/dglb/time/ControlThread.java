package net.dglb.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timeline of a running node: the system's clocks and one daemon thread. A task that throws is
 * logged and the thread goes on; after {@link #close} tasks are dropped silently.
 */
public final class ControlThread implements Timeline, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);

  private final ScheduledThreadPoolExecutor executor;

  /** Starts the thread. */
  public ControlThread(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    try {
      executor.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("task dropped: the node is stopping");
    }
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    return schedule(() -> executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public Cancellable every(Duration first, Duration period, Runnable task) {
    return schedule(() ->
        executor.scheduleWithFixedDelay(
            guarded(task), first.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
  }

  private static Cancellable schedule(Supplier<Future<?>> start) {
    try {
      Future<?> future = start.get();
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      LOG.debug("task dropped: the node is stopping");
      return () -> {};
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | StackOverflowError e) {
        LOG.error("a control task failed; the node goes on with its last state", e);
      }
    };
  }

  /** Lets queued tasks end for up to two seconds, then stops the thread. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
