package net.dglb.dns.serve;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a network: hands over octets as it is told, says that its peer does not read
 * after every so many writes, and keeps what was written. Without a test library: fuzzers use it.
 */
final class ScriptedSocket {

  private final int writesUntilFull;
  private final String peer;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Deque<Buffer> held = new ArrayDeque<>();
  private @Nullable Handler<Buffer> reader;
  private @Nullable Handler<Void> drained;
  private int writes;
  private boolean paused;
  private boolean ended;

  /** A peer that reads what it gets only after so many writes; 0 for one that always reads. */
  ScriptedSocket(String peer, int writesUntilFull) {
    this.peer = peer;
    this.writesUntilFull = writesUntilFull;
  }

  NetSocket socket() {
    return of(NetSocket.class);
  }

  /** A context that nothing is run on. */
  Context context() {
    return of(Context.class);
  }

  /** Octets come in, now or once the server reads again. */
  void receive(Buffer octets) {
    held.add(octets);
    handOver();
  }

  /** The peer reads all that was written, until nothing more comes of it. */
  void readAll() {
    while (isFull()) {
      writes = 0;
      if (drained != null) {
        drained.handle(null);
      }
      handOver();
    }
  }

  boolean isEnded() {
    return ended;
  }

  byte[] written() {
    return written.toByteArray();
  }

  private void handOver() {
    while (!paused && !ended && reader != null && !held.isEmpty()) {
      reader.handle(held.remove());
    }
  }

  private boolean isFull() {
    return writesUntilFull > 0 && writes >= writesUntilFull;
  }

  private <T> T of(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call(self, method, arguments)));
  }

  @SuppressWarnings("unchecked") // the handlers are of the types that the interface says
  private Object call(Object self, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "remoteAddress" -> SocketAddress.inetSocketAddress(53, peer);
      case "exceptionHandler" -> self;
      case "handler" -> {
        reader = (Handler<Buffer>) arguments[0];
        yield self;
      }
      case "drainHandler" -> {
        drained = (Handler<Void>) arguments[0];
        yield self;
      }
      case "writeQueueFull" -> isFull();
      case "pause" -> {
        paused = true;
        yield self;
      }
      case "resume" -> {
        paused = false;
        yield self;
      }
      case "write" -> write((Buffer) arguments[0]);
      case "end" -> {
        Future<Void> last = write((Buffer) arguments[0]);
        ended = true;
        yield last;
      }
      default -> throw new AssertionError("not expected here: " + method);
    };
  }

  private Future<Void> write(Buffer octets) {
    if (ended) {
      throw new AssertionError("written after the end");
    }
    writes++;
    written.writeBytes(octets.getBytes());
    return Future.succeededFuture();
  }
}
