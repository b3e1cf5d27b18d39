package net.dglb.decision.path;

import java.util.Map;
import net.dglb.net.Location;

/**
 * What one load balancer measured.
 *
 * @param id the load balancer's
 * @param location where it stands
 * @param latencyMillis per site id; only what is fresh, and only sites that are not down there
 */
public record VantagePoint(String id, Location location, Map<String, Double> latencyMillis) {

  /** Copies the map. */
  public VantagePoint {
    latencyMillis = Map.copyOf(latencyMillis);
  }
}
