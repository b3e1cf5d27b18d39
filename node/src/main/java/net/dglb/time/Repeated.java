package net.dglb.time;

import java.time.Duration;

/** A task that is run again and again, in a period that may change. Belongs to the timeline. */
public final class Repeated {

  private final Timeline timeline;
  private final Runnable task;
  private Cancellable running = () -> {};

  /** Runs nothing before {@link #every}. */
  public Repeated(Timeline timeline, Runnable task) {
    this.timeline = timeline;
    this.task = task;
  }

  /** Runs the task in this period from now on, first after one period. */
  public void every(Duration period) {
    running.cancel();
    running = timeline.every(period, period, task);
  }
}
