package net.dglb.backbone.registry.api;

import java.util.ArrayList;
import java.util.List;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Ttls;

/**
 * What an enterprise's own zone must hold, as lines of a zone file: the delegation to the
 * backbone's name servers and, in the aliased form, the names that clients ask for.
 */
final class RecordsToAdd {

  private RecordsToAdd() {}

  static List<String> of(EnterpriseZone zone, List<DomainName> nameServers) {
    List<String> lines = new ArrayList<>();
    long ttl =
        zone.services().stream()
            .map(Service::ttls)
            .map(Ttls::delegation)
            .min(java.time.Duration::compareTo)
            .orElse(Ttls.DEFAULT.delegation())
            .toSeconds();
    for (DomainName server : nameServers) {
      lines.add("%s. %d IN NS %s.".formatted(zone.origin(), ttl, server));
    }
    for (Service service : zone.services()) {
      for (DomainName alias : service.aliases()) {
        lines.add("%s. %d IN CNAME %s.".formatted(alias, ttl, service.name()));
      }
    }
    return lines;
  }
}
