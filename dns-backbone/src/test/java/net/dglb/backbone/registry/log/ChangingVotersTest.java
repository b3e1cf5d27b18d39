package net.dglb.backbone.registry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.dglb.backbone.OwnEndpoint;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are let into a running log and removed from it, over real sockets on loopback. */
class ChangingVotersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final List<RatisLog> open = new ArrayList<>();
  private final Map<String, NodeIdentity> identities = new HashMap<>();
  private final Map<String, Ledger> ledgers = new HashMap<>();
  private final Map<String, Endpoint> endpoints = new HashMap<>();

  ChangingVotersTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    NetworkAuthority network =
        NetworkAuthority.create(folder.resolve("pki"), "test", Duration.ofDays(1), Instant.now());
    for (String id : List.of("b1", "b2", "b3", "b4")) {
      endpoints.put(id, OwnEndpoint.next());
      PeerIdentity peer = new PeerIdentity(NodeRole.BACKBONE, id);
      Instant now = Instant.now();
      identities.put(
          id,
          NodeIdentity.load(
              network.issue(peer, List.of(), Duration.ofDays(1), now, folder.resolve("pki")), now));
    }
  }

  @AfterEach
  void stop() {
    LogNodes.closeAll(open);
  }

  @Test
  void oneNodeBecomesThreeAndItsFounderLeaves() throws Exception {
    RatisLog embedded =
        start(LogSettings.alone("b1", endpoint("b1"), folder.resolve("b1"), PATIENCE));
    submit(embedded, "one");
    assertThatThrownBy(() -> done(embedded.add("b2", endpoint("b2"))))
        .hasMessageContaining("this node decides alone and no other can reach it");
    embedded.close();

    RatisLog b1 = start(settings("b1", false));
    RatisLog b2 = start(settings("b2", true));
    RatisLog b3 = start(settings("b3", true));
    assertThat(b2.status().problem()).contains("it waits to be let in").contains("add b2");
    assertThatThrownBy(() -> submit(b2, "too early")).hasMessageContaining("waits to be let in");

    done(b1.add("b2", endpoint("b2")));
    done(b2.add("b3", endpoint("b3")));
    submit(b3, "two");
    awaitLines("b2", "one", "two");
    awaitLines("b3", "one", "two");
    assertThat(voters(b3)).containsExactly("b1", "b2", "b3");
    assertThat(b3.status().voters())
        .extracting(LogStatus.Voter::address)
        .containsExactly(
            endpoint("b1").toString(), endpoint("b2").toString(), endpoint("b3").toString());
    assertThatThrownBy(() -> done(b2.add("b3", endpoint("b3"))))
        .hasMessageContaining("b3 votes already");

    done(b2.remove("b1"));
    submit(b3, "three");
    awaitLines("b2", "one", "two", "three");
    awaitProblem(b1, "b1 was removed from the registry, in which [b2, b3] decide");
    assertThatThrownBy(() -> submit(b1, "late")).hasMessageContaining("b1 was removed");

    await().atMost(PATIENCE).until(() -> b1.status().reopenings() == 1);
    awaitProblem(b1, "b1 was removed from the registry, in which [b2, b3] decide");
    done(b3.add("b1", endpoint("b1")));
    submit(b1, "four");
    awaitLines("b1", "one", "two", "three", "four");
    assertThat(b1.status().reopenings()).as("a log that was removed does not end again").isOne();

    b1.remove("b1").get(PATIENCE.toSeconds(), TimeUnit.SECONDS); // asked at the one that leaves
    awaitProblem(b1, "b1 was removed from the registry, in which [b2, b3] decide");
    submit(b3, "five");
  }

  @Test
  void aLeaderIsRemovedAlthoughTheFirstOfTheOthersIsDead() throws Exception {
    RatisLog b1 = start(settings("b1", false));
    submit(b1, "one");
    RatisLog b2 = start(settings("b2", true));
    RatisLog b3 = start(settings("b3", true));
    start(settings("b4", true));
    for (String id : List.of("b2", "b3", "b4")) {
      done(b1.add(id, endpoint(id)));
    }
    b2.close();
    done(b3.remove("b1"));
    submit(b3, "two");
    awaitLines("b4", "one", "two");
    assertThat(voters(b3)).containsExactly("b2", "b3", "b4");
  }

  @Test
  void aNewNodeTakesTheSnapshotAndCountsAgainAfterARestart() throws Exception {
    RatisLog b1 = start(settings("b1", false));
    String[] all = new String[1200];
    List<CompletableFuture<ConsensusLog.Accepted>> submitted = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      all[i] = "command " + i;
      submitted.add(b1.submit(ByteString.copyFromUtf8(all[i])));
      if (i % 100 == 99) {
        submitted.getLast().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
    RatisLog b2 = start(settings("b2", true));
    done(b1.add("b2", endpoint("b2")));
    awaitLines("b2", ledger("b1").lines().toArray(String[]::new));

    b2.close();
    RatisLog again = start(settings("b2", true));
    submit(again, "after its restart");
    assertThat(voters(again)).containsExactly("b1", "b2");
  }

  @Test
  void aNodeThatDoesNotAnswerIsNotLetIn() throws Exception {
    RatisLog b1 = start(settings("b1", false));
    submit(b1, "one");
    assertThatThrownBy(() -> done(b1.add("b2", endpoint("b2"))))
        .hasMessageContaining("the new node does not answer")
        .hasMessageContaining("nothing was changed");
    submit(b1, "two");
    assertThat(voters(b1)).containsExactly("b1");
    assertThatThrownBy(() -> done(b1.remove("b1"))).hasMessageContaining("the last node that");
    assertThatThrownBy(() -> done(b1.remove("b3"))).hasMessageContaining("b3 does not vote");
  }

  private LogSettings settings(String id, boolean join) {
    Map<String, Endpoint> voters = join ? Map.of() : Map.of(id, endpoint(id));
    return new LogSettings(
        id,
        folder.resolve(id),
        Optional.of(endpoint(id)),
        new TreeMap<>(voters),
        join,
        Duration.ofSeconds(8),
        Duration.ofMillis(300));
  }

  private RatisLog start(LogSettings settings) {
    String id = settings.self();
    Ledger ledger = new Ledger();
    ledgers.put(id, ledger);
    RatisLog log = new RatisLog(settings, Objects.requireNonNull(identities.get(id), id), ledger);
    open.add(log);
    log.start();
    return log;
  }

  private Endpoint endpoint(String id) {
    return Objects.requireNonNull(endpoints.get(id), id);
  }

  private Ledger ledger(String id) {
    return Objects.requireNonNull(ledgers.get(id), id);
  }

  private void awaitLines(String id, String... lines) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledger(id).lines()).containsExactly(lines));
  }

  private static void awaitProblem(RatisLog log, String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.status().problem()).contains(text));
  }

  private static List<String> voters(RatisLog log) {
    return log.status().voters().stream().map(LogStatus.Voter::id).toList();
  }

  private static void submit(RatisLog log, String command) throws Exception {
    log.submit(ByteString.copyFromUtf8(command)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void done(CompletableFuture<Void> change) throws Exception {
    change.get(70, TimeUnit.SECONDS);
  }
}
