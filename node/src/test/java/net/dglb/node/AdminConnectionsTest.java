package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.dglb.identity.NodeRole;
import net.dglb.net.Endpoint;
import net.dglb.time.ControlThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers of the admin API who are slow, or many. */
class AdminConnectionsTest {

  /** Octets; more than the systems of both sides take over. */
  private static final int LARGE = 32 << 20;

  private final Vertx vertx = EventLoops.start();
  private final ControlThread control = new ControlThread("control-under-test");

  @AfterEach
  void close() throws Exception {
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void callersWhoDoNotGoOnCannotLockOthersOut() throws Exception {
    AdminConnections connections =
        new AdminConnections(new AdminConnections.Limits(3, Duration.ofHours(1)), System::nanoTime);
    AdminServer server = startWith(connections, 60_000);
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      slow.add(begun(server));
    }

    assertThat(healthz(server)).isEqualTo(200);

    for (Socket socket : slow.subList(0, 5)) {
      assertThat(isClosed(socket)).isTrue();
    }
    assertThat(connections.size()).isLessThanOrEqualTo(3);
  }

  @Test
  void aCallThatDoesNotEndInTimeEndsItsConnection() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AdminConnections connections =
        new AdminConnections(new AdminConnections.Limits(100, Duration.ofSeconds(90)), nanos::get);
    AdminServer server = startWith(connections, 10);
    try (Socket slow = begun(server);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest call = call(server);
      assertThat(client.send(call, HttpResponse.BodyHandlers.ofString()).statusCode())
          .as("after the slow one")
          .isEqualTo(200);
      nanos.set(Duration.ofSeconds(89).toNanos());
      client.send(call, HttpResponse.BodyHandlers.ofString());

      nanos.set(Duration.ofSeconds(91).toNanos());

      assertThat(isClosed(slow)).isTrue();
      assertThat(connections.size()).as("on the other a call ended lately").isEqualTo(1);
    }
  }

  /** It is the node's memory that the answer waits in. */
  @Test
  void whoeverDoesNotReadAnAnswerIsCutOff() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AdminConnections connections =
        new AdminConnections(new AdminConnections.Limits(100, Duration.ofSeconds(90)), nanos::get);
    AdminRoute large =
        AdminRoute.get(
            "/large", _ -> AdminAnswer.ok(new JsonObject().put("text", "x".repeat(LARGE))));
    AdminServer server = startWith(connections, 10, large);
    try (SocketChannel caller = SocketChannel.open()) {
      caller.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      caller.connect(server.endpoint().toSocketAddress());
      caller.write(octets("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      assertThat(caller.read(ByteBuffer.allocate(1))).as("the answer begins").isEqualTo(1);

      caller.configureBlocking(false);
      assertThatThrownBy(() -> sendEmptyLines(caller, nanos))
          .as("the end, which the answer does not hold up")
          .isInstanceOf(IOException.class);
    }
  }

  /** Which say nothing, while time goes by; ends by a connection that is gone. */
  private static void sendEmptyLines(SocketChannel caller, AtomicLong nanos) throws IOException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < until) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      caller.write(octets("\r\n"));
      Thread.onSpinWait();
    }
  }

  private static ByteBuffer octets(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private AdminServer startWith(
      AdminConnections connections, long sweepMillis, AdminRoute... routes) throws Exception {
    AdminSettings settings =
        new AdminSettings(Endpoint.parse("127.0.0.1:0"), Optional.empty(), 100);
    Metrics metrics = new Metrics(NodeRole.LOAD_BALANCER, "lb-1");
    return AdminServer.start(
        vertx,
        settings,
        control,
        new FakeNode(),
        metrics,
        List.of(routes),
        connections,
        sweepMillis);
  }

  /** A connection with a call that has begun and does not go on. */
  private static Socket begun(AdminServer server) throws IOException {
    Socket socket = new Socket(server.endpoint().address(), server.endpoint().port());
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write("GET /healthz HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static HttpRequest call(AdminServer server) {
    return HttpRequest.newBuilder(URI.create("http://" + server.endpoint() + "/healthz")).build();
  }

  private static int healthz(AdminServer server) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(call(server), HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }
}
