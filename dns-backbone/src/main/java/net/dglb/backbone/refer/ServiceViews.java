package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.index.ServiceView;
import net.dglb.decision.Health;
import net.dglb.decision.Place;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranking;
import net.dglb.decision.path.VantagePoint;
import net.dglb.net.AddressFamily;
import net.dglb.net.Location;
import net.dglb.service.Service;
import net.dglb.service.Site;

/** Gathers what all load balancers together know of a service. */
final class ServiceViews {

  private ServiceViews() {}

  /**
   * Gathers.
   *
   * @param rankings what each place answers now; those of labels not in use are ranked for this
   */
  static ServiceView of(
      Service service,
      Collection<LoadBalancer> loadBalancers,
      LabelRankings rankings,
      Instant now) {
    Map<String, Optional<Location>> sites = new HashMap<>();
    for (Site site : service.sites()) {
      sites.put(site.id(), site.location());
    }
    List<VantagePoint> points = new ArrayList<>();
    Map<String, String> answers = new HashMap<>();
    for (LoadBalancer it : loadBalancers) {
      Optional<Location> location = it.location();
      if (it.inService() && !it.isBackbone() && location.isPresent()) {
        Place place = new Place(it.id(), location);
        Ranking ipv4 = rankings.current(service, AddressFamily.IPV4, place, now);
        Ranking ipv6 = rankings.current(service, AddressFamily.IPV6, place, now);
        Map<String, Double> latency = new HashMap<>();
        addLatency(ipv4, latency);
        addLatency(ipv6, latency);
        if (!latency.isEmpty()) {
          points.add(new VantagePoint(it.id(), location.get(), latency));
          ipv4.best().or(ipv6::best).ifPresent(best -> answers.put(it.id(), best.siteId()));
        }
      }
    }
    return new ServiceView(sites, points, answers);
  }

  private static void addLatency(Ranking ranking, Map<String, Double> latency) {
    for (RankedSite site : ranking.order()) {
      if (site.health() != Health.DOWN) {
        site.estimate()
            .ifPresent(
                estimate -> latency.merge(site.siteId(), estimate.latencyMillis(), Math::min));
      }
    }
  }
}
