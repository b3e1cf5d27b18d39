package net.dglb.backbone.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.decision.path.KnownPaths;
import net.dglb.decision.path.UnmeasuredClients;
import net.dglb.decision.path.VantagePoint;
import net.dglb.net.Location;

/**
 * What all load balancers together know of a set of services at one moment. Immutable.
 *
 * @param sites the candidates and where they stand
 * @param vantagePoints the load balancers in service that measured, with what they measured
 * @param answers the site that each of them answers now, by its id
 */
public record ServiceView(
    Map<String, Optional<Location>> sites,
    List<VantagePoint> vantagePoints,
    Map<String, String> answers) {

  /** Copies the collections. */
  public ServiceView {
    sites = Map.copyOf(sites);
    vantagePoints = List.copyOf(vantagePoints);
    answers = Map.copyOf(answers);
  }

  /** An estimator made of this view. Not thread-safe, and costly to ask. */
  UnmeasuredClients estimator() {
    return new UnmeasuredClients(sites, vantagePoints, KnownPaths.PUBLISHED);
  }
}
