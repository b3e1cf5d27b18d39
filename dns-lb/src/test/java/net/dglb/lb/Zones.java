package net.dglb.lb;

import java.util.ArrayList;
import java.util.List;
import net.dglb.config.ConfigException;
import net.dglb.config.ConfigFile;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import net.dglb.service.Service;

/** Enterprise zones for tests, as registration documents say them. */
final class Zones {

  private Zones() {}

  /** A zone with one service at three sites; Tokyo has no IPv6 address. */
  static EnterpriseZone zone(long version) {
    return zone(version, Network.SERVICE);
  }

  static EnterpriseZone zone(long version, String service) {
    return zone(version, service, "mode = answer");
  }

  /** The zone {@code lb.foobar.test} with these services, as a registration names them. */
  static EnterpriseZone of(long version, String services) {
    try {
      return RegistrationDocument.read(
              ConfigFile.parse(
                  "zone.conf",
                  """
                  registration {
                    version = 1
                    enterprise = foobar
                    zone = lb.foobar.test
                    form = aliased
                    services {
                      %s
                    }
                  }
                  """
                      .formatted(services)))
          .withVersion(version);
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  /** The same with more lines of the service. */
  static EnterpriseZone zone(long version, String service, String lines) {
    return of(
        version,
        """
        "%s" {
          %s
          check { kind = http, port = 80, path = "/", interval = 30s, timeout = 5s }
          sites {
            newyork { addresses = ["192.0.2.1", "2001:db8::1"]
                      latitude = 40.7, longitude = -74 }
            frankfurt { addresses = ["192.0.2.2", "2001:db8::2"]
                        latitude = 50.1, longitude = 8.7 }
            tokyo { addresses = ["192.0.2.3"], latitude = 35.7, longitude = 139.7 }
          }
        }
        """
            .formatted(service, lines));
  }

  /** The same with more services than one message of the protocol holds; the known one is last. */
  static EnterpriseZone largeZone(long version) {
    EnterpriseZone small = zone(version);
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      services.addAll(zone(version, "s" + i + ".lb.foobar.test").services());
    }
    services.addAll(small.services());
    return new EnterpriseZone(
        small.enterprise(), small.origin(), small.form(), small.dnssec(), version, services);
  }
}
