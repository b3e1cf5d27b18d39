package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatcherTest {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  @TempDir Path folder;

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final List<Set<Path>> told = new ArrayList<>();

  @Test
  void tellsWhatIsThereWhatComesWhatChangesAndWhatGoes() throws IOException {
    Path first = Files.writeString(folder.resolve("a.conf"), "one");
    Files.writeString(folder.resolve("readme.txt"), "not of this kind");
    watch(10);
    assertThat(told).containsExactly(Set.of(first));

    Path second = Files.writeString(folder.resolve("b.conf"), "tw");
    look();
    Files.writeString(second, "two");
    look();
    assertThat(told).as("half written").hasSize(1);
    look();
    assertThat(told.getLast()).containsExactly(second);

    Files.writeString(first, "one, changed");
    Files.delete(second);
    look();
    look();
    assertThat(told.getLast()).containsExactlyInAnyOrder(first, second);
    look();
    assertThat(told).as("each once").hasSize(3);
  }

  @Test
  void aFolderThatIsMissingTellsNothingUntilItComes() throws IOException {
    Path later = folder.resolve("later");
    FolderWatcher watcher = new FolderWatcher(later, ".conf", 10);
    watcher.watch(timeline, PERIOD, told::add);
    look();
    assertThat(watcher.problem())
        .isEqualTo(later + ": cannot be read (expected: a folder to read)");
    Files.createDirectory(later);
    Path file = Files.writeString(later.resolve("a.conf"), "one");
    look();
    look();
    assertThat(watcher.problem()).isEmpty();
    assertThat(told).containsExactly(Set.of(file));
  }

  @Test
  void noMoreFilesThanAllowedAreRead() throws IOException {
    for (String name : List.of("c.conf", "b.conf", "a.conf")) {
      Files.writeString(folder.resolve(name), name);
    }
    FolderWatcher watcher = watch(2);
    assertThat(told).containsExactly(Set.of(folder.resolve("a.conf"), folder.resolve("b.conf")));
    assertThat(watcher.problem()).contains("more than 2 files");
  }

  private FolderWatcher watch(int most) {
    FolderWatcher watcher = new FolderWatcher(folder, ".conf", most);
    watcher.watch(timeline, PERIOD, told::add);
    look();
    look();
    return watcher;
  }

  private void look() {
    timeline.advance(PERIOD);
  }
}
