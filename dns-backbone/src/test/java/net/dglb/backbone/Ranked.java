package net.dglb.backbone;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Exchange;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Step;

/** A zone for tests whose policies tell all that rankings can tell. */
final class Ranked {

  /** Not everybody gets the same. */
  static final DomainName SPREAD = DomainName.of("spread.ranked.foobar.test");

  /** Fails over and back. */
  static final DomainName STANDBY = DomainName.of("standby.ranked.foobar.test");

  private Ranked() {}

  private static Service service(DomainName name, Policy policy) {
    Service usual = Samples.service(name);
    Exchange telling =
        new Exchange(
            "GET",
            List.of(),
            Optional.empty(),
            0,
            false,
            "A",
            Optional.of("X-Load"),
            Optional.empty());
    return new Service(
        name,
        usual.aliases(),
        usual.mode(),
        usual.sites(),
        usual.check().with(telling),
        policy,
        usual.ttls(),
        usual.probeCapPerSecond());
  }

  static EnterpriseZone zone() {
    Step onlyTokyo =
        new Step.Static(
            List.of(new Step.Static.Rule(List.of(Prefix.parse("10.0.0.0/8")), List.of("tokyo"))));
    Step halfEach = new Step.Percentages(Map.of("london", 50.0, "tokyo", 50.0));
    Policy spread =
        new Policy.Chain(
            Policy.Latency.DEFAULT, List.of(onlyTokyo, new Step.Shed(0.5, 0.9), halfEach));
    Policy standby =
        new Policy.Chain(
            new Policy.Failover(
                List.of("london", "tokyo"), true, Duration.ofMinutes(1), Duration.ofMinutes(5)),
            List.of(new Step.First(1)));
    List<Service> services = List.of(service(SPREAD, spread), service(STANDBY, standby));
    return new EnterpriseZone(
        "foobar", DomainName.of("ranked.foobar.test"), DelegationForm.ALIASED, false, 1, services);
  }
}
