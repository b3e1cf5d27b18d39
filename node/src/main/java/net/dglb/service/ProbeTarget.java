package net.dglb.service;

import java.net.InetAddress;

/**
 * What is measured: an address with the check that is done there. Services that use the same
 * address and an equal check share the target and its probes.
 *
 * @param address a site's address
 * @param check how it is probed
 */
public record ProbeTarget(InetAddress address, HealthCheck check) {

  /** The address and what is asked, for people. */
  @Override
  public String toString() {
    return check.kind() + " " + address.getHostAddress() + " port " + check.port() + check.path();
  }
}
