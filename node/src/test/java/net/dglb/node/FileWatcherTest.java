package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.dglb.time.Cancellable;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatcherTest {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  @TempDir Path folder;

  private final VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
  private final FileWatcher watcher = new FileWatcher(timeline, PERIOD);
  private final List<Set<Path>> told = new ArrayList<>();
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(folder.resolve("a"), "one");
  }

  @Test
  void tellsAChangeOnceItIsStable() throws IOException {
    watch(file);
    Files.writeString(file, "two");
    look();
    assertThat(told).as("half written for all that is known").isEmpty();
    look();
    assertThat(told).containsExactly(Set.of(file));
    look();
    look();
    assertThat(told).as("told once").hasSize(1);
  }

  @Test
  void waitsWhileTheContentGoesOnChanging() throws IOException {
    watch(file);
    for (String part : List.of("t", "tw", "two")) {
      Files.writeString(file, part);
      look();
    }
    assertThat(told).isEmpty();
    look();
    assertThat(told).hasSize(1);
  }

  @Test
  void saysNothingWhenOnlyTheTimeOfTheFileChanges() throws IOException {
    watch(file);
    Files.writeString(file, "one");
    look();
    look();
    assertThat(told).isEmpty();
  }

  @Test
  void saysNothingWhenTheContentComesBackBeforeItWasTold() throws IOException {
    watch(file);
    Files.writeString(file, "two");
    look();
    Files.writeString(file, "one");
    look();
    look();
    assertThat(told).isEmpty();
  }

  @Test
  void seesAFileThatIsRenamedOverTheOld() throws IOException {
    watch(file);
    Path next = Files.writeString(folder.resolve("next"), "two");
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    look();
    look();
    assertThat(told).containsExactly(Set.of(file));
  }

  @Test
  void seesASwappedSymbolicLinkOnTheWay() throws IOException {
    Path first = Files.createDirectory(folder.resolve("..1"));
    Path second = Files.createDirectory(folder.resolve("..2"));
    Files.writeString(first.resolve("tls.crt"), "one");
    Files.writeString(second.resolve("tls.crt"), "two");
    Path current = Files.createSymbolicLink(folder.resolve("..data"), first);
    Path mounted = Files.createSymbolicLink(folder.resolve("tls.crt"), Path.of("..data/tls.crt"));
    watch(mounted);
    Path link = Files.createSymbolicLink(folder.resolve("..tmp"), second);
    Files.move(link, current, StandardCopyOption.REPLACE_EXISTING);
    look();
    look();
    assertThat(told).containsExactly(Set.of(mounted));
  }

  @Test
  void tellsAFileThatVanishesAndOneThatAppears() throws IOException {
    watch(file);
    Files.delete(file);
    look();
    look();
    Files.writeString(file, "one");
    look();
    look();
    assertThat(told).containsExactly(Set.of(file), Set.of(file));
  }

  @Test
  void tellsSeveralChangesTogetherAndByName() throws IOException {
    Path other = Files.writeString(folder.resolve("b"), "one");
    Path same = Files.writeString(folder.resolve("c"), "one");
    watch(file, other, same);
    Files.writeString(file, "two");
    Files.writeString(other, "two");
    look();
    look();
    assertThat(told).containsExactly(Set.of(file, other));
  }

  @Test
  void seesALargeFileChange() throws IOException {
    Path large = Files.write(folder.resolve("large"), new byte[3 << 20]);
    watch(large);
    look();
    byte[] changed = new byte[(3 << 20) + 1];
    Files.write(large, changed);
    look();
    look();
    assertThat(told).containsExactly(Set.of(large));
  }

  @Test
  void endsWhenCalledOff() throws IOException {
    Cancellable watching = watcher.watch(List.of(file), told::add);
    watching.cancel();
    Files.writeString(file, "two");
    look();
    look();
    assertThat(told).isEmpty();
  }

  private void watch(Path... files) {
    watcher.watch(List.of(files), told::add);
  }

  private void look() {
    timeline.advance(PERIOD);
  }
}
