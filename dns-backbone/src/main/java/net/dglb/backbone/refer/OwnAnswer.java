package net.dglb.backbone.refer;

import net.dglb.net.AddressFamily;
import net.dglb.service.Service;

/**
 * What this node itself answers for a service at one place, and why.
 *
 * @param service with the policy that ranked
 * @param byEstimate whether nobody measures there
 * @param ipv4 with IPv4 addresses
 * @param ipv6 with IPv6 addresses
 */
public record OwnAnswer(Service service, boolean byEstimate, PlaceAnswer ipv4, PlaceAnswer ipv6) {

  /** With the addresses of one family. */
  public PlaceAnswer of(AddressFamily family) {
    return family == AddressFamily.IPV4 ? ipv4 : ipv6;
  }
}
