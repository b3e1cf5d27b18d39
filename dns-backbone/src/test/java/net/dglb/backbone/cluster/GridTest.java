package net.dglb.backbone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.OwnEndpoint;
import net.dglb.backbone.map.Entry;
import net.dglb.backbone.map.EntrySeal;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.map.SharedMap;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.time.ControlThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Backbone nodes that share a map over real Hazelcast members on loopback. */
class GridTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** One node's member, its own thread and its own view of the map. */
  private static final class Member implements AutoCloseable {
    private final ControlThread control = new ControlThread("control-test");
    private final HazelcastGrid grid;
    private final SharedMap shared;
    private final EntryTable table;

    Member(Endpoint listen, List<Endpoint> members) {
      this(Optional.of(settings(listen, members)));
    }

    Member(Optional<ClusterSettings> settings) {
      grid = new HazelcastGrid(settings, control);
      shared = grid.map("test");
      table = new EntryTable("test", seal((byte) 1), shared, new HashMap<>(), control);
      grid.start();
      control.every(Duration.ZERO, Duration.ofMillis(500), table::scan);
    }

    <T> T on(Supplier<T> read) {
      try {
        return CompletableFuture.supplyAsync(read, control)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError("the control thread hangs", e);
      }
    }

    boolean offer(Entry entry) {
      return on(() -> table.offer(entry));
    }

    Optional<String> content(String key) {
      return on(
          () -> table.get(key).filter(e -> !e.deleted()).map(e -> e.content().toStringUtf8()));
    }

    @Override
    public void close() {
      grid.close();
      control.close();
    }
  }

  private final List<Member> members = new ArrayList<>();

  @AfterEach
  void stop() {
    members.forEach(Member::close);
  }

  @Test
  void threeMembersComeToTheSameMapWhateverHappensToTheirEntries() {
    List<Endpoint> endpoints = List.of(OwnEndpoint.next(), OwnEndpoint.next(), OwnEndpoint.next());
    endpoints.forEach(endpoint -> members.add(new Member(endpoint, endpoints)));
    Member first = members.get(0);
    Member second = members.get(1);
    Member third = members.get(2);
    await().atMost(PATIENCE).until(() -> first.grid.members().size() == 3);

    first.offer(entry("lb-1", 1, "one"));
    second.offer(entry("lb-2", 1, "two"));
    await().atMost(PATIENCE).until(() -> third.content("lb-1").isPresent());
    await().atMost(PATIENCE).until(() -> first.content("lb-2").isPresent());

    Entry stale = entry("lb-1", 1, "one");
    first.offer(tombstone("lb-1", 2));
    await().atMost(PATIENCE).until(() -> third.content("lb-1").isEmpty());
    third.shared.put("lb-1", seal((byte) 1).seal(stale).bytes());
    third.shared.put("lb-9", seal((byte) 9).seal(entry("lb-9", 1, "stranger")).bytes());
    await().atMost(PATIENCE).until(() -> second.on(second.table::foreignEntries) == 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(sums()).as("checksums of the nodes").hasSize(1));
    for (Member member : members) {
      assertThat(member.content("lb-1")).as("a deletion does not come back").isEmpty();
      assertThat(member.content("lb-9")).as("a foreign seal is ignored").isEmpty();
    }

    second.close();
    await().atMost(PATIENCE).until(() -> first.grid.members().size() == 2);
    assertThat(first.offer(entry("lb-3", 1, "three"))).isTrue();
    await().atMost(PATIENCE).until(() -> third.content("lb-3").isPresent());
  }

  @Test
  void aNodeThatStoodAloneJoinsMovesAndStandsAloneAgain() throws IOException {
    Endpoint there = OwnEndpoint.next();
    Member first = new Member(there, List.of());
    members.add(first);
    Member second = new Member(Optional.empty());
    members.add(second);
    first.offer(entry("lb-1", 1, "one"));

    second.grid.use(Optional.of(settings(OwnEndpoint.next(), List.of(there))));
    await().atMost(PATIENCE).until(() -> second.content("lb-1").isPresent());

    Endpoint elsewhere = OwnEndpoint.next();
    second.grid.use(Optional.of(settings(elsewhere, List.of(there))));
    await().atMost(PATIENCE).until(() -> first.grid.members().contains(elsewhere.toString()));
    second.offer(entry("lb-2", 1, "two"));
    await().atMost(PATIENCE).until(() -> first.content("lb-2").isPresent());

    assertThatThrownBy(() -> second.grid.use(Optional.of(settings(there, List.of()))))
        .as("an address that is taken")
        .isInstanceOf(BindFailure.class);
    assertThat(second.grid.members()).hasSize(2);

    second.grid.use(Optional.empty());
    await().atMost(PATIENCE).until(() -> first.grid.members().size() == 1);
    assertThat(second.content("lb-1")).as("what it knows stays").contains("one");
    assertThat(second.grid.tree()).containsEntry("enabled", false);
  }

  @Test
  void aMemberThatCannotStartHoldsNothingUpAndSaysWhy() throws IOException {
    Endpoint listen = OwnEndpoint.next();
    try (ServerSocket _ = new ServerSocket(listen.port(), 1, listen.address())) {
      Member member = new Member(listen, List.of(listen));
      members.add(member);

      assertThat(member.offer(entry("lb-1", 1, "one"))).isTrue();

      assertThat(member.content("lb-1")).contains("one");
      await().atMost(PATIENCE).until(() -> !member.grid.problem().isEmpty());
      assertThat(member.grid.members()).isEmpty();
    }
  }

  private static ClusterSettings settings(Endpoint listen, List<Endpoint> members) {
    return new ClusterSettings(
        "grid-test", listen, members, Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  private Map<Long, List<Member>> sums() {
    Map<Long, List<Member>> sums = new HashMap<>();
    members.forEach(member ->
        sums.computeIfAbsent(member.on(member.table::checksum), _ -> new ArrayList<>())
            .add(member));
    return sums;
  }

  private static EntrySeal seal(byte key) {
    return new EntrySeal("test", MapKeys.only(new SecretKeySpec(new byte[] {key}, "HmacSHA256")));
  }

  private static Entry entry(String key, long counter, String text) {
    return new Entry(
        key,
        new EntryVersion(1, counter),
        false,
        Instant.parse("2099-01-01T00:00:00Z"),
        ByteString.copyFromUtf8(text));
  }

  private static Entry tombstone(String key, long counter) {
    return new Entry(
        key,
        new EntryVersion(1, counter),
        true,
        Instant.parse("2099-01-01T00:00:00Z"),
        ByteString.EMPTY);
  }
}
