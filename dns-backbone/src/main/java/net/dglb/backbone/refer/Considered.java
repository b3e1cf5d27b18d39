package net.dglb.backbone.refer;

import net.dglb.backbone.index.Ordered;

/**
 * A load balancer that came into question for a resolver.
 *
 * @param id its id
 * @param why it stands in the order
 * @param measured whether it has served the service's label and did not withdraw
 * @param live whether it is in service
 */
public record Considered(String id, Ordered.Why why, boolean measured, boolean live) {

  /** Whether its label stands for its place, so that resolvers may be sent to it. */
  public boolean standsForItsPlace() {
    return measured || live;
  }
}
