package net.dglb.backbone.registry.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.HealthCheck;
import net.dglb.service.Service;
import net.dglb.service.Ttls;

/**
 * What an enterprise's own zone must hold, as lines of a zone file: the delegation to the
 * backbone's name servers and, in the aliased form, the names that clients ask for. What no zone
 * file can say stands in comments.
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

  /**
   * The lines.
   *
   * @param bare those of the aliases at which no CNAME may stand
   */
  List<String> of(EnterpriseZone zone, Set<DomainName> bare) {
    List<String> lines = new ArrayList<>();
    long ttl =
        zone.services().stream()
            .map(Service::ttls)
            .map(Ttls::delegation)
            .min(Duration::compareTo)
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
        if (bare.contains(alias)) {
          lines.addAll(atApex(alias, service, ttl));
        } else {
          lines.add("%s. %d IN CNAME %s.".formatted(alias, ttl, service.name()));
        }
      }
    }
    return lines;
  }

  private static List<String> atApex(DomainName apex, Service service, long ttl) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "; %s. is the apex of its zone, where no CNAME may stand. It gets the".formatted(apex));
    lines.add("; service's addresses by %s, as your provider".formatted(flattened(service)));
    lines.add(
        "; calls it: those that are the best beside the provider, whoever asks. An authority");
    lines.add("; node of DGLB does so by itself.");
    if (isForHttps(service)) {
      lines.add(
          "; Besides, for clients that ask for HTTPS records (RFC 9460), the best beside them:");
      lines.add("%s. %d IN HTTPS 0 %s.".formatted(apex, ttl, service.name()));
    }
    return lines;
  }

  /** Clients that find such a record take https (RFC 9460 section 9.5). */
  private static boolean isForHttps(Service service) {
    return service.answering().https().isPresent()
        || service.check().kind() == HealthCheck.Kind.HTTPS;
  }

  /** How an apex gets a service's addresses, as text. */
  static String flattened(Service service) {
    return "ALIAS, ANAME or a flattened CNAME to %s.".formatted(service.name());
  }
}
