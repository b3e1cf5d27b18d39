package net.dglb.backbone;

import java.time.Duration;
import net.dglb.backbone.duty.Duties;
import net.dglb.time.GatheredTask;
import net.dglb.time.Timeline;

/**
 * Has duties settled some at a time: what there is no time for goes on a moment later, and answers
 * are compiled once all is done. Lives on the control thread.
 */
final class Settling {

  private final Duties duties;
  private final GatheredTask more;
  private final Runnable done;

  /**
   * Nothing is to be settled.
   *
   * @param moment between one time and the next, at least
   * @param done is called when the rest was settled
   */
  Settling(Duties duties, Duration moment, Timeline timeline, Runnable done) {
    this.duties = duties;
    this.done = done;
    more = new GatheredTask(this::settleMore, moment, timeline);
  }

  /** Settles as much as there is time for, and the rest later. */
  void settle() {
    duties.settle();
    if (!duties.isSettled()) {
      more.soon();
    }
  }

  private void settleMore() {
    settle();
    if (duties.isSettled()) {
      done.run();
    }
  }
}
