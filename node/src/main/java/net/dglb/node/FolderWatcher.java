package net.dglb.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;

/**
 * Watches the files of a folder by their content, as {@link FileWatcher} does, and tells of those
 * that are there at the start, come later, change, or vanish. A folder that cannot be read tells
 * nothing: what was in it counts on.
 */
public final class FolderWatcher {

  private final Path folder;
  private final String suffix;
  private final int most;
  private final SortedMap<Path, WatchedFile> watched = new TreeMap<>();
  private volatile String problem = "";

  /**
   * For the files of a folder itself, not of folders in it.
   *
   * @param suffix of the names that count
   * @param most how many files are watched, the first by name
   */
  public FolderWatcher(Path folder, String suffix, int most) {
    this.folder = folder;
    this.suffix = suffix;
    this.most = most;
  }

  /**
   * Looks every so often.
   *
   * @param changed is told on the timeline which files are new, different or gone
   * @return ends the watching
   */
  public Cancellable watch(Timeline timeline, Duration period, Consumer<Set<Path>> changed) {
    return timeline.every(Duration.ZERO, period, () -> look(changed));
  }

  /** Why the folder cannot be watched as it is; empty if it can. Any thread. */
  public String problem() {
    return problem;
  }

  private void look(Consumer<Set<Path>> changed) {
    List<Path> now;
    try {
      now = list();
    } catch (IOException | UncheckedIOException e) {
      problem = folder + ": cannot be read (expected: a folder to read)";
      return;
    }
    Set<Path> different = new TreeSet<>();
    now.forEach(path -> watched.computeIfAbsent(path, WatchedFile::untold));
    for (WatchedFile file : List.copyOf(watched.values())) {
      if (file.hasChanged()) {
        different.add(file.path());
        if (!now.contains(file.path())) {
          watched.remove(file.path());
        }
      }
    }
    if (!different.isEmpty()) {
      changed.accept(different);
    }
  }

  private List<Path> list() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(path -> path.getFileName().toString().endsWith(suffix))
          .sorted()
          .limit(most + 1L)
          .forEach(found::add);
    }
    boolean tooMany = found.size() > most;
    problem = tooMany ? folder + ": more than " + most + " files, the others are not read" : "";
    return tooMany ? found.subList(0, most) : found;
  }
}
