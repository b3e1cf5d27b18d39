package net.dglb.backbone.duty;

import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/**
 * A service with the zone that it is registered in.
 *
 * @param origin the zone's
 * @param version the zone's, with which the service became what it is, as far as this node has seen
 */
record RegisteredService(DomainName origin, long version, Service service) {

  static RegisteredService of(EnterpriseZone zone, Service service) {
    return new RegisteredService(zone.origin(), zone.version(), service);
  }

  /** Whether a version of a zone leaves the service as it is. */
  boolean isOf(EnterpriseZone zone, Service now) {
    return origin.equals(zone.origin()) && service.equals(now);
  }
}
