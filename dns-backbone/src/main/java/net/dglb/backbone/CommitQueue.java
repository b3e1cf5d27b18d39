package net.dglb.backbone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes durable, many at once: what waits for the disk is told after one commit for all.
 * Lives on the control thread.
 */
final class CommitQueue {

  private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);
  private static final Duration GATHER = Duration.ofMillis(10);

  private final Runnable commit;
  private final Timeline timeline;
  private List<Runnable> waiting = new ArrayList<>();
  private boolean failing;

  /** Commits with this. */
  CommitQueue(Runnable commit, Timeline timeline) {
    this.commit = commit;
    this.timeline = timeline;
  }

  /** Runs a task once everything done so far is on disk; never if the disk does not take it now. */
  void afterCommit(Runnable task) {
    waiting.add(task);
    if (waiting.size() == 1) {
      timeline.after(GATHER, this::commitAll);
    }
  }

  private void commitAll() {
    List<Runnable> now = waiting;
    waiting = new ArrayList<>();
    try {
      commit.run();
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.error("the journal cannot be written; nothing is acknowledged: {}", e.getMessage());
      }
      failing = true;
      return;
    }
    failing = false;
    now.forEach(Runnable::run);
  }
}
