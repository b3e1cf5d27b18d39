package net.dglb.authority;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dglb.node.FileWatcher;
import net.dglb.time.Cancellable;

/**
 * Everything that the node publishes is read from files: master files with all that they include,
 * and registration documents. Each is read again when it changes. Watching begins before reading,
 * so that no change falls between the two. Belongs to the control thread.
 */
final class SourceFiles {

  private final FileWatcher watcher;
  private final ServedZones zones;
  private final Registrations registrations;
  private final Runnable zonesChanged;
  private final Runnable registrationsChanged;
  private final Map<ZoneSource, Cancellable> zoneWatches = new LinkedHashMap<>();
  private Cancellable documentWatch = () -> {};

  /**
   * Reads nothing yet.
   *
   * @param zonesChanged is called after a changed master file was read
   * @param registrationsChanged is called when a changed document says something new
   */
  SourceFiles(
      FileWatcher watcher,
      ServedZones zones,
      Registrations registrations,
      Runnable zonesChanged,
      Runnable registrationsChanged) {
    this.watcher = watcher;
    this.zones = zones;
    this.registrations = registrations;
    this.zonesChanged = zonesChanged;
    this.registrationsChanged = registrationsChanged;
  }

  /** Reads these files, and again what changes; others are no longer looked at. */
  void use(List<ZoneSource> sources, List<Path> documents) {
    close();
    documentWatch = watcher.watch(documents, this::documentsChanged);
    registrations.use(documents);
    sources.forEach(this::watch);
    zones.serve(sources, registrations.additions());
  }

  /** Looks at no file any more. */
  void close() {
    documentWatch.cancel();
    zoneWatches.values().forEach(Cancellable::cancel);
    zoneWatches.clear();
  }

  private void documentsChanged(Set<Path> changed) {
    boolean news = false;
    for (Path document : changed) {
      news |= registrations.read(document);
    }
    if (news) {
      registrationsChanged.run();
    }
  }

  private void watch(ZoneSource source) {
    List<Path> files = new ArrayList<>(MasterFiles.mentioned(source.file()));
    Cancellable watch = watcher.watch(files, _ -> zoneChanged(source));
    Cancellable former = zoneWatches.put(source, watch);
    if (former != null) {
      former.cancel();
    }
  }

  /** What it includes may be another set of files now. */
  private void zoneChanged(ZoneSource source) {
    watch(source);
    zones.reread(source);
    zonesChanged.run();
  }
}
