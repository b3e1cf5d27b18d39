package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import net.dglb.identity.IdentityException;
import net.dglb.identity.NetworkAuthority;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.Endpoint;
import net.dglb.time.ControlThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTest {

  private static final Endpoint LOOPBACK = Endpoint.parse("127.0.0.1:0");

  private static final int CALLS = 100;

  private final Vertx vertx = Vertx.vertx();
  private final ControlThread control = new ControlThread("control-under-test");
  private final FakeNode node = new FakeNode();
  private final Metrics metrics = new Metrics(NodeRole.LOAD_BALANCER, "lb-1");

  @TempDir Path folder;

  @AfterEach
  void close() throws Exception {
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void showsTheStatusAsATree() throws Exception {
    AdminServer server = start(List.of());
    JsonObject tree = new JsonObject(get(server, "/status").body());
    assertThat(tree)
        .isEqualTo(
            new JsonObject()
                .put("role", "lb")
                .put("id", "lb-1")
                .put("ready", true)
                .put(
                    "sessions",
                    new JsonArray().add(new JsonObject().put("peer", "b-1").put("open", true))));
  }

  @Test
  void tellsHealthAndReadinessApart() throws Exception {
    AdminServer server = start(List.of());
    node.ready = false;
    assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
    HttpResponse<String> not = get(server, "/readyz");
    assertThat(not.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(not.body()))
        .isEqualTo(
            new JsonObject(
                """
                {"state": "not ready", "unmet": [{"condition": "running",
                 "reason": "the node is starting", "to-do": "wait", "since": "2026-06-01T12:30:00Z"}]}
                """));
    node.ready = true;
    assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
    assertThat(new JsonObject(get(server, "/readyz").body()).getJsonArray("unmet")).isEmpty();
  }

  @Test
  void showsMetricsInTheFormatOfPrometheus() throws Exception {
    metrics.registry().counter("dglb.probes", "result", "ok").increment(3);
    String text = get(start(List.of()), "/metrics").body();
    assertThat(text)
        .contains("dglb_probes_total{result=\"ok\"} 3.0")
        .containsPattern(
            "dglb_build_info\\{node=\"lb-1\",role=\"lb\",version=\"[^\"]+\"} 1(\\.0)?");
  }

  @Test
  void computesTheNodesOwnRoutesOnTheControlThread() throws Exception {
    AdminRoute who =
        AdminRoute.get(
            "/who/:name",
            request ->
                AdminAnswer.ok(
                    new JsonObject()
                        .put("name", request.parameters().get("name"))
                        .put("deep", request.parameter("deep").orElse("no"))
                        .put("thread", Thread.currentThread().getName())));
    JsonObject tree = new JsonObject(get(start(List.of(who)), "/who/x?deep=yes&deep=2").body());
    assertThat(tree.getMap())
        .containsEntry("name", "x")
        .containsEntry("deep", "yes")
        .containsEntry("thread", "control-under-test");
  }

  @Test
  void handsOnWhatWasPostedAndRefusesWhatIsNoJson() throws Exception {
    AdminRoute echo =
        AdminRoute.post("/echo", request -> AdminAnswer.ok(request.body().orElseThrow()));
    AdminServer server = start(List.of(echo));
    assertThat(new JsonObject(post(server, "/echo", "{\"a\": 1}").body()).getInteger("a"))
        .isEqualTo(1);
    HttpResponse<String> refused = post(server, "/echo", "{not json");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("expected: a JSON object");
  }

  @Test
  void refusesABodyThatIsTooLargeAndSaysHowLargeItMayBe() throws Exception {
    AdminServer server =
        start(List.of(AdminRoute.post("/echo", request -> AdminAnswer.ok(new JsonObject()))));
    String body = "{\"a\": \"" + "x".repeat((4 << 20) - 9) + "\"}";

    assertThat(post(server, "/echo", body).statusCode()).as("just fits").isEqualTo(200);
    HttpResponse<String> refused = post(server, "/echo", body + " ");

    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(problem(refused)).isEqualTo("body: too large (expected: at most 4194304 octets)");
    HttpResponse<String> unannounced =
        send(
            HttpRequest.newBuilder(uri(server, "/echo"))
                .header("content-type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(() ->
                        new ByteArrayInputStream((body + " ").getBytes(StandardCharsets.UTF_8))))
                .build());
    assertThat(unannounced.statusCode()).as("in pieces").isEqualTo(413);
    assertThat(get(server, "/status").statusCode()).isEqualTo(200);
  }

  @Test
  void oneWhoCallsTooOftenIsTurnedAwayAndOthersAndProbesAreNot() throws Exception {
    AdminServer server =
        start(new AdminSettings(LOOPBACK, Optional.empty(), 1), control, List.of());
    for (int i = 0; i < 10; i++) {
      assertThat(get(server, "/status").statusCode()).isEqualTo(200);
    }

    HttpResponse<String> refused = get(server, "/status");
    for (int i = 0; i < 100 && refused.statusCode() == 200; i++) { // each second lets one pass
      refused = get(server, "/status");
    }

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(problem(refused))
        .isEqualTo(
            "too many calls of 127.0.0.1 (expected: at most 1 per second,"
                + " node.admin-calls-per-second)");
    assertThat(refused.headers().firstValue("retry-after")).contains("1");
    assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
    assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
    assertThat(statusLine(server, "127.0.0.2", "localhost", "/status")).contains("200");
  }

  @Test
  void aMethodThatAPathDoesNotHaveIsRefusedAsAProblem() throws Exception {
    HttpResponse<String> refused = post(start(List.of()), "/status", "{}");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(problem(refused)).isEqualTo("no such method at this path");
  }

  /** What a problem document says to people. */
  private static String problem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getInteger("status")).isEqualTo(answer.statusCode());
    return body.getString("detail");
  }

  @Test
  void saysWhatIsWrongAndNeverShowsAStackTrace() throws Exception {
    AdminServer server =
        start(
            List.of(
                AdminRoute.get(
                    "/wrong",
                    request -> {
                      throw new IllegalArgumentException("name: x (expected: y)");
                    }),
                AdminRoute.get(
                    "/broken",
                    request -> {
                      throw new IllegalStateException("inner");
                    })));
    assertThat(get(server, "/wrong").statusCode()).isEqualTo(400);
    assertThat(get(server, "/wrong").body()).contains("name: x (expected: y)");
    assertThat(get(server, "/broken").statusCode()).isEqualTo(500);
    assertThat(get(server, "/broken").body()).doesNotContain("inner").doesNotContain("at net.");
    assertThat(get(server, "/none").statusCode()).isEqualTo(404);
  }

  @Test
  void refusesAChangeThatAPageOfAnotherSiteCouldMakeABrowserSend() throws Exception {
    AdminServer server =
        start(List.of(AdminRoute.post("/change", _ -> AdminAnswer.ok(new JsonObject()))));
    assertIsRefused(changeAs(server, "text/plain", "{}"));
    assertIsRefused(changeAs(server, "application/x-www-form-urlencoded", "a".repeat(100_000)));
    assertThat(post(server, "/change", "{}").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> changeAs(AdminServer server, String type, String body)
      throws Exception {
    return send(
        HttpRequest.newBuilder(uri(server, "/change"))
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static void assertIsRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(new JsonObject(answer.body()).getString("detail"))
        .isEqualTo("content-type (expected: application/json)");
  }

  @Test
  void refusesACallThatNamesAnotherHost() throws Exception {
    AdminServer server = start(List.of());
    assertThat(statusLine(server, "attacker.example")).contains("403");
    assertThat(statusLine(server, "127.0.0.1.attacker.example")).contains("403");
    assertThat(statusLine(server, "localhost")).contains("200");
    assertThat(statusLine(server, "[::1]:80")).contains("200");
  }

  @Test
  void refusesToListenForOthersWithoutCertificates() {
    assertThatThrownBy(
            () -> new AdminSettings(Endpoint.parse("0.0.0.0:0"), Optional.empty(), CALLS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("admin address: 0.0.0.0:0 (expected: a loopback address");
  }

  @Test
  void demandsACertificateOfTheNetworkWhenItHasAnIdentity() throws Exception {
    NetworkAuthority authority =
        NetworkAuthority.create(folder, "test", Duration.ofDays(2), Instant.now());
    NodeIdentity own = identity(authority, NodeRole.LOAD_BALANCER, "lb-1");
    NodeIdentity caller = identity(authority, NodeRole.BACKBONE, "b-1");
    AdminRoute who =
        AdminRoute.get(
            "/who", request -> AdminAnswer.ok(new JsonObject().put("caller", request.caller())));
    AdminServer server =
        start(new AdminSettings(LOOPBACK, Optional.of(own), CALLS), control, List.of(who));
    URI uri = URI.create("https://" + server.endpoint() + "/who");
    assertThat(new JsonObject(call(uri, caller.sslContext()).body()).getString("caller"))
        .isEqualTo("dglb://backbone/b-1");
    assertThatThrownBy(() -> call(uri, SSLContext.getDefault())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(server, "/who")).isInstanceOf(IOException.class);
  }

  private NodeIdentity identity(NetworkAuthority authority, NodeRole role, String id)
      throws IdentityException {
    return NodeIdentity.load(
        authority.issue(
            new PeerIdentity(role, id),
            List.of(LOOPBACK.address()),
            Duration.ofDays(1),
            Instant.now(),
            folder),
        Instant.now());
  }

  private AdminServer start(List<AdminRoute> routes) throws Exception {
    return start(new AdminSettings(LOOPBACK, Optional.empty(), CALLS), control, routes);
  }

  private AdminServer start(AdminSettings settings, Executor executor, List<AdminRoute> routes)
      throws Exception {
    return AdminServer.start(vertx, settings, executor, node, metrics, routes);
  }

  private static HttpResponse<String> get(AdminServer server, String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(server, path)).build());
  }

  private static HttpResponse<String> post(AdminServer server, String path, String body)
      throws Exception {
    return send(
        HttpRequest.newBuilder(uri(server, path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> call(URI uri, SSLContext context) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static URI uri(AdminServer server, String path) {
    return URI.create("http://" + server.endpoint() + path);
  }

  /** By hand, since clients do not let a test choose the Host field. */
  private static String statusLine(AdminServer server, String host) throws IOException {
    return statusLine(server, "127.0.0.1", host, "/readyz");
  }

  private static String statusLine(AdminServer server, String from, String host, String path)
      throws IOException {
    try (Socket socket =
        new Socket(
            server.endpoint().address(),
            server.endpoint().port(),
            InetAddress.ofLiteral(from),
            0)) {
      socket.setSoTimeout(20_000);
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String line =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return String.valueOf(line);
    }
  }
}
