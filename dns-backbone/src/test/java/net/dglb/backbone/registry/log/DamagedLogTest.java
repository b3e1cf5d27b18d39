package net.dglb.backbone.registry.log;

import static net.dglb.backbone.registry.log.LogNodes.PATIENCE;
import static net.dglb.backbone.registry.log.LogNodes.outcome;
import static net.dglb.backbone.registry.log.LogNodes.voters;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs whose files a crash or a bad disk left in another state than they were written. */
class DamagedLogTest {

  private final LogNodes nodes;
  private final SortedMap<String, Endpoint> voters = voters("b1", "b2", "b3");

  DamagedLogTest(@TempDir Path folder) throws Exception {
    nodes = new LogNodes(folder);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void aTornLastWriteIsCutOffAndWhatWasConfirmedStays() throws Exception {
    RatisLog log = nodes.alone("b1");
    outcome(log, "one");
    outcome(log, "two");
    log.close();
    Path segment = nodes.files("b1", "log_inprogress").getLast();
    long end = lastOctet(segment);
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(end);
      file.write(new byte[] {90, 1, 2, 3, 4, 5, 6});
    }

    RatisLog again = nodes.alone("b1");
    outcome(again, "three");
    assertThat(nodes.ledger("b1").lines()).containsExactly("one", "two", "three");
  }

  @Test
  void aGarbledLogOfOneNodeIsNotCutShortAndItSaysWhatToDo() throws Exception {
    RatisLog b1 = threeNodesOfWhichB3Stopped();
    Path folder = nodes.folder("b3");
    garble(nodes.files("b3", "log_").getLast());

    RatisLog damaged = nodes.member("b3", "b3", voters);
    assertThat(damaged.status().problem())
        .contains("registry remove b3", "empty " + folder, "join = true", "registry add b3");
    assertThat(outcome(b1, "three")).as("the others go on").isEqualTo("3");

    damaged.close();
    b1.remove("b3").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    empty(folder);
    nodes.newcomer("b3", LogNodes.of(voters, "b3"));
    b1.add("b3", LogNodes.of(voters, "b3")).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    nodes.awaitLines("b3", "one", "two", "three");
  }

  @Test
  void aTornLogOfOneNodeIsCompletedByTheOthers() throws Exception {
    threeNodesOfWhichB3Stopped();
    Path segment = nodes.files("b3", "log_").getLast();
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.setLength(lastOctet(segment) - 6);
    }

    RatisLog again = nodes.member("b3", "b3", voters);
    assertThat(again.status().problem()).isEmpty();
    assertThat(outcome(again, "three")).isEqualTo("3");
    nodes.awaitLines("b3", "one", "two", "three");
  }

  /** All have two lines; gives the first node. */
  private RatisLog threeNodesOfWhichB3Stopped() throws Exception {
    RatisLog b1 = nodes.member("b1", "b1", voters);
    nodes.member("b2", "b2", voters);
    RatisLog b3 = nodes.member("b3", "b3", voters);
    outcome(b1, "one");
    outcome(b3, "two");
    nodes.awaitLines("b3", "one", "two");
    b3.close();
    return b1;
  }

  private static void garble(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    all[(int) lastOctet(file) - 8] ^= 0x55;
    Files.write(file, all);
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static long lastOctet(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int end = all.length;
    while (end > 0 && all[end - 1] == 0) {
      end--;
    }
    return end;
  }
}
