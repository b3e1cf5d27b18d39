package net.dglb.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;

/**
 * Watches files by their content. A change is told once the content is another than at the last
 * time and was the same in two looks in a row, so that half-written files pass unseen; renaming
 * over a file, swapping a symbolic link on the way to it, deleting and making it count alike.
 */
public final class FileWatcher {

  private final Timeline timeline;
  private final Duration period;

  /** Looks at files once in a period, on the control thread. */
  public FileWatcher(Timeline timeline, Duration period) {
    this.timeline = timeline;
    this.period = period;
  }

  /**
   * Watches a set of files from their content now on.
   *
   * @param files the files; ones that are missing now count as empty of content
   * @param changed is told on the control thread which of them changed or vanished
   * @return ends the watching
   */
  public Cancellable watch(Collection<Path> files, Consumer<Set<Path>> changed) {
    List<WatchedFile> watched = new ArrayList<>();
    files.stream().distinct().forEach(file -> watched.add(new WatchedFile(file)));
    return timeline.every(period, period, () -> look(watched, changed));
  }

  private static void look(List<WatchedFile> watched, Consumer<Set<Path>> changed) {
    Set<Path> different = new TreeSet<>();
    for (WatchedFile file : watched) {
      if (file.hasChanged()) {
        different.add(file.path());
      }
    }
    if (!different.isEmpty()) {
      changed.accept(different);
    }
  }
}
