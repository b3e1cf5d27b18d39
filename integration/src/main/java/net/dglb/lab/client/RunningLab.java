package net.dglb.lab.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.dglb.identity.NodeRole;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Endpoint;

/** A lab that runs now, known by its lab.json. */
public final class RunningLab {

  /**
   * The system reckons a process's start from its own, by a clock that is corrected now and then.
   */
  private static final Duration SAME_START = Duration.ofSeconds(5);

  private static final String WORD_HEADER = "X-Lab-Word";

  private final JsonObject description;

  private RunningLab(JsonObject description) {
    this.description = description;
  }

  /** The lab of a folder, if one runs there. */
  public static Optional<RunningLab> find(Path folder) {
    try {
      RunningLab lab = new RunningLab(new JsonObject(Files.readString(file(folder))));
      return ProcessHandle.of(lab.pid()).filter(lab::isItsProcess).map(alive -> lab);
    } catch (IOException | DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  /** When this process started, for the description of the lab that it runs. */
  public static long startedMillis() {
    return startedMillis(ProcessHandle.current());
  }

  /** 0 where the system does not tell. */
  private static long startedMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** A description that a killed lab left behind may name a number that another process has now. */
  private boolean isItsProcess(ProcessHandle process) {
    long started = startedMillis(process);
    long difference = started - description.getLong("started", started);
    return process.isAlive() && Math.abs(difference) <= SAME_START.toMillis();
  }

  /**
   * The lab of a folder.
   *
   * @throws LabNotRunningException if none runs there; the message says what to do
   */
  public static RunningLab require(Path folder) throws LabNotRunningException {
    return find(folder).orElseThrow(() -> new LabNotRunningException(folder));
  }

  private static Path file(Path folder) {
    return folder.resolve("lab.json");
  }

  /** All of lab.json. */
  public JsonObject description() {
    return description;
  }

  /** The lab's own process. */
  public long pid() {
    return description.getLong("pid", -1L);
  }

  /** Whether it has a network of its own. */
  public boolean inNamespace() {
    return description.getBoolean("namespace", false);
  }

  /** The port of its name servers. */
  public int port() {
    return description.getInteger("port");
  }

  /** The root's addresses. */
  public List<InetAddress> root() {
    return addresses(description, "root");
  }

  /** The node's role and id at an address of the lab. */
  public Optional<String> nodeAt(InetAddress address) {
    Map<InetAddress, String> names = new HashMap<>();
    for (Object entry : description.getJsonArray("nodes")) {
      JsonObject node = (JsonObject) entry;
      String name = node.getString("role") + " " + node.getString("id");
      addresses(node, "addresses").forEach(at -> names.put(at, name));
      addresses(node, "label_addresses").forEach(at -> names.put(at, name + ", label address"));
    }
    return Optional.ofNullable(names.get(address));
  }

  /** The ids of its nodes of a role that have an admin API. */
  public List<String> nodes(NodeRole role) {
    return description.getJsonArray("nodes").stream()
        .map(JsonObject.class::cast)
        .filter(node -> node.containsKey("admin") && role.word().equals(node.getString("role")))
        .map(node -> node.getString("id"))
        .toList();
  }

  /**
   * Where a node's admin API listens.
   *
   * @throws IllegalArgumentException if the lab has no such node; the message names those it has
   */
  public Endpoint adminOf(String id) {
    List<String> ids = new ArrayList<>();
    for (Object entry : description.getJsonArray("nodes")) {
      JsonObject node = (JsonObject) entry;
      if (node.containsKey("admin") && node.getString("id").equals(id)) {
        return Endpoint.parse(node.getString("admin"));
      }
      ids.add(node.getString("id"));
    }
    throw new IllegalArgumentException("the lab has no node " + id + " (it has " + ids + ")");
  }

  /**
   * Asks the lab to do something, and waits for it.
   *
   * @throws LabNotRunningException if it cannot be reached
   * @throws IOException if it refuses; the message says why
   */
  public JsonObject call(String method, String path, Map<String, String> parameters)
      throws IOException, InterruptedException {
    JsonObject control = description.getJsonObject("control");
    String query =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(control.getString("url") + path + "?" + query))
            .header(WORD_HEADER, control.getString("word"))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = send(request);
    JsonObject answer = new JsonObject(response.body());
    if (response.statusCode() != 200) {
      throw new IOException(answer.getString("error"));
    }
    return answer;
  }

  private HttpResponse<String> send(HttpRequest request)
      throws LabNotRunningException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new LabNotRunningException("the lab (process " + pid() + ") does not answer", e);
    }
  }

  private static List<InetAddress> addresses(JsonObject from, String key) {
    return from.getJsonArray(key, new JsonArray()).stream()
        .map(address -> AddressLiteral.parse(address.toString()))
        .toList();
  }
}
