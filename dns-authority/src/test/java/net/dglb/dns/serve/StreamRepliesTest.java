package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamRepliesTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void closeVertx() throws Exception {
    get(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void aPeerThatReadsNothingLosesItsConnection() throws Exception {
    CompletableFuture<StreamReplies> accepted = new CompletableFuture<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    var server =
        get(
            vertx
                .createNetServer()
                .connectHandler(socket -> {
                  socket.closeHandler(_ -> closed.complete(null));
                  accepted.complete(
                      new StreamReplies(
                          socket,
                          vertx.getOrCreateContext(),
                          true,
                          () -> {},
                          Duration.ofSeconds(1)));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture());
    try (TcpClient _ = new TcpClient(Endpoint.parse("127.0.0.1:" + server.actualPort()))) {
      StreamReplies replies = get(accepted);
      assertThatThrownBy(() -> sendMuch(replies))
          .isInstanceOf(IOException.class)
          .hasMessage("nothing was read for 1 s");
      get(closed);
    }
  }

  /** More than the systems of both sides take over. */
  private static void sendMuch(StreamReplies replies) throws IOException {
    for (int i = 0; i < 1000; i++) {
      replies.send(new byte[65_000]);
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }
}
