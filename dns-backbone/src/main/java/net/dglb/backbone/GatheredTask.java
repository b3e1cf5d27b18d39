package net.dglb.backbone;

import java.time.Duration;
import net.dglb.time.Timeline;

/** A task that runs once for all who want it within a moment. Lives on the control thread. */
final class GatheredTask {

  private final Runnable task;
  private final Duration moment;
  private final Timeline timeline;
  private boolean due;

  /**
   * Not wanted yet.
   *
   * @param moment from the first wish to the run
   */
  GatheredTask(Runnable task, Duration moment, Timeline timeline) {
    this.task = task;
    this.moment = moment;
    this.timeline = timeline;
  }

  /** Runs a moment later. */
  void soon() {
    if (!due) {
      due = true;
      timeline.after(moment, this::ifDue);
    }
  }

  /** Runs at once; what was wanted till now is done with that. */
  void now() {
    due = false;
    task.run();
  }

  /** Runs something else, before that the task if it is due. */
  void first(Runnable next) {
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
