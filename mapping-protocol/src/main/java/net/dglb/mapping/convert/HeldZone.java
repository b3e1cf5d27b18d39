package net.dglb.mapping.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.dglb.mapping.wire.ZonesHeld;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;

/**
 * A zone that a load balancer keeps.
 *
 * @param version of what it keeps
 */
public record HeldZone(DomainName origin, long version) {

  /** The most zones that one message names. */
  public static final int MAX_ZONES = 1024;

  /** Messages that name these zones; none if there are none. */
  public static List<ZonesHeld> toWire(Collection<EnterpriseZone> zones) {
    List<ZonesHeld> messages = new ArrayList<>();
    ZonesHeld.Builder next = ZonesHeld.newBuilder();
    for (EnterpriseZone zone : zones) {
      next.addZones(
          net.dglb.mapping.wire.HeldZone.newBuilder()
              .setOrigin(zone.origin().toString())
              .setVersion(zone.version()));
      if (next.getZonesCount() == MAX_ZONES) {
        messages.add(next.build());
        next = ZonesHeld.newBuilder();
      }
    }
    if (next.getZonesCount() > 0) {
      messages.add(next.build());
    }
    return messages;
  }

  /**
   * Reads a message.
   *
   * @throws MalformedMessageException if it names too many, or something that is no zone
   */
  public static List<HeldZone> fromWire(ZonesHeld message) throws MalformedMessageException {
    return Reading.all(
        "zones",
        message.getZonesList(),
        MAX_ZONES,
        zone -> new HeldZone(DomainName.of(zone.getOrigin()), zone.getVersion()));
  }
}
