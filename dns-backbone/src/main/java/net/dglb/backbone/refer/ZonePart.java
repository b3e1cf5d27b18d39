package net.dglb.backbone.refer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/**
 * What one compilation made of one zone, and of what.
 *
 * @param zone as registered
 * @param nameServers the backbone's own
 * @param services in the order of the zone's services
 */
record ZonePart(
    EnterpriseZone zone,
    List<DomainName> nameServers,
    List<ServicePart> services,
    ZoneNames names,
    ZoneRecords records) {

  /** Whether the names and records of these would be the same. */
  boolean isOf(EnterpriseZone other, List<DomainName> servers, List<ServicePart> parts) {
    return services.equals(parts) && nameServers.equals(servers) && zone.equals(other);
  }

  /** Compiles the names. */
  static ZonePart of(
      EnterpriseZone zone,
      List<DomainName> nameServers,
      List<ServicePart> services,
      ZoneRecords records) {
    Map<DomainName, ServicePart> byName = new LinkedHashMap<>();
    for (int i = 0; i < services.size(); i++) {
      Service service = zone.services().get(i);
      byName.put(service.name(), services.get(i));
    }
    return new ZonePart(zone, nameServers, services, new ZoneNames(zone.origin(), byName), records);
  }
}
