package net.dglb.mapping.convert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.identity.NodeId;
import net.dglb.net.DomainName;
import net.dglb.net.Location;

/**
 * The duty to answer {@code <label>.<service>} with what is best from the label's place.
 *
 * @param label the id of the load balancer whose place the label names
 * @param service the balanced name
 * @param zoneVersion the version of the enterprise zone with which the service became what it is,
 *     as far as the sender has seen; 0 and up
 * @param backup whether the label is another load balancer's
 * @param place where the label's load balancer stands, if that is known
 * @param nameServers the label's NS set as the backbone refers to it
 * @param nameServerTtl its TTL, 0 to 7 days in whole seconds
 */
public record LabelDuty(
    String label,
    DomainName service,
    long zoneVersion,
    boolean backup,
    Optional<Location> place,
    List<DomainName> nameServers,
    Duration nameServerTtl) {

  /** The most names of an NS set. */
  public static final int MAX_NAME_SERVERS = 16;

  private static final Duration MAX_TTL = Duration.ofDays(7);

  /** Copies the list and checks the ranges. */
  public LabelDuty {
    NodeId.check(label);
    nameServers = List.copyOf(nameServers);
    if (zoneVersion < 0) {
      throw new IllegalArgumentException("zone version: " + zoneVersion + " (expected 0 and up)");
    }
    if (nameServers.size() > MAX_NAME_SERVERS) {
      throw new IllegalArgumentException(
          "name servers: " + nameServers.size() + " (expected at most " + MAX_NAME_SERVERS + ")");
    }
    if (nameServerTtl.isNegative() || nameServerTtl.compareTo(MAX_TTL) > 0) {
      throw new IllegalArgumentException(
          "name server TTL: " + nameServerTtl + " (expected 0 to 7 days)");
    }
  }

  /** Whether both say to answer the same; versions of the zone may differ. */
  public boolean answersAs(LabelDuty other) {
    return equals(
        new LabelDuty(
            other.label,
            other.service,
            zoneVersion,
            other.backup,
            other.place,
            other.nameServers,
            other.nameServerTtl));
  }

  /** The label's whole name, the apex of its zone. */
  public DomainName name() {
    return service.child(label);
  }
}
