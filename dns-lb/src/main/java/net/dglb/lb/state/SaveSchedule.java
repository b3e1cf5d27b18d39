package net.dglb.lb.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.dglb.time.GatheredTask;
import net.dglb.time.Timeline;

/**
 * Saves what changed a little after it changed, so that a burst of changes is written once. Used on
 * the control thread only.
 */
public final class SaveSchedule {

  private final GatheredTask saving;
  private final Runnable commit;
  private final List<Runnable> savers = new ArrayList<>();

  /**
   * Starts with nothing to save.
   *
   * @param delay from the first change to its being on disk
   * @param commit makes what the savers wrote durable
   */
  public SaveSchedule(Timeline timeline, Duration delay, Runnable commit) {
    this.commit = commit;
    saving = new GatheredTask(this::save, delay, timeline);
  }

  /** Adds a part's way to write itself. */
  public void add(Runnable saver) {
    savers.add(saver);
  }

  /** Something worth keeping changed. */
  public void changed() {
    saving.soon();
  }

  /** Saves at once, for example at an orderly stop. */
  public void saveNow() {
    saving.now();
  }

  private void save() {
    savers.forEach(Runnable::run);
    commit.run();
  }
}
