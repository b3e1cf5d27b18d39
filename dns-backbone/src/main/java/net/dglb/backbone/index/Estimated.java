package net.dglb.backbone.index;

import java.util.List;
import net.dglb.decision.path.EstimatedPlace;

/**
 * What is estimated for a place and a set of services.
 *
 * @param order the load balancers whose own answers are the best for it, best first
 * @param sites the sites' latencies from there
 */
record Estimated(List<String> order, EstimatedPlace sites) {

  /** Copies the list. */
  Estimated {
    order = List.copyOf(order);
  }
}
