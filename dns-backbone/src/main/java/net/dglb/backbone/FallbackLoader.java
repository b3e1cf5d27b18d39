package net.dglb.backbone;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import net.dglb.backbone.index.FallbackFileException;
import net.dglb.backbone.index.FallbackFiles;
import net.dglb.backbone.index.FallbackTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the fallback files into use, at the start and whenever they change. Reads them on the
 * caller's thread, which is not the control thread: they may be large.
 */
final class FallbackLoader {

  private static final Logger LOG = LoggerFactory.getLogger(FallbackLoader.class);

  private final BackboneSettings.Fallback files;
  private final ControlPlane plane;
  private final Executor control;

  /** What is read is given to the plane on its control thread. */
  FallbackLoader(BackboneSettings.Fallback files, ControlPlane plane, Executor control) {
    this.files = files;
    this.plane = plane;
    this.control = control;
  }

  /** The files to watch. */
  List<Path> files() {
    return Stream.of(files.computedMap(), files.locations()).flatMap(Optional::stream).toList();
  }

  /** Loads those of the files that changed; all of them if none is named. */
  void load(Set<Path> changed) {
    files
        .computedMap()
        .filter(file -> changed.isEmpty() || changed.contains(file))
        .ifPresent(file ->
            load(() -> {
              FallbackTable table = FallbackFiles.computedMap(file);
              control.execute(() -> plane.computedMap(table));
            }));
    files
        .locations()
        .filter(file -> changed.isEmpty() || changed.contains(file))
        .ifPresent(file ->
            load(() -> {
              FallbackTable table = FallbackFiles.locations(file);
              control.execute(() -> plane.locations(table));
            }));
  }

  private interface Load {
    void run() throws FallbackFileException;
  }

  private static void load(Load load) {
    try {
      load.run();
    } catch (FallbackFileException e) {
      LOG.error("{}; what was read before stays in use", e.getMessage());
    }
  }
}
