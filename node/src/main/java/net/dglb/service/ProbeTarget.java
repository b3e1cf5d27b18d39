package net.dglb.service;

import java.net.InetAddress;
import java.util.Locale;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Endpoint;

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
    String where =
        check.kind() == HealthCheck.Kind.ICMP
            ? AddressLiteral.text(address)
            : new Endpoint(address, check.port()) + check.path();
    return check.kind().name().toLowerCase(Locale.ROOT) + " " + where;
  }
}
