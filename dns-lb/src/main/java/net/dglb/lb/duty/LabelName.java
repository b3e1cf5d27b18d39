package net.dglb.lb.duty;

import net.dglb.identity.NodeId;
import net.dglb.net.DomainName;

/**
 * A referral label in front of a service: the name that resolvers are referred here for.
 *
 * @param place the label: the id of the load balancer whose place it stands for
 * @param service the balanced name
 */
public record LabelName(String place, DomainName service) implements Comparable<LabelName> {

  /** Checks the label. */
  public LabelName {
    if (!NodeId.isLabel(place)) {
      throw new IllegalArgumentException(
          "label: \"" + place + "\" (expected 1 to 40 lower-case letters, digits or hyphens)");
    }
  }

  /** The apex of the label's zone. */
  public DomainName apex() {
    return service.child(place);
  }

  /** By service, then by place. */
  @Override
  public int compareTo(LabelName other) {
    int byService = service.compareTo(other.service);
    return byService == 0 ? place.compareTo(other.place) : byService;
  }

  /** The apex in the usual notation. */
  @Override
  public String toString() {
    return apex().toString();
  }
}
