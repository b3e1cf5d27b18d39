package net.dglb.backbone.refer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.sign.SignedZone;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/**
 * What one compilation made of one zone, and of what.
 *
 * @param zone as registered
 * @param nameServers the backbone's own
 * @param signed how it is signed, if it is
 * @param services in the order of the zone's services
 */
record ZonePart(
    EnterpriseZone zone,
    List<DomainName> nameServers,
    Optional<SignedZone> signed,
    List<ServicePart> services,
    ZoneNames names,
    ZoneRecords records) {

  /** Whether the records of these would be the same. */
  boolean hasRecordsOf(EnterpriseZone other, List<DomainName> servers, Optional<SignedZone> how) {
    return nameServers.equals(servers) && zone.equals(other) && signed.equals(how);
  }

  /** Compiles the names. */
  static ZonePart of(
      EnterpriseZone zone,
      List<DomainName> nameServers,
      Optional<SignedZone> signed,
      List<ServicePart> services,
      ZoneRecords records) {
    Map<DomainName, ServicePart> byName = new LinkedHashMap<>();
    for (int i = 0; i < services.size(); i++) {
      Service service = zone.services().get(i);
      byName.put(service.name(), services.get(i));
    }
    return new ZonePart(
        zone, nameServers, signed, services, new ZoneNames(zone.origin(), byName), records);
  }
}
