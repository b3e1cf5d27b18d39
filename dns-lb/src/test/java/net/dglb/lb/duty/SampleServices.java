package net.dglb.lb.duty;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.dglb.net.DomainName;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.HealthCheck;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Ttls;

/** Services of one site, all behind one address, each with a host of its own. */
public final class SampleServices {

  private SampleServices() {}

  /** A service that is asked for by its own name. */
  public static Service service(DomainName name) {
    return service(name, name.toString());
  }

  /** A service with that host in its check. */
  public static Service service(DomainName name, String host) {
    return new Service(
        name,
        List.of(),
        Mode.ANSWER,
        List.of(new Site("rome", List.of(InetAddress.ofLiteral("192.0.2.1")), Optional.empty())),
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            80,
            "/",
            host,
            HealthCheck.USUAL_INTERVAL,
            HealthCheck.USUAL_TIMEOUT,
            2,
            3,
            HealthCheck.USUAL_STATUSES),
        Policy.Latency.DEFAULT,
        new Ttls(Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(5)),
        0);
  }

  /** A zone with services of these names below its apex. */
  public static EnterpriseZone zone(String origin, long version, String... services) {
    return new EnterpriseZone(
        "foobar",
        DomainName.of(origin),
        DelegationForm.ALIASED,
        false,
        version,
        Stream.of(services).map(it -> service(DomainName.of(it + "." + origin))).toList());
  }
}
