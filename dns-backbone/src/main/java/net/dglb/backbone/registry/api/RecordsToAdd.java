package net.dglb.backbone.registry.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Ttls;

/**
 * What an enterprise's own zone must hold, as lines of a zone file: the delegation to the
 * backbone's name servers and, in the aliased form, the names that clients ask for.
 */
final class RecordsToAdd {

  private final Supplier<List<DomainName>> nameServers;
  private final Function<EnterpriseZone, List<DelegationSigner>> signers;

  RecordsToAdd(
      Supplier<List<DomainName>> nameServers,
      Function<EnterpriseZone, List<DelegationSigner>> signers) {
    this.nameServers = nameServers;
    this.signers = signers;
  }

  List<String> of(EnterpriseZone zone) {
    List<String> lines = new ArrayList<>();
    long ttl =
        zone.services().stream()
            .map(Service::ttls)
            .map(Ttls::delegation)
            .min(java.time.Duration::compareTo)
            .orElse(Ttls.DEFAULT.delegation())
            .toSeconds();
    for (DomainName server : nameServers.get()) {
      lines.add("%s. %d IN NS %s.".formatted(zone.origin(), ttl, server));
    }
    List<DelegationSigner> keys = signers.apply(zone);
    keys.forEach(key -> lines.add("%s. %d IN DS %s".formatted(zone.origin(), ttl, key)));
    if (zone.dnssec() && keys.isEmpty()) {
      lines.add("; its DS record will be known within seconds: ./dglb zone show " + zone.origin());
    }
    for (Service service : zone.services()) {
      for (DomainName alias : service.aliases()) {
        lines.add("%s. %d IN CNAME %s.".formatted(alias, ttl, service.name()));
      }
    }
    return lines;
  }
}
