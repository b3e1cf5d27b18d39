package net.dglb.backbone.duty;

import java.util.List;
import net.dglb.net.DomainName;

/**
 * Who serves one label now.
 *
 * @param service the balanced name
 * @param label the load balancer whose place the label names
 * @param measured whether that load balancer has served it and did not withdraw: resolvers are sent
 *     to the label then, also while the load balancer is lost and others answer for its place
 * @param holders ids of the load balancers that are verified for it, its own first, then the
 *     nearest; none if only label addresses serve it
 */
public record ServedLabel(
    DomainName service, String label, boolean measured, List<String> holders) {

  /** Copies the list. */
  public ServedLabel {
    holders = List.copyOf(holders);
  }
}
