package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.dglb.identity.NodeRole;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateStoreTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-06-01T12:30:00Z"));

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("deep/state.mv");
  }

  @Test
  void keepsItsMapsOverARestart() {
    try (StateStore store = StateStore.open(file)) {
      store.map("estimates").put("a", octets("1"));
      store.map("services").put("a", octets("2"));
      store.commit();
    }
    try (StateStore store = StateStore.open(file)) {
      assertThat(store.map("estimates").get("a")).isEqualTo(octets("1"));
      assertThat(store.map("services").get("a")).isEqualTo(octets("2"));
    }
  }

  @Test
  void hasOnDiskWhatWasCommittedWhenTheProcessDies() throws Exception {
    try (StateStore store = StateStore.open(file)) {
      store.map("m").put("kept", octets("1"));
      store.commit();
      store.map("m").put("lost", octets("2"));
      Path copy = folder.resolve("copy.mv"); // what a crash at this moment would leave
      Files.copy(file, copy);
      try (StateStore after = StateStore.open(copy)) {
        assertThat(after.map("m").keySet()).containsExactly("kept");
      }
    }
  }

  @Test
  void itsFileStaysSmallHoweverOftenItIsCommitted() throws Exception {
    int entries = 200;
    try (StateStore store = StateStore.open(file)) {
      for (int i = 0; i < 3000; i++) {
        store.map("zones").put("zone" + i % entries, new byte[600]);
        store.map("zones").put("#index", octets("commit " + i));
        store.commit();
      }
      assertThat(Files.size(file)).as("octets of 120 kB in 3000 commits").isLessThan(4 << 20);
    }
    try (StateStore store = StateStore.open(file)) {
      assertThat(store.map("zones")).hasSize(entries + 1);
      assertThat(store.map("zones").get("#index")).isEqualTo(octets("commit 2999"));
    }
  }

  @Test
  void removesDurably() {
    try (StateStore store = StateStore.open(file)) {
      store.map("m").put("a", octets("1"));
      store.commit();
      store.map("m").remove("a");
      store.commit();
    }
    try (StateStore store = StateStore.open(file)) {
      assertThat(store.map("m")).isEmpty();
    }
  }

  @Test
  void setsADamagedFileAsideAndStartsEmpty() throws Exception {
    Files.createDirectories(file.getParent());
    byte[] rubbish = octets("this is no store, but somebody's text".repeat(300));
    Files.write(file, rubbish);
    try (StateStore store = StateStore.open(file, CLOCK)) {
      assertThat(store.map("m")).isEmpty();
      store.map("m").put("a", octets("1"));
      store.commit();
    }
    assertThat(file.resolveSibling("state.mv.damaged-20260601T123000Z")).hasBinaryContent(rubbish);
    try (StateStore store = StateStore.open(file)) {
      assertThat(store.map("m")).containsKey("a");
    }
  }

  @Test
  void setsAStoreWithOverwrittenPagesAside() throws Exception {
    try (StateStore store = StateStore.open(file)) {
      Map<String, byte[]> map = store.map("m");
      for (int i = 0; i < 1000; i++) {
        map.put("key-" + i, octets("value".repeat(50)));
      }
      store.commit();
    }
    byte[] whole = Files.readAllBytes(file);
    int pages = 3 * 4096; // two headers and the first chunk's head stay as they were
    Arrays.fill(whole, pages, whole.length - 4096, (byte) 0x5a);
    Files.write(file, whole);
    try (StateStore store = StateStore.open(file, CLOCK)) {
      assertThat(store.map("m")).isEmpty();
    }
    assertThat(file.resolveSibling("state.mv.damaged-20260601T123000Z")).hasBinaryContent(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 4096, 5000})
  void setsAStoreThatWasCutShortAside(int octets) throws Exception {
    try (StateStore store = StateStore.open(file)) {
      store.map("m").put("a", octets("1"));
      store.commit();
    }
    byte[] cut = Arrays.copyOf(Files.readAllBytes(file), octets);
    Files.write(file, cut);
    try (StateStore store = StateStore.open(file, CLOCK)) {
      assertThat(store.map("m")).isEmpty();
    }
    assertThat(file.resolveSibling("state.mv.damaged-20260601T123000Z")).hasBinaryContent(cut);
  }

  @Test
  void whatADiskDidNotTakeIsKeptAndWrittenOnceItDoes() throws Exception {
    try (StateStore store = StateStore.open(file)) {
      store.map("m").put("before", octets("1"));
      store.map("m").put("removed", octets("1"));
      store.commit();
      store.map("m").put("meanwhile", octets("2"));
      store.map("m").remove("removed");
      store.map("new").put("a", octets("3"));

      VirtualTimeline time = new VirtualTimeline(CLOCK.instant());
      store.register(new Metrics(NodeRole.BACKBONE, "b1"), time);
      Thread.currentThread().interrupt(); // which closes the file under the store
      assertThatThrownBy(store::commit)
          .isInstanceOf(StateException.class)
          .hasMessageContaining(file.toString());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.problem()).contains(file.toString());
      assertThat(store.map("m")).containsOnlyKeys("before", "meanwhile");

      time.advance(Duration.ofSeconds(1));
      assertThat(store.problem()).as("tried again by itself").isEmpty();
    }
    try (StateStore store = StateStore.open(file)) {
      assertThat(store.map("m")).containsOnlyKeys("before", "meanwhile");
      assertThat(store.map("new")).containsOnlyKeys("a");
    }
  }

  @Test
  void refusesAFileThatIsOpenElsewhere() throws Exception {
    StateStore.open(file).close();
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThatThrownBy(() -> StateStore.open(file))
          .isInstanceOf(StateException.class)
          .hasMessage(file + ": open in another process (expected: one node per state folder)");
    }
    assertThat(folder.resolve("deep")).isDirectoryNotContaining("glob:**damaged**");
  }

  @Test
  void othersCanNeitherReadItsFilesNorEnterItsFolders(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("var/state/node.mv");
    StateStore.open(file).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (Path made : List.of(file.getParent(), folder.resolve("var"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .as("mode of %s", made)
          .isEqualTo("rwx------");
    }
  }

  @Test
  void saysWhenTheFolderCannotBeMade() throws Exception {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file, no folder");
    assertThatThrownBy(() -> StateStore.open(blocked.resolve("state.mv")))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("the folder cannot be made");
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
