package net.dglb.service;

/** How an enterprise's own zone leads to the zone that the backbone serves for it. */
public enum DelegationForm {
  /**
   * The enterprise's zone has a CNAME from the users' name to the service, which stands below the
   * apex of a zone that is delegated to the backbone. Legal in signed zones too.
   */
  ALIASED,
  /** The service's name itself is delegated: it is the apex of the backbone's zone. */
  DELEGATED,
  /** One delegation per load balancer, shared by all enterprises. Not available yet. */
  SHARED
}
