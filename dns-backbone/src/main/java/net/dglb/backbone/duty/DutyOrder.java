package net.dglb.backbone.duty;

import java.util.List;
import java.util.Optional;
import net.dglb.net.DomainName;
import net.dglb.net.Location;

/**
 * What a holder is told about a label.
 *
 * @param label the id of the load balancer whose place the label names
 * @param service the balanced name
 * @param origin the zone that the service belongs to
 * @param zoneVersion the version of the zone that the holder needs at least
 * @param backup whether the label is another load balancer's
 * @param place where that load balancer stands
 * @param nameServers the label's NS set, as resolvers are referred to it
 * @param nameServerTtlSeconds its TTL
 */
public record DutyOrder(
    String label,
    DomainName service,
    DomainName origin,
    long zoneVersion,
    boolean backup,
    Optional<Location> place,
    List<DomainName> nameServers,
    int nameServerTtlSeconds) {

  /** Copies the list. */
  public DutyOrder {
    nameServers = List.copyOf(nameServers);
  }
}
