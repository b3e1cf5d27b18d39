package net.dglb.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionAbortTest {

  private static final String HOST = "127.0.0.1";

  /** More than the systems of both sides take over. */
  private static final Buffer MUCH = Buffer.buffer(new byte[64 << 20]);

  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  @AfterEach
  void close() throws Exception {
    get(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void aPeerWhoNeverReadsLosesItsConnectionAndWhatIsQueuedForIt() throws Exception {
    CompletableFuture<NetSocket> accepted = new CompletableFuture<>();
    CompletableFuture<Void> written = new CompletableFuture<>();
    var server =
        get(
            vertx
                .createNetServer()
                .connectHandler(socket -> {
                  socket.closeHandler(_ -> closed.complete(null));
                  socket
                      .write(MUCH)
                      .onComplete(_ -> written.complete(null), written::completeExceptionally);
                  accepted.complete(socket);
                })
                .listen(0, HOST)
                .toCompletionStage()
                .toCompletableFuture());
    try (Socket peer = connect(server.actualPort())) {
      NetSocket socket = get(accepted);
      assertThat(written).isNotDone();

      ConnectionAbort.of(socket);

      get(closed);
      assertThatThrownBy(() -> get(written)).isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> peer.getInputStream().readAllBytes())
          .as("the system gives up what it has not sent")
          .isInstanceOf(SocketException.class);
      assertThatCode(() -> ConnectionAbort.of(socket)).as("once more").doesNotThrowAnyException();
    }
  }

  @Test
  void aCallerWhoNeverReadsItsAnswerLosesItsConnection() throws Exception {
    CompletableFuture<HttpConnection> called = new CompletableFuture<>();
    var server =
        get(
            vertx
                .createHttpServer()
                .requestHandler(call -> {
                  call.connection().closeHandler(_ -> closed.complete(null));
                  call.response().end(MUCH);
                  called.complete(call.connection());
                })
                .listen(0, HOST)
                .toCompletionStage()
                .toCompletableFuture());
    try (Socket peer = connect(server.actualPort())) {
      peer.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      ConnectionAbort.of(get(called));

      get(closed);
      assertThatThrownBy(() -> peer.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aConnectionOfHttp2EndsWithAllCallsOnIt() throws Exception {
    CompletableFuture<HttpVersion> version = new CompletableFuture<>();
    var server =
        get(
            vertx
                .createHttpServer()
                .requestHandler(call -> {
                  version.complete(call.version());
                  ConnectionAbort.of(call.connection());
                })
                .listen(0, HOST)
                .toCompletionStage()
                .toCompletableFuture());
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      URI uri = URI.create("http://" + HOST + ":" + server.actualPort());
      var answer =
          client.sendAsync(
              HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
      assertThatThrownBy(() -> get(answer)).hasCauseInstanceOf(IOException.class);
      assertThat(get(version)).isEqualTo(HttpVersion.HTTP_2);
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new Endpoint(AddressLiteral.parse(HOST), port).toSocketAddress());
    return socket;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }
}
