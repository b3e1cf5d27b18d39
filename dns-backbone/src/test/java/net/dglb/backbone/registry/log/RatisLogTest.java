package net.dglb.backbone.registry.log;

import static net.dglb.backbone.registry.log.LogNodes.PATIENCE;
import static net.dglb.backbone.registry.log.LogNodes.outcome;
import static net.dglb.backbone.registry.log.LogNodes.voters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log over real sockets on loopback, with the network's certificates. */
class RatisLogTest {

  private final LogNodes nodes;

  RatisLogTest(@TempDir Path folder) throws Exception {
    nodes = new LogNodes(folder);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void aNodeAloneDecidesAtOnceAndHasEverythingAfterARestart() throws Exception {
    RatisLog log = nodes.alone("b1");
    assertThat(outcome(log, "one")).isEqualTo("1");
    assertThat(outcome(log, "two")).isEqualTo("2");
    assertThat(log.status().leader()).isEqualTo("b1");
    log.close();

    RatisLog again = nodes.alone("b1");
    assertThat(outcome(again, "three")).isEqualTo("3");
    assertThat(nodes.ledger("b1").lines()).containsExactly("one", "two", "three");
  }

  @Test
  void aSnapshotAndWhatCameAfterItAreReadBack() throws Exception {
    RatisLog log = nodes.alone("b1");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      all.add("command " + i);
      outcome(log, all.getLast());
    }
    assertThat(nodes.files("b1", "snapshot.")).isNotEmpty();
    log.close();

    RatisLog again = nodes.alone("b1");
    outcome(again, "last");
    all.add("last");
    assertThat(nodes.ledger("b1").lines()).containsExactlyElementsOf(all);
  }

  @Test
  void aLogThatEndsByItselfSaysSoAndIsOpenedAgainWithEverything() throws Exception {
    RatisLog log = nodes.alone("b1");
    nodes.ledger("b1").failing = true;
    List<CompletableFuture<ConsensusLog.Accepted>> submitted = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      submitted.add(log.submit(ByteString.copyFromUtf8("command " + i)));
    }
    await().atMost(PATIENCE).until(() -> log.status().problem().contains("ended by itself"));

    assertThat(log.status().reopenings()).isZero();
    nodes.ledger("b1").failing = false;
    await().atMost(PATIENCE).until(() -> log.status().leader().equals("b1"));
    assertThat(log.status().reopenings()).isPositive();

    outcome(log, "last");
    List<String> confirmed = confirmed(submitted); // those still under way are asked again
    assertThat(nodes.ledger("b1").lines())
        .as("every confirmed command, each once")
        .containsAll(confirmed)
        .contains("last")
        .doesNotHaveDuplicates();
  }

  /** What was answered with success; a command asked while the log was closed may not have been. */
  private static List<String> confirmed(List<CompletableFuture<ConsensusLog.Accepted>> submitted)
      throws Exception {
    List<String> confirmed = new ArrayList<>();
    for (int i = 0; i < submitted.size(); i++) {
      try {
        submitted.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        confirmed.add("command " + i);
      } catch (ExecutionException e) {
        assertThat(e).hasRootCauseInstanceOf(LogUnavailableException.class);
      }
    }
    assertThat(confirmed).as("confirmed before the log ended").hasSizeGreaterThan(900);
    return confirmed;
  }

  @Test
  void itsFolderStaysSmallHoweverMuchIsDecided() throws Exception {
    RatisLog log = nodes.alone("b1");
    nodes.ledger("b1").forgetful = true;
    String command = "x".repeat(16 << 10);
    for (int round = 0; round < 40; round++) {
      List<CompletableFuture<ConsensusLog.Accepted>> submitted = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        submitted.add(log.submit(ByteString.copyFromUtf8(command)));
      }
      for (CompletableFuture<ConsensusLog.Accepted> each : submitted) {
        each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(octets()).as("of 64 MiB that were decided").isLessThan(48L << 20));
  }

  private long octets() throws IOException {
    long sum = 0;
    for (Path file : nodes.files("b1", "")) {
      sum += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    return sum;
  }

  @Test
  void whatIsUnderWayWhenTheNodeStopsIsToldSo() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2");
    RatisLog log = nodes.member("b1", "b1", voters);
    CompletableFuture<ConsensusLog.Accepted> waiting = log.submit(ByteString.copyFromUtf8("one"));

    log.close();

    assertThatThrownBy(() -> waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasMessageContaining("the node is stopping");
  }

  @Test
  void threeNodesAgreeGoOnWithTwoAndRefuseWithOne() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2", "b3");
    Map<String, RatisLog> logs = new TreeMap<>();
    for (String id : voters.keySet()) {
      logs.put(id, nodes.member(id, id, voters));
    }
    assertThat(outcome(LogNodes.of(logs, "b1"), "one")).isEqualTo("1");
    assertThat(outcome(LogNodes.of(logs, "b2"), "two")).isEqualTo("2");
    assertThat(outcome(LogNodes.of(logs, "b3"), "three")).isEqualTo("3");
    nodes.awaitLines("b1", "one", "two", "three");
    nodes.awaitLines("b2", "one", "two", "three");
    nodes.awaitLines("b3", "one", "two", "three");

    String leader = LogNodes.of(logs, "b1").status().leader();
    LogNodes.of(logs, leader).close();
    logs.remove(leader);
    RatisLog survivor = logs.values().iterator().next();
    assertThat(outcome(survivor, "four")).isEqualTo("4");

    String other = new ArrayList<>(logs.keySet()).getLast();
    LogNodes.of(logs, other).close();
    logs.remove(other);
    String last = logs.keySet().iterator().next();
    nodes.isImpatient(survivor, last, voters);
    assertThatThrownBy(() -> outcome(survivor, "five"))
        .hasRootCauseInstanceOf(LogUnavailableException.class)
        .hasMessageContaining("not confirmed by a majority");

    nodes.member(leader, leader, voters);
    nodes.isPatient(survivor, last, voters);
    assertThat(outcome(survivor, "six")).isIn("5", "6");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(nodes.ledger(leader).lines()).contains("four", "six"));
  }

  @Test
  void aNodeThatWasAwayForLongGetsEverything() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2", "b3");
    RatisLog first = nodes.member("b1", "b1", voters);
    nodes.member("b2", "b2", voters);
    RatisLog third = nodes.member("b3", "b3", voters);
    outcome(first, "one");
    nodes.awaitLines("b3", "one");
    third.close();
    String[] all = new String[1500];
    all[0] = "one";
    List<CompletableFuture<ConsensusLog.Accepted>> submitted = new ArrayList<>();
    for (int i = 1; i < all.length; i++) {
      all[i] = "command " + i;
      submitted.add(first.submit(ByteString.copyFromUtf8(all[i])));
      if (i % 100 == 0) {
        submitted.getLast().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
    for (CompletableFuture<ConsensusLog.Accepted> each : submitted) {
      each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    RatisLog back = nodes.member("b3", "b3", voters);
    nodes.awaitEveryLine("b3", all);
    back.close();
    nodes.member("b3", "b3", voters);
    nodes.awaitEveryLine("b3", all);
  }

  @Test
  void aNodeOfAnotherRoleIsNotHeard() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2");
    RatisLog log = nodes.member("b1", "b1", voters);
    nodes.member("b2", "lb-1", voters);

    nodes.isImpatient(log, "b1", voters);
    assertThatThrownBy(() -> outcome(log, "one"))
        .as("the second voter shows the certificate of a load balancer")
        .hasRootCauseInstanceOf(LogUnavailableException.class);
  }
}
