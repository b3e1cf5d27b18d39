package net.dglb.backbone.registry.api;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.dglb.backbone.Samples;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.Service;

/** What tests ask to be registered: the sample zone and variants of it. */
final class Wishes {

  private Wishes() {}

  static JsonObject document(EnterpriseZone zone) {
    return new JsonObject().put("document", RegistrationDocument.render(zone));
  }

  /** A document orders the services by their names. */
  static EnterpriseZone served(long version) {
    EnterpriseZone zone = Samples.aliased(version);
    List<Service> services =
        zone.services().stream().sorted(Comparator.comparing(Service::name)).toList();
    return new EnterpriseZone(
        zone.enterprise(), zone.origin(), zone.form(), zone.dnssec(), version, services);
  }

  static EnterpriseZone owned(String enterprise) {
    EnterpriseZone zone = Samples.aliased(0);
    return new EnterpriseZone(
        enterprise, zone.origin(), zone.form(), zone.dnssec(), 0, zone.services());
  }

  static EnterpriseZone withoutTokyo() {
    EnterpriseZone zone = Samples.aliased(0);
    List<Service> services = new ArrayList<>();
    for (Service service : zone.services()) {
      services.add(
          new Service(
              service.name(),
              service.aliases(),
              service.mode(),
              service.sites().subList(0, 1),
              service.check(),
              service.policy(),
              service.ttls(),
              service.probeCapPerSecond()));
    }
    return new EnterpriseZone(
        zone.enterprise(), zone.origin(), zone.form(), zone.dnssec(), 0, services);
  }
}
