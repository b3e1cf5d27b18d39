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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
    node { id = @, state = state-@, admin = "%1$s:8053" }
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
            address("b3"));
  }

  private String address(String id) {
    return network + "." + id.substring(1);
  }

  /** Starts a node without waiting for it. */
  void launch(String id) {
    List<String> command = new ArrayList<>(LabRun.command());
    command.add(1, "-Xmx192m");
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
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          Process process = running.get(id);
          if (process != null && !process.isAlive()) {
            fail("%s ended: %s", id, Files.readString(folder.resolve(id + ".log")));
          }
          return call(id, "GET", "/readyz", Optional.empty()).map(Reply::status).orElse(0) == 200;
        });
  }

  /** The end that no program can prepare for: kill -9. */
  void kill(String id) {
    Process process = running.remove(id);
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** Asks a node; empty if it does not answer. */
  Optional<Reply> call(String id, String method, String path, Optional<JsonObject> body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address(id) + ":8053" + path))
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
