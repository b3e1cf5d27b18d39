package net.dglb.mapping.convert;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import net.dglb.decision.SiteState;
import net.dglb.identity.NodeId;
import net.dglb.service.ProbeTarget;

/**
 * What was measured at one place.
 *
 * @param place the id of the load balancer that stands there
 * @param states by target
 */
public record PlaceEstimates(String place, Map<ProbeTarget, SiteState> states) {

  /** Copies the map and checks the id. */
  public PlaceEstimates {
    NodeId.check(place);
    states = Map.copyOf(states);
  }

  /** The same by a clock that shows so much more. */
  PlaceEstimates later(Duration by) {
    Map<ProbeTarget, SiteState> later = new HashMap<>();
    states.forEach((target, state) -> later.put(target, state.later(by)));
    return new PlaceEstimates(place, later);
  }
}
