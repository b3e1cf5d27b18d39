package net.dglb.backbone.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import net.dglb.net.DomainName;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Ttls;

/** The first step of an explanation: how a name reaches the backbone. */
final class DelegationTree {

  private final Sources sources;

  DelegationTree(Sources sources) {
    this.sources = sources;
  }

  /**
   * The service that a name is an alias of; else the name itself.
   *
   * @throws IllegalArgumentException if it is named as one, and nothing shows whose
   */
  DomainName target(DomainName asked) {
    return new AliasClaims(sources.registry().list(), sources.aliases())
        .target(asked)
        .orElse(asked);
  }

  /** The zone that has a service. */
  Optional<EnterpriseZone> zoneOf(DomainName service) {
    return sources.registry().list().stream()
        .filter(zone -> zone.service(service).isPresent())
        .findFirst();
  }

  JsonObject of(DomainName asked, DomainName service, EnterpriseZone zone) {
    JsonArray nameServers = new JsonArray();
    sources.peers().all().forEach(peer -> nameServers.add(peer.name().toString()));
    Duration ttl =
        zone.service(service).map(it -> it.ttls().delegation()).orElse(Ttls.DEFAULT.delegation());
    return new JsonObject()
        .put("form", zone.form().name().toLowerCase(Locale.ROOT))
        .put("text", words(asked, service, zone))
        .put("service", service.toString())
        .put("zone", zone.origin().toString())
        .put("enterprise", zone.enterprise())
        .put("zone-version", zone.version())
        .put("name-servers", nameServers)
        .put("ttl", ttl.toSeconds());
  }

  private static String words(DomainName asked, DomainName service, EnterpriseZone zone) {
    String delegates = zone.origin() + " is delegated to the backbone";
    if (zone.form() == DelegationForm.DELEGATED || asked.isAtOrBelow(zone.origin())) {
      return delegates;
    }
    return asked + " is a CNAME to " + service + " in the enterprise's own zone, and " + delegates;
  }
}
