package net.dglb.measure.probe;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
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
 * @param certificateExpires when the site's certificate does, if one was seen and trusted
 * @param load that the site reports in the unit of its check, 0 and up; empty if it reports none
 */
public record Measurement(
    ProbeTarget target,
    Outcome outcome,
    Phases phases,
    int status,
    Instant at,
    String detail,
    Optional<Instant> certificateExpires,
    OptionalDouble load) {

  /** A measurement that saw no certificate and no load. */
  public Measurement(
      ProbeTarget target, Outcome outcome, Phases phases, int status, Instant at, String detail) {
    this(target, outcome, phases, status, at, detail, Optional.empty(), OptionalDouble.empty());
  }

  /**
   * What counts as latency: the time to the first byte, over HTTP on a new connection; for TCP the
   * time to connect. Only meaningful on success.
   */
  public long latencyNanos() {
    return target.check().kind() == HealthCheck.Kind.TCP
        ? phases.connectNanos()
        : phases.firstByteNanos();
  }
}
