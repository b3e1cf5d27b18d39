package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
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
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Registrations while backbone nodes are killed, over and over: none acknowledged is lost. {@code
 * ./dglb test -Ddglb.registrations=1000} makes more of them.
 */
class RegistrationsSurviveIT {

  private static final int REGISTRATIONS = Integer.getInteger("dglb.registrations", 200);
  private static final int RACES = 20;
  private static final int CLIENTS = 6;
  private static final long SEED = 20_261_120;

  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final AtomicInteger notConfirmed = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger kills = new AtomicInteger();

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
      int races = race(nodes);

      agreed(nodes);
      BackboneProcesses.IDS.forEach(nodes::kill);
      nodes.launch("b2");
      nodes.awaitReady("b2");
      assertAloneServesEverythingAndTakesNothing(nodes, "b2");
      nodes.launch("b1");
      nodes.launch("b3");
      Map<String, Long> first = agreed(nodes);
      System.out.printf(
          "%d registrations acknowledged in %d s while nodes were killed %d times:"
              + " %d calls not confirmed, %d not answered, all asked again;"
              + " %d races for a zone, one winner each;"
              + " after the death of all, %d zones on all nodes, 0 lost, 0 half applied%n",
          acknowledged.size(),
          time.toSeconds(),
          kills.get(),
          notConfirmed.get(),
          unanswered.get(),
          races,
          first.size());
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
                acknowledged.put(origin(n), register(nodes, random, n));
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
  }

  /** One node at a time, so that there is a majority again and again; each comes back. */
  private void killAndRestart(BackboneProcesses nodes, AtomicBoolean done) {
    Random random = new Random(SEED);
    while (!done.get()) {
      String victim = BackboneProcesses.IDS.get(random.nextInt(BackboneProcesses.IDS.size()));
      nodes.kill(victim);
      kills.incrementAndGet();
      nodes.launch(victim);
      nodes.awaitReady(victim);
    }
  }

  private long register(BackboneProcesses nodes, Random random, int number) {
    while (true) {
      String node = BackboneProcesses.IDS.get(random.nextInt(BackboneProcesses.IDS.size()));
      Optional<Reply> reply = nodes.register(node, origin(number), "e" + number, number);
      if (reply.isEmpty()) {
        unanswered.incrementAndGet();
      } else if (reply.get().status() == 200) {
        return reply.get().tree().getLong("version");
      } else {
        assertThat(reply.get().status()).as(reply.get().tree().encode()).isEqualTo(503);
        notConfirmed.incrementAndGet();
      }
    }
  }

  /** Two enterprises at two nodes want the same zone at the same moment. */
  private static int race(BackboneProcesses nodes) throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RACES; i++) {
        String origin = "race%d.test".formatted(i);
        int number = i;
        Future<Integer> one = pool.submit(() -> settled(nodes, "b1", origin, "left", number));
        Future<Integer> two = pool.submit(() -> settled(nodes, "b3", origin, "right", number));
        List<Integer> statuses = new ArrayList<>(List.of(one.get(), two.get()));
        Collections.sort(statuses);
        assertThat(statuses).as(origin).containsExactly(200, 409);
      }
    }
    return RACES;
  }

  private static int settled(
      BackboneProcesses nodes, String node, String origin, String enterprise, int number) {
    while (true) {
      int status = nodes.register(node, origin, enterprise, number).orElseThrow().status();
      if (status != 503) {
        return status;
      }
    }
  }

  private void assertAloneServesEverythingAndTakesNothing(BackboneProcesses nodes, String id)
      throws IOException {
    Map<String, Long> served = nodes.zones(id);
    acknowledged.forEach((origin, version) ->
        assertThat(served)
            .as("%s alone, after the death of all, from its own disk; it had caught up before", id)
            .containsEntry(origin, version));
    SimpleResolver resolver = new SimpleResolver(nodes.dns(id));
    resolver.setPort(nodes.dnsPort());
    for (int n = 0; n < REGISTRATIONS; n += 50) {
      Name name = Name.fromString(origin(n), Name.root);
      Message answer = resolver.send(Message.newQuery(Record.newRecord(name, Type.SOA, DClass.IN)));
      assertThat(answer.getSection(Section.ANSWER)).as("SOA of %s", name).hasSize(1);
    }
    Reply refused = nodes.register(id, "alone.test", "e", 0).orElseThrow();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.tree().getString("detail"))
        .contains("not confirmed by a majority of the backbone nodes");
  }

  private Map<String, Long> agreed(BackboneProcesses nodes) {
    BackboneProcesses.IDS.forEach(nodes::awaitReady);
    Awaitility.await("the same zones on all nodes")
        .atMost(Duration.ofMinutes(4))
        .untilAsserted(() -> {
          Map<String, Long> first = nodes.zones("b1");
          assertThat(first).containsAllEntriesOf(acknowledged);
          assertThat(nodes.zones("b2")).isEqualTo(first);
          assertThat(nodes.zones("b3")).isEqualTo(first);
        });
    for (int n = 0; n < REGISTRATIONS; n += 10) {
      Reply shown = nodes.call("b3", "GET", "/zones/" + origin(n), Optional.empty()).orElseThrow();
      assertThat(shown.tree().getString("document"))
          .as("whole, as it was sent")
          .contains("192.0.%d.%d".formatted(n / 250, n % 250 + 1));
    }
    return nodes.zones("b1");
  }

  private static String origin(int number) {
    return "z%d.example".formatted(number);
  }
}
