package net.dglb.bench.decisions;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.service.HealthCheck;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Ttls;
import net.dglb.service.Unannounced;

/** A service as it is registered without any choice of its own, with one address per site. */
final class SimulatedService {

  private static final HealthCheck CHECK =
      new HealthCheck(
          HealthCheck.Kind.TCP,
          80,
          "",
          "",
          HealthCheck.USUAL_INTERVAL,
          HealthCheck.USUAL_TIMEOUT,
          HealthCheck.USUAL_RISE,
          HealthCheck.USUAL_FALL,
          List.of());

  private final Service service;
  private final List<ProbeTarget> targets;
  private final Map<ProbeTarget, Integer> numbers = new HashMap<>();

  SimulatedService(RoundTripMatrix matrix, int[] cities, double probeCap) {
    this(matrix, cities, Policy.Latency.DEFAULT, probeCap);
  }

  SimulatedService(RoundTripMatrix matrix, int[] cities, Policy policy, double probeCap) {
    List<Site> sites =
        IntStream.range(0, cities.length)
            .mapToObj(i ->
                new Site(
                    id(i),
                    List.of(AddressLiteral.parse("198.18.%d.%d".formatted(i / 256, i % 256))),
                    Optional.of(matrix.location(cities[i]))))
            .toList();
    service =
        new Service(
            DomainName.of("www.example.org"),
            List.of(),
            Mode.ANSWER,
            sites,
            CHECK,
            policy,
            Ttls.DEFAULT,
            probeCap);
    targets = service.targets().toList();
    targets.forEach(target -> numbers.put(target, numbers.size()));
  }

  static String id(int site) {
    return "site-" + site;
  }

  static int number(String siteId) {
    return Integer.parseInt(siteId.substring("site-".length()));
  }

  Service service() {
    return service;
  }

  /** The same with another name, and other wishes for resolvers that nobody announced. */
  Service named(DomainName name, Unannounced unannounced) {
    return new Service(
        name,
        service.aliases(),
        service.mode(),
        service.sites(),
        service.check(),
        service.policy(),
        service.ttls(),
        service.probeCapPerSecond(),
        service.allDown(),
        service.answering(),
        unannounced);
  }

  /** The number of the site that has an address; -1 if none does. */
  int at(InetAddress address) {
    return number(service.target(address));
  }

  /** By the site's number. */
  List<ProbeTarget> targets() {
    return targets;
  }

  int number(ProbeTarget target) {
    return numbers.getOrDefault(target, -1);
  }
}
