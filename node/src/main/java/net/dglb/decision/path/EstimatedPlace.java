package net.dglb.decision.path;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.dglb.net.Location;

/**
 * What is estimated for one place where nobody measures, for one set of sites. Immutable.
 *
 * @param location of the place
 * @param millis the expected latency of each site that stands somewhere, by its id
 * @param around ids of the load balancers that have measured and whose word counts there, the
 *     nearest first; empty if nobody has
 * @param at when this was estimated
 */
public record EstimatedPlace(
    Location location, Map<String, Double> millis, List<String> around, Instant at) {

  /** Copies the collections. */
  public EstimatedPlace {
    millis = Map.copyOf(millis);
    around = List.copyOf(around);
  }

  /** Whether it rests on any measurement of the network. */
  public boolean isFounded() {
    return !around.isEmpty();
  }
}
