package net.dglb.lab.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import net.dglb.net.AddressLiteral;

/**
 * By which a running lab is controlled: HTTP on loopback, for those who know the word that lab.json
 * holds. {@code GET /status}, {@code POST /kill?id=...}, {@code /start?id=...}, {@code
 * /stop?id=...}, {@code /slow?id=...&millis=...}; every answer is JSON with a {@code text} or an
 * {@code error}.
 */
public final class ControlServer implements AutoCloseable {

  /** The header that carries the word. */
  public static final String WORD_HEADER = "X-Lab-Word";

  /** By how much a site can be slowed down at most. */
  public static final int MAX_EXTRA_MILLIS = 60_000;

  private static final Duration STOP_WAIT = Duration.ofSeconds(45);
  private static final int WORD_OCTETS = 16;

  private final Lab lab;
  private final String word;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** Listens on a port that the system chooses. */
  public ControlServer(Lab lab) throws IOException {
    this.lab = lab;
    byte[] secret = new byte[WORD_OCTETS];
    new SecureRandom().nextBytes(secret);
    this.word = HexFormat.of().formatHex(secret);
    this.server = HttpServer.create(new InetSocketAddress(AddressLiteral.parse("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Where it listens and the word, for lab.json. */
  public JsonObject description() {
    return new JsonObject()
        .put("url", "http://127.0.0.1:" + server.getAddress().getPort())
        .put("word", word);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      int code = 200;
      JsonObject answer;
      try {
        answer = authorised(exchange) ? answer(exchange) : null;
        if (answer == null) {
          code = 403;
          answer = new JsonObject().put("error", "the word of lab.json is missing or wrong");
        }
      } catch (IllegalArgumentException | IllegalStateException | IOException e) {
        code = 400;
        answer = new JsonObject().put("error", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        code = 503;
        answer = new JsonObject().put("error", "the lab stops");
      }
      byte[] octets = answer.encode().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(code, octets.length);
      exchange.getResponseBody().write(octets);
    }
  }

  private boolean authorised(HttpExchange exchange) {
    return word.equals(exchange.getRequestHeaders().getFirst(WORD_HEADER));
  }

  private JsonObject answer(HttpExchange exchange) throws IOException, InterruptedException {
    Map<String, String> query = query(exchange.getRequestURI().getQuery());
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    return switch (asked) {
      case "GET /status" -> lab.status();
      case "POST /kill" -> text(lab.kill(id(query)));
      case "POST /start" -> text(lab.start(id(query)));
      case "POST /stop" -> text(lab.stop(id(query), STOP_WAIT));
      case "POST /slow" -> text(lab.slow(id(query), millis(query)));
      default -> throw new IllegalArgumentException(asked + " is not a command of the lab");
    };
  }

  private static JsonObject text(String said) {
    return new JsonObject().put("text", said);
  }

  private static String id(Map<String, String> query) {
    String id = query.get("id");
    if (id == null) {
      throw new IllegalArgumentException("id: missing (expected the id of a node or site)");
    }
    return id;
  }

  /** Whether a text says by how much a site is to be slowed down. */
  public static boolean isExtraMillis(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX_EXTRA_MILLIS;
  }

  private static int millis(Map<String, String> query) {
    String text = query.getOrDefault("millis", "");
    if (!isExtraMillis(text)) {
      throw new IllegalArgumentException(
          "milliseconds: " + text + " (expected 0 to " + MAX_EXTRA_MILLIS + ")");
    }
    return Integer.parseInt(text);
  }

  private static Map<String, String> query(String query) {
    return query == null
        ? Map.of()
        : Arrays.stream(query.split("&"))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b));
  }
}
