package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.it.BackboneProcesses.Reply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Registrations while backbone nodes are killed, one of them or all at once, over and over: none
 * acknowledged is lost or half applied. {@code ./dglb test -Ddglb.registrations=1000} makes more of
 * them.
 */
class RegistrationsSurviveIT {

  private static final int REGISTRATIONS = Integer.getInteger("dglb.registrations", 200);

  /** How many more are acknowledged before nodes are killed again. */
  private static final int BETWEEN_KILLS = 75;

  /** Every so many times, all nodes are killed at once; the first time too. */
  private static final int ALL_EVERY = 3;

  private static final int RACES = 20;
  private static final int CLIENTS = 6;
  private static final long SEED = 20_261_120;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final AcknowledgedZones acknowledged = new AcknowledgedZones();
  private final AtomicInteger notConfirmed = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger killsOfAll = new AtomicInteger();
  private int lost;
  private int halfApplied;

  @Test
  @Timeout(900)
  void noneThatWasAcknowledgedIsLostHoweverOftenNodesAreKilled(@TempDir Path folder)
      throws Exception {
    try (BackboneProcesses nodes = new BackboneProcesses(folder, "127.61.0")) {
      BackboneProcesses.IDS.forEach(nodes::launch);
      BackboneProcesses.IDS.forEach(nodes::awaitReady);
      long start = System.nanoTime();
      registerWhileNodesAreKilled(nodes);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      assertThat(kills).as("kills of one node").hasPositiveValue();
      assertThat(killsOfAll).as("kills of all nodes at once").hasPositiveValue();
      int races = race(nodes);

      agree(nodes);
      BackboneProcesses.IDS.forEach(nodes::kill);
      nodes.launch("b2");
      nodes.awaitReady("b2");
      assertAloneTakesNothing(nodes, "b2");
      compare(nodes, "b2");
      nodes.launch("b1");
      nodes.launch("b3");
      agree(nodes);
      compare(nodes, "b1");
      compare(nodes, "b3");
      System.out.printf(
          "%d registrations acknowledged in %d s while one node was killed %d times and all at"
              + " once %d times: %d calls not confirmed, %d not answered, all asked again;"
              + " %d races for a zone, one winner each; after the death of all, every one of %d"
              + " zones compared at every node: %d lost, %d half applied%n",
          REGISTRATIONS,
          time.toSeconds(),
          kills.get(),
          killsOfAll.get(),
          notConfirmed.get(),
          unanswered.get(),
          races,
          acknowledged.size(),
          lost,
          halfApplied);
    }
  }

  private void registerWhileNodesAreKilled(BackboneProcesses nodes) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(SEED + i);
        clients.add(
            pool.submit(() -> {
              for (int n = next.getAndIncrement(); n < REGISTRATIONS; n = next.getAndIncrement()) {
                register(nodes, random, n);
              }
            }));
      }
      Future<?> killer =
          pool.submit(() -> {
            killAndRestart(nodes, done);
            return null;
          });
      for (Future<?> client : clients) {
        client.get();
      }
      done.set(true);
      killer.get();
    }
    assertThat(acknowledged.size()).isEqualTo(REGISTRATIONS);
  }

  /**
   * One node, so that there is a majority again and again, or all; whoever was killed comes back.
   */
  private void killAndRestart(BackboneProcesses nodes, AtomicBoolean done) {
    Random random = new Random(SEED);
    for (int turn = 0; !done.get(); turn++) {
      int wanted = acknowledged.size() + BETWEEN_KILLS;
      Awaitility.await("registrations go on")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> done.get() || acknowledged.size() >= wanted);
      if (done.get()) {
        return;
      }
      boolean isAll = turn % ALL_EVERY == 0;
      int one = random.nextInt(BackboneProcesses.IDS.size());
      List<String> victims =
          isAll ? BackboneProcesses.IDS : List.of(BackboneProcesses.IDS.get(one));
      nodes.kill(victims);
      (isAll ? killsOfAll : kills).incrementAndGet();
      victims.forEach(nodes::launch);
      victims.forEach(nodes::awaitReady);
    }
  }

  /** Asks one node after the other until one acknowledges. */
  private void register(BackboneProcesses nodes, Random random, int number) {
    String document =
        BackboneProcesses.registration("z%d.example".formatted(number), "e" + number, number);
    Awaitility.await("z%d.example acknowledged".formatted(number))
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> isAcknowledged(nodes, random, document));
  }

  private boolean isAcknowledged(BackboneProcesses nodes, Random random, String document) {
    String node = BackboneProcesses.IDS.get(random.nextInt(BackboneProcesses.IDS.size()));
    Optional<Reply> reply = nodes.register(node, document);
    if (reply.isEmpty()) {
      unanswered.incrementAndGet();
      return false;
    }
    if (reply.get().status() != 200) {
      assertThat(reply.get().status()).as(reply.get().tree().encode()).isEqualTo(503);
      notConfirmed.incrementAndGet();
      return false;
    }
    acknowledged.add(document, reply.get().tree().getLong("version"));
    return true;
  }

  /** Two enterprises at two nodes want the same zone at the same moment. */
  private int race(BackboneProcesses nodes) throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RACES; i++) {
        String origin = "race%d.test".formatted(i);
        String left = BackboneProcesses.registration(origin, "left", i);
        String right = BackboneProcesses.registration(origin, "right", RACES + i);
        Future<Integer> one = pool.submit(() -> settled(nodes, "b1", left));
        Future<Integer> two = pool.submit(() -> settled(nodes, "b3", right));
        List<Integer> statuses = new ArrayList<>(List.of(one.get(), two.get()));
        Collections.sort(statuses);
        assertThat(statuses).as(origin).containsExactly(200, 409);
      }
    }
    return RACES;
  }

  private int settled(BackboneProcesses nodes, String node, String document) {
    while (true) {
      Optional<Reply> reply = nodes.register(node, document);
      int status = reply.map(Reply::status).orElse(503); // not answered is not confirmed
      if (status == 200) {
        acknowledged.add(document, reply.orElseThrow().tree().getLong("version"));
      }
      if (status != 503) {
        return status;
      }
    }
  }

  private static void assertAloneTakesNothing(BackboneProcesses nodes, String id) {
    Reply refused = nodes.register(id, "alone.test", "e", 0).orElseThrow();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.tree().getString("detail"))
        .contains("not confirmed by a majority of the backbone nodes");
  }

  /** Compares everything that was acknowledged with what a node has, and counts. */
  private void compare(BackboneProcesses nodes, String id) throws Exception {
    AcknowledgedZones.Count count = acknowledged.count(nodes, id);
    lost += count.lost();
    halfApplied += count.halfApplied();
    assertThat(count.zones()).isEqualTo(REGISTRATIONS + RACES);
    assertThat(count.lost()).as("lost at %s: %s", id, count.wrong()).isZero();
    assertThat(count.halfApplied()).as("half applied at %s: %s", id, count.wrong()).isZero();
  }

  /** Waits until the nodes have the same zones: one that was killed has caught up. */
  private static void agree(BackboneProcesses nodes) {
    BackboneProcesses.IDS.forEach(nodes::awaitReady);
    Awaitility.await("the same zones on all nodes")
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Map<String, Long> first = nodes.zones("b1");
          assertThat(nodes.zones("b2")).isEqualTo(first);
          assertThat(nodes.zones("b3")).isEqualTo(first);
        });
  }
}
