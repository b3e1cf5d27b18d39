package net.dglb.backbone.registry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log over real sockets on loopback, with the network's certificates. */
class RatisLogTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final List<RatisLog> open = new ArrayList<>();
  private final Map<String, Ledger> ledgers = new HashMap<>();
  private final Map<String, NodeIdentity> identities = new HashMap<>();

  RatisLogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void certificates() throws Exception {
    NetworkAuthority network =
        NetworkAuthority.create(folder.resolve("pki"), "test", Duration.ofDays(1), Instant.now());
    for (String id : List.of("b1", "b2", "b3")) {
      identities.put(id, identity(network, NodeRole.BACKBONE, id));
    }
    identities.put("lb-1", identity(network, NodeRole.LOAD_BALANCER, "lb-1"));
  }

  private NodeIdentity identity(NetworkAuthority network, NodeRole role, String id)
      throws Exception {
    Path pki = folder.resolve("pki");
    return NodeIdentity.load(
        network.issue(
            new PeerIdentity(role, id), List.of(), Duration.ofDays(1), Instant.now(), pki),
        Instant.now());
  }

  @AfterEach
  void stop() {
    open.forEach(RatisLog::close);
  }

  @Test
  void aNodeAloneDecidesAtOnceAndHasEverythingAfterARestart() throws Exception {
    RatisLog log = alone("b1");
    assertThat(outcome(log, "one")).isEqualTo("1");
    assertThat(outcome(log, "two")).isEqualTo("2");
    assertThat(log.status().leader()).isEqualTo("b1");
    log.close();

    RatisLog again = alone("b1");
    assertThat(outcome(again, "three")).isEqualTo("3");
    assertThat(ledger("b1").lines()).containsExactly("one", "two", "three");
  }

  @Test
  void aSnapshotAndWhatCameAfterItAreReadBack() throws Exception {
    RatisLog log = alone("b1");
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      all.add("command " + i);
      outcome(log, all.getLast());
    }
    assertThat(files("snapshot.")).isNotEmpty();
    log.close();

    RatisLog again = alone("b1");
    outcome(again, "last");
    all.add("last");
    assertThat(ledger("b1").lines()).containsExactlyElementsOf(all);
  }

  @Test
  void aLogThatEndsByItselfSaysSoAndIsOpenedAgainWithEverything() throws Exception {
    RatisLog log = alone("b1");
    ledger("b1").failing = true;
    List<CompletableFuture<ConsensusLog.Accepted>> submitted = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      submitted.add(log.submit(ByteString.copyFromUtf8("command " + i)));
    }
    await().atMost(PATIENCE).until(() -> log.status().problem().contains("ended by itself"));

    assertThat(log.status().reopenings()).isZero();
    ledger("b1").failing = false;
    await().atMost(PATIENCE).until(() -> log.status().leader().equals("b1"));
    assertThat(log.status().reopenings()).isPositive();

    outcome(log, "last");
    assertThat(ledger("b1").lines())
        .as("every confirmed command, each once")
        .containsAll(confirmed(submitted))
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
    RatisLog log = alone("b1");
    ledger("b1").forgetful = true;
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
    for (Path file : files("")) {
      sum += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    return sum;
  }

  @Test
  void aTornLastWriteIsCutOffAndWhatWasConfirmedStays() throws Exception {
    RatisLog log = alone("b1");
    outcome(log, "one");
    outcome(log, "two");
    log.close();
    Path segment = files("log_inprogress").getLast();
    long end = lastOctet(segment);
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(end);
      file.write(new byte[] {90, 1, 2, 3, 4, 5, 6});
    }

    RatisLog again = alone("b1");
    outcome(again, "three");
    assertThat(ledger("b1").lines()).containsExactly("one", "two", "three");
  }

  @Test
  void aGarbledLogOfOneNodeIsNotCutShortAndItSaysWhatToDo() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2", "b3");
    RatisLog b1 = member("b1", "b1", voters);
    member("b2", "b2", voters);
    RatisLog b3 = member("b3", "b3", voters);
    outcome(b1, "one");
    outcome(b3, "two");
    awaitLines("b3", "one", "two");
    b3.close();
    Path folder = this.folder.resolve("b3");
    garble(files("log_").stream().filter(file -> file.startsWith(folder)).toList().getLast());

    RatisLog damaged = member("b3", "b3", voters);
    assertThat(damaged.status().problem())
        .contains("registry remove b3", "empty " + folder, "join = true", "registry add b3");
    assertThat(outcome(b1, "three")).as("the others go on").isEqualTo("3");

    damaged.close();
    b1.remove("b3").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    empty(folder);
    newcomer("b3", of(voters, "b3"));
    b1.add("b3", of(voters, "b3")).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitLines("b3", "one", "two", "three");
  }

  @Test
  void aTornLogOfOneNodeIsCompletedByTheOthers() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2", "b3");
    RatisLog b1 = member("b1", "b1", voters);
    member("b2", "b2", voters);
    RatisLog b3 = member("b3", "b3", voters);
    outcome(b1, "one");
    outcome(b3, "two");
    awaitLines("b3", "one", "two");
    b3.close();
    Path segment =
        files("log_").stream()
            .filter(file -> file.startsWith(folder.resolve("b3")))
            .toList()
            .getLast();
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.setLength(lastOctet(segment) - 6);
    }

    RatisLog again = member("b3", "b3", voters);
    assertThat(again.status().problem()).isEmpty();
    assertThat(outcome(again, "three")).isEqualTo("3");
    awaitLines("b3", "one", "two", "three");
  }

  @Test
  void whatIsUnderWayWhenTheNodeStopsIsToldSo() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2");
    RatisLog log = member("b1", "b1", voters);
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
      logs.put(id, member(id, id, voters));
    }
    assertThat(outcome(of(logs, "b1"), "one")).isEqualTo("1");
    assertThat(outcome(of(logs, "b2"), "two")).isEqualTo("2");
    assertThat(outcome(of(logs, "b3"), "three")).isEqualTo("3");
    awaitLines("b1", "one", "two", "three");
    awaitLines("b2", "one", "two", "three");
    awaitLines("b3", "one", "two", "three");

    String leader = of(logs, "b1").status().leader();
    of(logs, leader).close();
    logs.remove(leader);
    RatisLog survivor = logs.values().iterator().next();
    assertThat(outcome(survivor, "four")).isEqualTo("4");

    String other = new ArrayList<>(logs.keySet()).getLast();
    of(logs, other).close();
    assertThatThrownBy(() -> outcome(survivor, "five"))
        .hasRootCauseInstanceOf(LogUnavailableException.class)
        .hasMessageContaining("not confirmed by a majority");

    member(leader, leader, voters);
    assertThat(outcome(survivor, "six")).isIn("5", "6");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledger(leader).lines()).contains("four", "six"));
  }

  @Test
  void aNodeThatWasAwayForLongGetsEverything() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2", "b3");
    RatisLog first = member("b1", "b1", voters);
    member("b2", "b2", voters);
    RatisLog third = member("b3", "b3", voters);
    outcome(first, "one");
    awaitLines("b3", "one");
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

    RatisLog back = member("b3", "b3", voters);
    awaitEveryLine("b3", all);
    back.close();
    member("b3", "b3", voters);
    awaitEveryLine("b3", all);
  }

  @Test
  void aNodeOfAnotherRoleIsNotHeard() throws Exception {
    SortedMap<String, Endpoint> voters = voters("b1", "b2");
    RatisLog log = member("b1", "b1", voters);
    member("b2", "lb-1", voters);

    assertThatThrownBy(() -> outcome(log, "one"))
        .as("the second voter shows the certificate of a load balancer")
        .hasRootCauseInstanceOf(LogUnavailableException.class);
  }

  private RatisLog alone(String id) {
    return start(
        LogSettings.alone(
            id, new Endpoint(LOOPBACK, 5801), folder.resolve(id), Duration.ofSeconds(10)),
        id);
  }

  private RatisLog member(String id, String identity, SortedMap<String, Endpoint> voters) {
    return start(
        new LogSettings(
            id,
            folder.resolve(id),
            Optional.ofNullable(voters.get(id)),
            voters,
            false,
            Duration.ofSeconds(8),
            Duration.ofMillis(300)),
        identity);
  }

  private void newcomer(String id, Endpoint endpoint) {
    Duration patience = Duration.ofSeconds(8);
    Duration election = Duration.ofMillis(300);
    Path own = folder.resolve(id);
    start(
        new LogSettings(id, own, Optional.of(endpoint), new TreeMap<>(), true, patience, election),
        id);
  }

  private RatisLog start(LogSettings settings, String identity) {
    Ledger ledger = new Ledger();
    ledgers.put(settings.self(), ledger);
    RatisLog log = new RatisLog(settings, of(identities, identity), ledger);
    open.add(log);
    log.start();
    return log;
  }

  private Ledger ledger(String id) {
    return of(ledgers, id);
  }

  private static <T> T of(Map<String, T> map, String id) {
    return Objects.requireNonNull(map.get(id), id);
  }

  /** What was submitted at once may have another order, the same at all nodes. */
  private void awaitEveryLine(String id, String... lines) {
    await()
        .atMost(PATIENCE.multipliedBy(3))
        .untilAsserted(() -> assertThat(ledger(id).lines()).containsExactlyInAnyOrder(lines));
    assertThat(ledger(id).lines()).isEqualTo(ledger("b1").lines());
  }

  private void awaitLines(String id, String... lines) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledger(id).lines()).containsExactly(lines));
  }

  private static String outcome(RatisLog log, String command) throws Exception {
    return log.submit(ByteString.copyFromUtf8(command))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .outcome()
        .toStringUtf8();
  }

  private List<Path> files(String start) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith(start)).sorted().toList();
    }
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

  private static SortedMap<String, Endpoint> voters(String... ids) throws IOException {
    SortedMap<String, Endpoint> voters = new TreeMap<>();
    for (String id : ids) {
      try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
        voters.put(id, new Endpoint(LOOPBACK, socket.getLocalPort()));
      }
    }
    return voters;
  }
}
