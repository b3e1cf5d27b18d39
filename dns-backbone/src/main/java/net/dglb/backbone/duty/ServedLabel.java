package net.dglb.backbone.duty;

import java.util.List;
import net.dglb.net.DomainName;

/**
 * Who serves one label now.
 *
 * @param service the balanced name
 * @param label the load balancer whose place the label names
 * @param own whether that load balancer itself is in service and verified for it
 * @param holders ids of the load balancers that are verified for it, its own first, then the
 *     nearest; none if only label addresses serve it
 */
public record ServedLabel(DomainName service, String label, boolean own, List<String> holders) {

  /** Copies the list. */
  public ServedLabel {
    holders = List.copyOf(holders);
  }
}
