package net.dglb.measure.probe;

import java.time.Instant;
import java.util.OptionalDouble;
import net.dglb.service.ProbeTarget;

/**
 * The result of one download.
 *
 * @param target from where
 * @param outcome how it ended; timed out: what came until then counts all the same
 * @param bytes of the object that came
 * @param nanos from the first of them to the last
 * @param at when it ended
 * @param detail what went wrong, for people; empty on success
 */
public record Transfer(
    ProbeTarget target, Outcome outcome, long bytes, long nanos, Instant at, String detail) {

  /** A shorter time is not measured well. */
  private static final long SHORTEST_NANOS = 1_000_000;

  /** The throughput, if there is anything to tell it from. */
  public OptionalDouble bytesPerSecond() {
    boolean counts = bytes > 0 && (outcome.isSuccess() || outcome == Outcome.TIMED_OUT);
    return counts
        ? OptionalDouble.of(bytes * 1e9 / Math.max(nanos, SHORTEST_NANOS))
        : OptionalDouble.empty();
  }
}
