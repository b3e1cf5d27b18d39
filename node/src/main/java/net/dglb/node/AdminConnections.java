package net.dglb.node;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import net.dglb.net.ConnectionAbort;

/**
 * The connections to an admin API, so many at most, and each only as long as calls end on it in
 * time. Whoever sends a call octet by octet, or reads an answer so, is cut off; where there are too
 * many connections the one on which no call has ended for longest makes room, so that nobody can
 * lock others out. For any thread.
 */
final class AdminConnections {

  /**
   * How much is admitted.
   *
   * @param connections how many at once, 1 and up
   * @param callWithin a call ends within this time after the one before, or after the connection
   *     began; longer than the longest answer takes
   */
  record Limits(int connections, Duration callWithin) {

    static final Limits DEFAULT = new Limits(256, Duration.ofSeconds(90));
  }

  private final Limits limits;
  private final LongSupplier nanoTime;

  /** When the last call ended, or the connection began; the longest ago first. */
  private final Map<HttpConnection, Long> lastDone = new LinkedHashMap<>();

  AdminConnections(Limits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /** A connection began. */
  void opened(HttpConnection connection) {
    connection.closeHandler(_ -> closed(connection));
    List<HttpConnection> tooMany = new ArrayList<>();
    synchronized (this) {
      lastDone.put(connection, nanoTime.getAsLong());
      var eldest = lastDone.keySet().iterator();
      while (lastDone.size() - tooMany.size() > limits.connections()) {
        tooMany.add(eldest.next());
      }
      tooMany.forEach(lastDone::remove);
    }
    tooMany.forEach(ConnectionAbort::of);
  }

  private synchronized void closed(HttpConnection connection) {
    lastDone.remove(connection);
  }

  /** A call ended on a connection. */
  synchronized void done(HttpConnection connection) {
    if (lastDone.remove(connection) != null) {
      lastDone.put(connection, nanoTime.getAsLong());
    }
  }

  /** Cuts those off on which no call ended in time; to be called now and then. */
  void sweep() {
    List<HttpConnection> late = new ArrayList<>();
    synchronized (this) {
      long oldest = nanoTime.getAsLong() - limits.callWithin().toNanos();
      lastDone.forEach((connection, done) -> {
        if (done - oldest < 0) {
          late.add(connection);
        }
      });
      late.forEach(lastDone::remove);
    }
    late.forEach(ConnectionAbort::of);
  }

  /** How many there are. */
  synchronized int size() {
    return lastDone.size();
  }
}
