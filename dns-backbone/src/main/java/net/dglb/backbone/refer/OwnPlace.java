package net.dglb.backbone.refer;

import net.dglb.net.DomainName;
import net.dglb.net.Location;

/**
 * A place for which this node itself answers a service: that of a label, or one where nobody
 * measures.
 *
 * @param service the balanced name
 * @param words where, in words that stay the same over restarts
 */
public record OwnPlace(DomainName service, String words) {

  /** The place of a load balancer's label. */
  public static OwnPlace ofLabel(DomainName service, String loadBalancer) {
    return new OwnPlace(service, "at " + loadBalancer);
  }

  /** A place where nobody measures. */
  public static OwnPlace near(DomainName service, Location location) {
    return new OwnPlace(service, "near " + location.latitude() + "," + location.longitude());
  }

  @Override
  public String toString() {
    return service + " " + words;
  }
}
