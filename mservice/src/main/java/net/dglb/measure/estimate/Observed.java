package net.dglb.measure.estimate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.measure.probe.Outcome;

/**
 * What was seen of a target since the process started, for people; nothing is decided by it.
 *
 * @param latencies how the last ones are spread
 * @param outcomes how many probes ended how
 * @param failures the last ones, oldest first
 * @param certificateExpires when the certificate does that was seen last
 */
public record Observed(
    Percentiles latencies,
    Map<Outcome, Long> outcomes,
    List<Failure> failures,
    Optional<Instant> certificateExpires) {

  /** Nothing was seen. */
  public static final Observed NOTHING =
      new Observed(Percentiles.NONE, Map.of(), List.of(), Optional.empty());

  /** Copies the collections. */
  public Observed {
    outcomes = Map.copyOf(outcomes);
    failures = List.copyOf(failures);
  }
}
