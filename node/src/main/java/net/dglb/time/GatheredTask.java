package net.dglb.time;

import java.time.Duration;

/**
 * A task that runs once for all who want it within a moment. However much there is to do and
 * however often it is wanted, it leaves at least half of the time to others: it waits as long as it
 * took the last time. Lives on the timeline's thread.
 */
public final class GatheredTask {

  private final Runnable task;
  private final Duration moment;
  private final Timeline timeline;
  private Duration took = Duration.ZERO;
  private boolean due;

  /**
   * Not wanted yet.
   *
   * @param moment from the first wish to the run, at least
   */
  public GatheredTask(Runnable task, Duration moment, Timeline timeline) {
    this.task = task;
    this.moment = moment;
    this.timeline = timeline;
  }

  /** Runs a moment later. */
  public void soon() {
    if (!due) {
      due = true;
      timeline.after(took.compareTo(moment) > 0 ? took : moment, this::ifDue);
    }
  }

  /** Runs at once; what was wanted till now is done with that. */
  public void now() {
    due = false;
    long began = timeline.nanoTime();
    try {
      task.run();
    } finally {
      took = Duration.ofNanos(timeline.nanoTime() - began);
    }
  }

  /** Runs something else, before that the task if it is due. */
  public void first(Runnable next) {
    try {
      ifDue();
    } finally {
      next.run();
    }
  }

  private void ifDue() {
    if (due) {
      now();
    }
  }
}
