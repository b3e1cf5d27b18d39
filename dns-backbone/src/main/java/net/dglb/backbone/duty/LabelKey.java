package net.dglb.backbone.duty;

import net.dglb.net.DomainName;

/**
 * A label: {@code <label>.<service>}.
 *
 * @param service the balanced name
 * @param label the id of the load balancer whose place it names
 */
record LabelKey(DomainName service, String label) {

  /** The label's own name. */
  @Override
  public String toString() {
    return label + "." + service;
  }
}
