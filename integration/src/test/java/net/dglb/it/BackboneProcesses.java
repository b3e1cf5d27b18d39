package net.dglb.it;

import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.Secret;
import org.awaitility.Awaitility;

/** Backbone nodes in processes of their own that agree on registrations and share nothing else. */
final class BackboneProcesses implements AutoCloseable {

  /** What a node answered. */
  record Reply(int status, JsonObject tree) {}

  static final List<String> IDS = List.of("b1", "b2", "b3");
  private static final Duration START = Duration.ofMinutes(2);
  private static final int DNS_PORT = 5300;

  private final Path folder;
  private final String network;
  private final Map<String, Process> running = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * Writes their files.
   *
   * @param network the first three numbers of the loopback addresses that they take
   */
  BackboneProcesses(Path folder, String network) throws Exception {
    this.folder = folder;
    this.network = network;
    Path pki = folder.resolve("pki");
    Duration validity = Duration.ofDays(1);
    NetworkAuthority authority = NetworkAuthority.create(pki, "test", validity, Instant.now());
    Secret.create(folder.resolve("map.key"));
    for (String id : IDS) {
      PeerIdentity peer = new PeerIdentity(NodeRole.BACKBONE, id);
      authority.issue(peer, List.of(), validity, Instant.now(), pki);
      Files.writeString(folder.resolve(id + ".conf"), config(id));
    }
  }

  private String config(String id) {
    String address = address(id);
    return """
    node { id = @, state = state-@, admin = "%8$s:8053" }
    identity {
      certificate = pki/backbone-@.pem, key = pki/backbone-@-key.pem, authority = pki/authority.pem
    }
    dns {
      listen = ["%1$s:%2$d"], label-listen = ["%3$s.1%4$s:%2$d"], infrastructure-zone = dglb.test
    }
    mapping.listen = ["%1$s:8853"]
    cluster.enabled = false
    map.key = map.key
    registry {
      patience = 4s
      # asked for what is above the zones, a node refuses at once: nobody waits for anybody
      resolvers = ["%1$s:%2$d"]
      peers {
        b1.endpoint = "%5$s:5801", b2.endpoint = "%6$s:5801", b3.endpoint = "%7$s:5801"
      }
    }
    """
        .replace("@", id)
        .formatted(
            address,
            DNS_PORT,
            network,
            id.substring(1),
            address("b1"),
            address("b2"),
            address("b3"),
            adminHost(id));
  }

  /** In a network that is not loopback the admin API is asked from the node's own namespace. */
  private String adminHost(String id) {
    return network.startsWith("127.") ? address(id) : "127.0.0.1";
  }

  private String address(String id) {
    return network + "." + id.substring(1);
  }

  /** Takes a node's disk away and has it wait to be let in at its next start. */
  void empty(String id) throws IOException {
    try (Stream<Path> all = Files.walk(state(id))) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    String joining =
        config(id)
            + "registry { peers = null, join = true, listen = \"%s\" }%n".formatted(registry(id));
    Files.writeString(folder.resolve(id + ".conf"), joining);
  }

  /** Where the others reach a node's log. */
  String registry(String id) {
    return address(id) + ":5801";
  }

  /** Starts a node without waiting for it. */
  void launch(String id) {
    launch(id, List.of());
  }

  /** Starts a node behind words that put it into another namespace, such as nsenter's. */
  void launch(String id, List<String> before) {
    List<String> command = new ArrayList<>(LabRun.command());
    command.add(1, "-Xmx192m");
    command.addAll(0, before);
    command.addAll(List.of("run", "backbone", "--config", folder.resolve(id + ".conf").toString()));
    try {
      running.put(
          id,
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve(id + ".log").toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a node says that it is ready. */
  void awaitReady(String id) {
    Awaitility.await(id + " ready")
        .atMost(START)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          Process process = running.get(id);
          if (process != null && !process.isAlive()) {
            fail("%s ended: %s", id, Files.readString(folder.resolve(id + ".log")));
          }
          return call(id, "GET", "/readyz", Optional.empty()).map(Reply::status).orElse(0) == 200;
        });
  }

  /** Waits until a node has logged that it is ready: for one that cannot be asked from here. */
  void awaitLogged(String id) {
    Awaitility.await(id + " ready")
        .atMost(START)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> log(id).contains(": ready\n"));
  }

