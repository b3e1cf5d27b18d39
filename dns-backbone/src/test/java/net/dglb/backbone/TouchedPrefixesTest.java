package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.dglb.backbone.announce.Grants;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.backbone.refer.Backbone;
import net.dglb.backbone.refer.TouchedPrefixes;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Ttls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/**
 * For how many prefixes a change counts: in New York, where London is measured as best, two are
 * announced, and a third within one of these in Tokyo, where Tokyo is. Of the computed map, one
 * leads to each; one location is near Tokyo. What is announced hides what the files say of it.
 */
class TouchedPrefixesTest {

  private static final Prefix EVERYWHERE = Prefix.parse("0.0.0.0/0");

  private final VirtualBackbone backbone = new VirtualBackbone();
  private final ControlPlane plane = backbone.start("b1", "198.18.0.1", false);
  private final List<VirtualLoadBalancer> balancers = new ArrayList<>();

  @BeforeEach
  void aNetwork() {
    Prefix first = Prefix.parse("10.0.0.0/16");
    Prefix second = Prefix.parse("10.1.0.0/16");
    Prefix inFirst = Prefix.parse("10.0.0.0/24");
    Grants.PrefixGrant all = new Grants.PrefixGrant(List.of(EVERYWHERE), List.of());
    plane.grants(
        new Grants(
            Map.of("lb-nyc", all, "lb-tok", all),
            Map.of(
                "foobar", new Grants.ZoneGrant(List.of(DomainName.of("foobar.test")), "foobar"))));
    backbone.authority(plane, zone(UnaryOperator.identity()).withVersion(1));
    plane.computedMap(
        new FallbackTable.Builder(3)
            .computed(Prefix.parse("11.0.0.0/8"), List.of("lb-nyc"))
            .computed(Prefix.parse("11.1.0.0/16"), List.of("lb-tok"))
            .computed(Prefix.parse("10.1.1.0/24"), List.of("lb-tok"))
            .build());
    plane.locations(
        new FallbackTable.Builder(3)
            .located(Prefix.parse("12.0.0.0/8"), Samples.TOKYO)
            .located(Prefix.parse("11.1.1.0/24"), Samples.TOKYO)
            .located(first, Samples.TOKYO)
            .build());
    balancer("lb-nyc", "198.18.1.1", Samples.NEW_YORK).announce(List.of(first, second), List.of());
    balancer("lb-tok", "198.18.1.2", Samples.TOKYO).announce(List.of(inFirst), List.of());
    pass();
    InProcessServer dns = new InProcessServer(plane.mainCatalog());
    for (String resolver : List.of("10.1.0.1", "10.0.0.1")) {
      byte[] query = Backbone.query(Samples.WWW.toString(), Type.A, null).toWire();
      dns.ask(query, InetAddress.ofLiteral(resolver), Transport.UDP);
    }
    pass();
    measure(balancers.getFirst(), "london");
    measure(balancers.getLast(), "tokyo");
    pass();
  }

  @Test
  void aSiteThatMovesTouchesThoseThatAreAnsweredWithIt() {
    assertThat(touched(it -> sites(it, moved(it, "london")))).isEqualTo(exactly(2, 1, 0));
    assertThat(touched(it -> sites(it, moved(it, "tokyo")))).isEqualTo(exactly(1, 1, 1));
  }

  @Test
  void aSiteThatGoesAwayTouchesThoseThatAreAnsweredWithIt() {
    assertThat(touched(it -> sites(it, it.sites().subList(0, 1)))).isEqualTo(exactly(1, 1, 1));
  }

  @Test
  void whatResolversDoNotSeeTouchesNobody() {
    assertThat(touched(UnaryOperator.identity())).isEqualTo(TouchedPrefixes.NONE);
    assertThat(touched(it -> sites(it, it.sites().stream().map(each -> costly(each)).toList())))
        .isEqualTo(TouchedPrefixes.NONE);
  }

  @Test
  void whatEverybodySeesTouchesEverybody() {
    TouchedPrefixes all = exactly(3, 2, 1);
    Ttls ttls = new Ttls(Duration.ofDays(1), Duration.ofMinutes(7), Duration.ofMinutes(5));
    assertThat(
            touched(it ->
                new Service(
                    it.name(),
                    it.aliases(),
                    it.mode(),
                    it.sites(),
                    it.check(),
                    it.policy(),
                    ttls,
                    0)))
        .isEqualTo(all);
    assertThat(plane.touchedPrefixes(Samples.aliased(0))).as("another service").isEqualTo(all);
    assertThat(plane.touchedPrefixes(Samples.delegated(0))).as("another zone").isEqualTo(all);
  }

  private static TouchedPrefixes exactly(int announced, int computed, int located) {
    return new TouchedPrefixes(announced, computed, located, true);
  }

  private TouchedPrefixes touched(UnaryOperator<Service> change) {
    return plane.touchedPrefixes(zone(change));
  }

  private static EnterpriseZone zone(UnaryOperator<Service> change) {
    return new EnterpriseZone(
        "foobar",
        DomainName.of("lb.foobar.test"),
        DelegationForm.ALIASED,
        false,
        0,
        List.of(change.apply(Samples.service(Samples.WWW))));
  }

  private static Service sites(Service service, List<Site> sites) {
    return new Service(
        service.name(),
        service.aliases(),
        service.mode(),
        sites,
        service.check(),
        service.policy(),
        service.ttls(),
        service.probeCapPerSecond());
  }

  /** The same sites, but one has other addresses. */
  private static List<Site> moved(Service service, String id) {
    return service.sites().stream()
        .map(site ->
            site.id().equals(id)
                ? new Site(
                    id,
                    List.of(
                        InetAddress.ofLiteral("192.0.2.99"), InetAddress.ofLiteral("2001:db8::99")),
                    site.location())
                : site)
        .toList();
  }

  /** The latency policy does not look at costs. */
  private static Site costly(Site site) {
    return new Site(
        site.id(),
        site.addresses(),
        site.location(),
        9,
        site.costAt(),
        site.capacity(),
        site.weight());
  }

  private VirtualLoadBalancer balancer(String id, String address, Location location) {
    VirtualLoadBalancer balancer =
        new VirtualLoadBalancer(id, InetAddress.ofLiteral(address), Optional.of(location), plane);
    balancer.connect();
    balancers.add(balancer);
    return balancer;
  }

  private void measure(VirtualLoadBalancer at, String best) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    for (Site site : Samples.service(Samples.WWW).sites()) {
      for (ProbeTarget target : Samples.service(Samples.WWW).targets().toList()) {
        if (site.addresses().contains(target.address())) {
          double latency = site.id().equals(best) ? 10 : 200;
          Estimate estimate = new Estimate(latency, 0, 3, backbone.now());
          states.put(target, new SiteState(Optional.of(estimate), Health.UP));
        }
      }
    }
    at.report(states);
  }

  private void pass() {
    for (int i = 0; i < 30; i++) {
      backbone.advance(Duration.ofMillis(100));
      balancers.forEach(VirtualLoadBalancer::react);
    }
  }
}
