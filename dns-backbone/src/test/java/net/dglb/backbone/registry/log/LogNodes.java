package net.dglb.backbone.registry.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.dglb.backbone.OwnEndpoint;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.Endpoint;
import org.awaitility.Awaitility;

/** Logs of several nodes over real sockets on loopback, each with a ledger. */
final class LogNodes implements AutoCloseable {

  static {
    // What a test waits for comes within milliseconds, many times in a test.
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long a command is given that a majority should confirm. */
  private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(8);

  private final Path folder;
  private final Endpoint alone = OwnEndpoint.next();
  private final List<RatisLog> open = new ArrayList<>();
  private final Map<String, Ledger> ledgers = new HashMap<>();
  private final Map<String, NodeIdentity> identities = new HashMap<>();

  /** Issues the certificates of b1 to b4 and of the load balancer lb-1. */
  LogNodes(Path folder) throws Exception {
    this.folder = folder;
    NetworkAuthority network =
        NetworkAuthority.create(folder.resolve("pki"), "test", Duration.ofDays(1), Instant.now());
    for (String id : List.of("b1", "b2", "b3", "b4")) {
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

  /** Starts a node that decides alone. */
  RatisLog alone(String id) {
    return alone(id, alone);
  }

  /** The same, where others would reach it at an endpoint. */
  RatisLog alone(String id, Endpoint endpoint) {
    return start(LogSettings.alone(id, endpoint, folder(id), Duration.ofSeconds(10)), id);
  }

  /** Starts one of several nodes, which shows the certificate of that identity. */
  RatisLog member(String id, String identity, SortedMap<String, Endpoint> voters) {
    return start(settings(id, of(voters, id), voters, false, CONFIRMED_WITHIN), identity);
  }

  /** Gives up earlier on what no majority confirms. */
  void isImpatient(RatisLog log, String id, SortedMap<String, Endpoint> voters) throws IOException {
    log.use(settings(id, of(voters, id), voters, false, Duration.ofSeconds(2)));
  }

  /** Gives what a majority should confirm the usual time again. */
  void isPatient(RatisLog log, String id, SortedMap<String, Endpoint> voters) throws IOException {
    log.use(settings(id, of(voters, id), voters, false, CONFIRMED_WITHIN));
  }

  /** Starts a node that waits to be let in. */
  RatisLog newcomer(String id, Endpoint endpoint) {
    return start(settings(id, endpoint, new TreeMap<>(), true, CONFIRMED_WITHIN), id);
  }

  private LogSettings settings(
      String id,
      Endpoint endpoint,
      SortedMap<String, Endpoint> voters,
      boolean join,
      Duration patience) {
    return new LogSettings(
        id, folder(id), Optional.of(endpoint), voters, join, patience, Duration.ofMillis(300));
  }

  private RatisLog start(LogSettings settings, String identity) {
    Ledger ledger = new Ledger();
    ledgers.put(settings.self(), ledger);
    RatisLog log = new RatisLog(settings, of(identities, identity), ledger);
    open.add(log);
    log.start();
    return log;
  }

  Ledger ledger(String id) {
    return of(ledgers, id);
  }

  Path folder(String id) {
    return folder.resolve(id);
  }

  void awaitLines(String id, String... lines) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledger(id).lines()).containsExactly(lines));
  }

  /** What was submitted at once may have another order, the same at all nodes. */
  void awaitEveryLine(String id, String... lines) {
    await()
        .atMost(PATIENCE.multipliedBy(3))
        .untilAsserted(() -> assertThat(ledger(id).lines()).containsExactlyInAnyOrder(lines));
    assertThat(ledger(id).lines()).isEqualTo(ledger("b1").lines());
  }

  static String outcome(RatisLog log, String command) throws Exception {
    return log.submit(ByteString.copyFromUtf8(command))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .outcome()
        .toStringUtf8();
  }

  /** The files of a node whose names start like that. */
  List<Path> files(String id, String start) throws IOException {
    try (Stream<Path> all = Files.walk(folder(id))) {
      return all.filter(file -> file.getFileName().toString().startsWith(start)).sorted().toList();
    }
  }

  /** Endpoints for these nodes. */
  static SortedMap<String, Endpoint> voters(String... ids) {
    SortedMap<String, Endpoint> voters = new TreeMap<>();
    for (String id : ids) {
      voters.put(id, OwnEndpoint.next());
    }
    return voters;
  }

  static <T> T of(Map<String, T> map, String id) {
    return Objects.requireNonNull(map.get(id), id);
  }

  /** All at once, since each may wait for a second until its writer looks up. */
  @Override
  public void close() {
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      open.forEach(log -> closing.execute(log::close));
    }
  }
}
