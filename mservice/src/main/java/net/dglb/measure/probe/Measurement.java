package net.dglb.measure.probe;

import java.time.Instant;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;

/**
 * The result of one probe.
 *
 * @param target what was probed
 * @param outcome how it ended
 * @param phases when each phase was done
 * @param status the HTTP status, 0 if none came
 * @param at when the probe ended
 * @param detail what went wrong, for people; empty on success
 */
public record Measurement(
    ProbeTarget target, Outcome outcome, Phases phases, int status, Instant at, String detail) {

  /**
   * What counts as latency: the time to the first byte on a new connection; for TCP the time to
   * connect. Only meaningful on success.
   */
  public long latencyNanos() {
    return target.check().kind() == HealthCheck.Kind.TCP
        ? phases.connectNanos()
        : phases.firstByteNanos();
  }
}
