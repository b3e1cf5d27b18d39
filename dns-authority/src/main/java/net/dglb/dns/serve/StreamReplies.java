package net.dglb.dns.serve;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.dglb.net.ConnectionAbort;

/** Answers of the slow path over a TCP connection: one message is under way at a time. */
final class StreamReplies implements SlowPath.Replies {

  /** A peer that reads nothing for so long has gone. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final NetSocket socket;
  private final Context context;
  private final boolean carriesZones;
  private final Runnable ended;
  private final Duration patience;

  /**
   * Takes the messages of one answer.
   *
   * @param context the connection's event loop
   * @param carriesZones see {@link SlowPath.Replies#carriesZones}
   * @param ended called there once there is no more
   * @param patience how long a peer may read nothing
   */
  StreamReplies(
      NetSocket socket, Context context, boolean carriesZones, Runnable ended, Duration patience) {
    this.socket = socket;
    this.context = context;
    this.carriesZones = carriesZones;
    this.ended = ended;
    this.patience = patience;
  }

  @Override
  public boolean carriesZones() {
    return carriesZones;
  }

  @Override
  public void send(byte[] message) throws IOException {
    Buffer framed = framed(message);
    CompletableFuture<Void> written = new CompletableFuture<>();
    context.runOnContext(_ ->
        socket
            .write(framed)
            .onComplete(_ -> written.complete(null), written::completeExceptionally));
    try {
      written.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the connection is gone", e.getCause());
    } catch (TimeoutException e) {
      ConnectionAbort.of(socket);
      throw new IOException("nothing was read for " + patience.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void end(byte[] last) {
    context.runOnContext(_ -> {
      if (last.length > 0) {
        socket.write(framed(last));
      }
      ended.run();
    });
  }

  private static Buffer framed(byte[] message) {
    return Buffer.buffer(message.length + Short.BYTES)
        .appendUnsignedShort(message.length)
        .appendBytes(message);
  }
}
