package net.dglb.backbone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import net.dglb.backbone.index.FallbackFileException;
import net.dglb.backbone.index.FallbackFiles;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.node.FileWatcher;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the fallback files into use, at the start and whenever they change. Reads them on the
 * caller's thread, which is not the control thread: they may be large.
 */
final class FallbackLoader {

  private static final Logger LOG = LoggerFactory.getLogger(FallbackLoader.class);

  private volatile BackboneSettings.Fallback files;
  private final ControlPlane plane;
  private final Timeline reading;
  private final Duration interval;
  private final Executor control;
  private final Map<Path, String> problems = new ConcurrentSkipListMap<>();

  private Cancellable watching = () -> {};

  /**
   * What is read is given to the plane on its control thread.
   *
   * @param reading where files are read: they may be large
   * @param interval how often they are looked at
   */
  FallbackLoader(
      BackboneSettings.Fallback files,
      ControlPlane plane,
      Timeline reading,
      Duration interval,
      Executor control) {
    this.files = files;
    this.reading = reading;
    this.plane = plane;
    this.interval = interval;
    this.control = control;
  }

  /** Loads the files now, and again when they change. */
  void start() {
    load(Set.of());
    reading.execute(this::watch);
  }

  /** Loads other files, and watches these; a table whose file is named no longer is dropped. */
  void use(BackboneSettings.Fallback next) {
    reading.execute(() -> {
      BackboneSettings.Fallback before = files;
      files = next;
      problems.keySet().retainAll(files());
      if (before.computedMap().isPresent() && next.computedMap().isEmpty()) {
        control.execute(() -> plane.computedMap(FallbackTable.empty()));
      }
      if (before.locations().isPresent() && next.locations().isEmpty()) {
        control.execute(() -> plane.locations(FallbackTable.empty()));
      }
      load(Set.of());
      watch();
    });
  }

  private void watch() {
    watching.cancel();
    watching = new FileWatcher(reading, interval).watch(files(), this::load);
  }

  private List<Path> files() {
    return Stream.of(files.computedMap(), files.locations()).flatMap(Optional::stream).toList();
  }

  /** What is wrong with files as they are now; read by any thread. */
  List<String> problems() {
    return List.copyOf(problems.values());
  }

  /** Loads those of the files that changed; all of them if none is named. */
  private void load(Set<Path> changed) {
    files
        .computedMap()
        .filter(file -> changed.isEmpty() || changed.contains(file))
        .ifPresent(file ->
            load(
                file,
                () -> {
                  FallbackTable table = FallbackFiles.computedMap(file);
                  control.execute(() -> plane.computedMap(table));
                }));
    files
        .locations()
        .filter(file -> changed.isEmpty() || changed.contains(file))
        .ifPresent(file ->
            load(
                file,
                () -> {
                  FallbackTable table = FallbackFiles.locations(file);
                  control.execute(() -> plane.locations(table));
                }));
  }

  private interface Load {
    void run() throws FallbackFileException;
  }

  private void load(Path file, Load load) {
    try {
      load.run();
      problems.remove(file);
    } catch (FallbackFileException e) {
      problems.put(file, String.valueOf(e.getMessage()));
      LOG.error("{}; what was read before stays in use", e.getMessage());
    }
  }
}
