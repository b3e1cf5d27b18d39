package net.dglb.backbone.refer;

import static net.dglb.backbone.refer.Backbone.records;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.dglb.backbone.Samples;
import net.dglb.backbone.index.FallbackTable;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.dns.serve.Catalog;
import net.dglb.net.Prefix;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Unannounced;
import org.junit.jupiter.api.BeforeEach;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/**
 * A network with resolvers that no load balancer announced, whose place is known. One stands in
 * Tokyo, beside a site; the nearest load balancer is London's, whose own site is London.
 */
class UnannouncedInTokyo {

  static final String WWW = "www.lb.foobar.test.";
  static final String SHOP = "shop.foobar.test.";
  static final String TOKYO_RESOLVER = "198.18.77.53";
  static final String LONDON = "192.0.2.1";
  static final String TOKYO = "192.0.2.2";

  final Backbone backbone =
      new Backbone()
          .serves(Samples.WWW, "lb-nyc", "lb-lon")
          .serves(Samples.WWW, "lb-lon", "lb-nyc")
          .serves(Samples.SHOP, "lb-nyc", "lb-lon")
          .serves(Samples.SHOP, "lb-lon", "lb-nyc");

  @BeforeEach
  void newYorkAndLondonMeasure() {
    backbone.loadBalancers =
        backbone.loadBalancers.stream()
            .map(lb -> lb.id().equals("lb-tyo") ? Samples.live(lb, false) : lb)
            .toList();
    backbone.indexes.locations(
        new FallbackTable.Builder(2)
            .located(Prefix.parse("198.18.77.0/24"), Samples.TOKYO)
            .located(Prefix.parse("198.18.78.0/24"), Samples.LONDON)
            .build());
    for (Service service : List.of(service(Samples.WWW.toString()), service("shop.foobar.test"))) {
      measured("lb-nyc", service, Map.of(LONDON, 70.0, TOKYO, 160.0));
      measured("lb-lon", service, Map.of(LONDON, 2.0, TOKYO, 220.0));
    }
  }

  Service service(String name) {
    return backbone.zones.stream()
        .flatMap(zone -> zone.services().stream())
        .filter(it -> it.name().toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void measured(String place, Service service, Map<String, Double> millis) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    service
        .sites()
        .forEach(site ->
            site.addresses()
                .forEach(address -> {
                  String first = site.addresses().getFirst().getHostAddress();
                  double latency = millis.getOrDefault(first, 1.0);
                  states.put(
                      new ProbeTarget(address, service.check()),
                      new SiteState(
                          Optional.of(new Estimate(latency, 0, 5, backbone.timeline.now())),
                          Health.UP));
                }));
    backbone.estimates.put(place, states);
  }

  void down(String place, String address) {
    backbone.estimates.put(
        place,
        Map.of(
            new ProbeTarget(
                InetAddress.ofLiteral(address), service(Samples.WWW.toString()).check()),
            new SiteState(Optional.empty(), Health.DOWN)));
  }

  void change(UnaryOperator<Service> change) {
    backbone.zones =
        backbone.zones.stream().map(zone -> Samples.withServices(zone, change)).toList();
  }

  void referUnannounced() {
    change(it -> Samples.unannounced(it, Unannounced.REFER));
  }

  Message ask(String name, int type) {
    return backbone.ask(name, type, TOKYO_RESOLVER);
  }

  /** As a resolver asks that has asked before, so that its place is estimated. */
  Message askAgain(String name, int type) {
    Referrals referrals = backbone.compile();
    Backbone.ask(Catalog.of(referrals.zones()), Backbone.query(name, type, null), TOKYO_RESOLVER);
    referrals.collectPlaces(backbone.places::wanted);
    backbone.places.tick();
    backbone.timeline.runDue();
    return ask(name, type);
  }

  static List<String> answers(Message message) {
    return records(message, Section.ANSWER);
  }

  void wait(Duration time) {
    backbone.timeline.advance(time);
  }
}