  /** What a node has logged. */
  String log(String id) throws IOException {
    return Files.readString(folder.resolve(id + ".log"));
  }

  /** Runs the real command against a node, behind words that put it where the node is. */
  Tool.Result dglb(String id, List<String> before, String... arguments) {
    List<String> command = new ArrayList<>(LabRun.command());
    command.addAll(0, before);
    command.addAll(List.of(arguments));
    command.addAll(List.of("--admin", adminHost(id) + ":8053"));
    return Tool.run(command, 90);
  }

  /** Writes the registration document of a zone. */
  String document(String origin, String enterprise, int number) throws IOException {
    Path file = folder.resolve(origin + ".conf");
    Files.writeString(file, registration(origin, enterprise, number));
    return file.toString();
  }

  /** Registers a zone as the operator; empty if the node does not answer. */
  Optional<Reply> register(String id, String origin, String enterprise, int number) {
    return register(id, registration(origin, enterprise, number));
  }

  /** Registers a document as the operator; empty if the node does not answer. */
  Optional<Reply> register(String id, String document) {
    JsonObject wish = new JsonObject().put("document", document).put("approve", true);
    return call(id, "POST", "/zones", Optional.of(wish));
  }

  /** The document of a zone with two services, other ones for each number below 64,000. */
  static String registration(String origin, String enterprise, int number) {
    return """
    registration {
      version = 1, enterprise = %1$s, zone = %2$s, form = aliased
      services {
        "www.%2$s" {
          check { kind = tcp, port = 80 }
          sites { rome { addresses = ["192.0.%3$d.%4$d"] } }
        }
        "api.%2$s" {
          mode = direct
          check { kind = tcp, port = 443 }
          sites { oslo { addresses = ["198.18.%3$d.%4$d"] } }
        }
      }
    }
    """
        .formatted(enterprise, origin, number / 250, number % 250 + 1);
  }

  /** The zones that a node lists, with their versions. */
  Map<String, Long> zones(String id) {
    Map<String, Long> zones = new TreeMap<>();
    call(id, "GET", "/zones", Optional.empty())
        .orElseThrow(() -> new AssertionError(id + " does not answer"))
        .tree()
        .getJsonArray("zones")
        .forEach(each -> {
          JsonObject zone = (JsonObject) each;
          zones.put(zone.getString("origin"), zone.getLong("version"));
        });
    return zones;
  }

  /** The end that no program can prepare for: kill -9. */
  void kill(String id) {
    kill(List.of(id));
  }

  /** The same for several nodes at one moment. */
  void kill(List<String> ids) {
    List<Process> processes = ids.stream().map(running::remove).filter(Objects::nonNull).toList();
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  /** Asks a node; empty if it does not answer. */
  Optional<Reply> call(String id, String method, String path, Optional<JsonObject> body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + adminHost(id) + ":8053" + path))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .method(
                method,
                body.map(tree -> HttpRequest.BodyPublishers.ofString(tree.encode()))
                    .orElseGet(HttpRequest.BodyPublishers::noBody))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(new Reply(response.statusCode(), new JsonObject(response.body())));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a node keeps its state, as the node sees it. */
  Path state(String id) {
    return folder.resolve("state-" + id).toAbsolutePath();
  }

  /** A running node's process. */
  long pid(String id) {
    return Objects.requireNonNull(running.get(id), id).pid();
  }

  /** Where a node answers DNS. */
  InetAddress dns(String id) {
    return InetAddress.ofLiteral(address(id));
  }

  int dnsPort() {
    return DNS_PORT;
  }

  @Override
  public void close() {
    IDS.forEach(this::kill);
    http.close();
  }
}
