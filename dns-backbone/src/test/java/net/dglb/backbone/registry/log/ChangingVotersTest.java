package net.dglb.backbone.registry.log;

import static net.dglb.backbone.registry.log.LogNodes.PATIENCE;
import static net.dglb.backbone.registry.log.LogNodes.voters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are let into a running log and removed from it, over real sockets on loopback. */
class ChangingVotersTest {

  private final SortedMap<String, Endpoint> endpoints = voters("b1", "b2", "b3", "b4");
  private final LogNodes nodes;

  ChangingVotersTest(@TempDir Path folder) throws Exception {
    nodes = new LogNodes(folder);
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void oneNodeBecomesThreeAndItsFounderLeaves() throws Exception {
    RatisLog embedded = nodes.alone("b1", endpoint("b1"));
    submit(embedded, "one");
    assertThatThrownBy(() -> done(embedded.add("b2", endpoint("b2"))))
        .hasMessageContaining("this node decides alone and no other can reach it");
    embedded.close();

    RatisLog b1 = first("b1");
    RatisLog b2 = nodes.newcomer("b2", endpoint("b2"));
    RatisLog b3 = nodes.newcomer("b3", endpoint("b3"));
    assertThat(b2.status().problem()).contains("it waits to be let in").contains("add b2");
    assertThatThrownBy(() -> submit(b2, "too early")).hasMessageContaining("waits to be let in");

    done(b1.add("b2", endpoint("b2")));
    done(b2.add("b3", endpoint("b3")));
    submit(b3, "two");
    nodes.awaitLines("b2", "one", "two");
    nodes.awaitLines("b3", "one", "two");
    assertThat(voting(b3)).containsExactly("b1", "b2", "b3");
    assertThat(b3.status().voters())
        .extracting(LogStatus.Voter::address)
        .containsExactly(
            endpoint("b1").toString(), endpoint("b2").toString(), endpoint("b3").toString());
    assertThatThrownBy(() -> done(b2.add("b3", endpoint("b3"))))
        .hasMessageContaining("b3 votes already");

    done(b2.remove("b1"));
    submit(b3, "three");
    nodes.awaitLines("b2", "one", "two", "three");
    awaitProblem(b1, "b1 was removed from the registry, in which [b2, b3] decide");
    assertThatThrownBy(() -> submit(b1, "late")).hasMessageContaining("b1 was removed");

    await().atMost(PATIENCE).until(() -> b1.status().reopenings() == 1);
    awaitProblem(b1, "b1 was removed from the registry, in which [b2, b3] decide");
    done(b3.add("b1", endpoint("b1")));
    submit(b1, "four");
    nodes.awaitLines("b1", "one", "two", "three", "four");
    assertThat(b1.status().reopenings()).as("a log that was removed does not end again").isOne();

    b1.remove("b1").get(PATIENCE.toSeconds(), TimeUnit.SECONDS); // asked at the one that leaves
    awaitProblem(b1, "b1 was removed from the registry, in which [b2, b3] decide");
    submit(b3, "five");
  }

  @Test
  void aLeaderIsRemovedAlthoughTheFirstOfTheOthersIsDead() throws Exception {
    RatisLog b1 = first("b1");
    submit(b1, "one");
    RatisLog b2 = nodes.newcomer("b2", endpoint("b2"));
    RatisLog b3 = nodes.newcomer("b3", endpoint("b3"));
    nodes.newcomer("b4", endpoint("b4"));
    for (String id : List.of("b2", "b3", "b4")) {
      done(b1.add(id, endpoint(id)));
    }
    b2.close();
    done(b3.remove("b1"));
    submit(b3, "two");
    nodes.awaitLines("b4", "one", "two");
    assertThat(voting(b3)).containsExactly("b2", "b3", "b4");
  }

  @Test
  void aNewNodeTakesTheSnapshotAndCountsAgainAfterARestart() throws Exception {
    RatisLog b1 = first("b1");
    String[] all = new String[1200];
    List<CompletableFuture<ConsensusLog.Accepted>> submitted = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      all[i] = "command " + i;
      submitted.add(b1.submit(ByteString.copyFromUtf8(all[i])));
      if (i % 100 == 99) {
        submitted.getLast().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
    RatisLog b2 = nodes.newcomer("b2", endpoint("b2"));
    done(b1.add("b2", endpoint("b2")));
    nodes.awaitLines("b2", nodes.ledger("b1").lines().toArray(String[]::new));

    b2.close();
    RatisLog again = nodes.newcomer("b2", endpoint("b2"));
    submit(again, "after its restart");
    assertThat(voting(again)).containsExactly("b1", "b2");
  }

  @Test
  void aNodeThatDoesNotAnswerIsNotLetIn() throws Exception {
    RatisLog b1 = first("b1");
    submit(b1, "one");
    assertThatThrownBy(() -> done(b1.add("b2", endpoint("b2"))))
        .hasMessageContaining("the new node does not answer")
        .hasMessageContaining("nothing was changed");
    submit(b1, "two");
    assertThat(voting(b1)).containsExactly("b1");
    assertThatThrownBy(() -> done(b1.remove("b1"))).hasMessageContaining("the last node that");
    assertThatThrownBy(() -> done(b1.remove("b3"))).hasMessageContaining("b3 does not vote");
  }

  /** The founder, with whom the group begins. */
  private RatisLog first(String id) {
    return nodes.member(id, id, new TreeMap<>(Map.of(id, endpoint(id))));
  }

  private Endpoint endpoint(String id) {
    return LogNodes.of(endpoints, id);
  }

  private static void awaitProblem(RatisLog log, String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.status().problem()).contains(text));
  }

  private static List<String> voting(RatisLog log) {
    return log.status().voters().stream().map(LogStatus.Voter::id).toList();
  }

  private static void submit(RatisLog log, String command) throws Exception {
    log.submit(ByteString.copyFromUtf8(command)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void done(CompletableFuture<Void> change) throws Exception {
    change.get(70, TimeUnit.SECONDS);
  }
}
