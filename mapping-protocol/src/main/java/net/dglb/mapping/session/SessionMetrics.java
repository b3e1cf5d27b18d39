package net.dglb.mapping.session;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import net.dglb.identity.HandshakeFailure;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.node.Metrics;

/** The figures of a node's sessions, {@code dglb_mapping_*}. */
public final class SessionMetrics {

  private final Metrics metrics;
  private final Supplier<Optional<SessionCounters>> counters;

  private SessionMetrics(Metrics metrics, Supplier<Optional<SessionCounters>> counters) {
    this.metrics = metrics;
    this.counters = counters;
  }

  /**
   * Registers them.
   *
   * @param counters asked from any thread; empty while the node neither listens nor connects
   */
  public static void register(Metrics metrics, Supplier<Optional<SessionCounters>> counters) {
    SessionMetrics figures = new SessionMetrics(metrics, counters);
    figures.connections();
    figures.direction("in", SessionCounters::framesIn, SessionCounters::bytesIn);
    figures.direction("out", SessionCounters::framesOut, SessionCounters::bytesOut);
    for (ErrorCode code : ErrorCode.values()) {
      if (code != ErrorCode.UNRECOGNIZED) {
        figures.error(code, "in", it -> it.errorsIn(code));
        figures.error(code, "out", it -> it.errorsOut(code));
      }
    }
  }

  private void connections() {
    metrics.counter(
        "dglb.mapping.connections",
        "Connections accepted or attempted, greeted or not.",
        count(SessionCounters::connections));
    for (HandshakeFailure why : HandshakeFailure.values()) {
      metrics.counter(
          "dglb.mapping.handshakes.refused",
          "Connections to this node that came to no TLS session, as of a foreign certificate.",
          count(it -> it.refusedHandshakes(why)),
          "reason",
          why.word());
    }
    metrics.counter(
        "dglb.mapping.sessions.opened", "Sessions that began.", count(SessionCounters::opened));
    metrics.counter(
        "dglb.mapping.sessions.closed", "Sessions that ended.", count(SessionCounters::closed));
    metrics.counter(
        "dglb.mapping.frames.unknown",
        "Frames that were ignored, since this version does not know their message.",
        count(SessionCounters::unknownFrames));
  }

  private void direction(
      String direction,
      ToLongFunction<SessionCounters> frames,
      ToLongFunction<SessionCounters> bytes) {
    metrics.counter(
        "dglb.mapping.frames", "Frames between nodes.", count(frames), "direction", direction);
    metrics.counter(
        "dglb.mapping.bytes", "Bytes inside TLS.", count(bytes), "direction", direction);
  }

  private void error(ErrorCode code, String direction, ToLongFunction<SessionCounters> value) {
    String word = code.name().replace("ERROR_", "").toLowerCase(Locale.ROOT);
    metrics.counter(
        "dglb.mapping.errors",
        "Errors told between nodes.",
        count(value),
        "direction",
        direction,
        "code",
        word);
  }

  private DoubleSupplier count(ToLongFunction<SessionCounters> value) {
    return () -> counters.get().map(value::applyAsLong).orElse(0L);
  }
}
