package net.dglb.dns.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.dglb.identity.NodeRole;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.node.Metrics;
import org.junit.jupiter.api.Test;

class ShareMetricsTest {

  private static final DomainName WWW = DomainName.of("www.lb.foobar.test");

  private final Metrics metrics = new Metrics(NodeRole.LOAD_BALANCER, "lb-nyc-1");
  private final ShareMetrics shares = ShareMetrics.ofLoadBalancer(metrics);

  @Test
  void whatChangesOnlyInItsValuesIsNotRegisteredAgain() {
    shares.update(List.of(share("rome", 0.25, 10), share("oslo", 0.75, 30)));
    Collection<Gauge> before = gauges();
    assertThat(before).extracting(Gauge::value).containsExactlyInAnyOrder(0.25, 0.75);

    shares.update(List.of(share("rome", 0.5, 12), share("oslo", 0.5, 31)));

    assertThat(gauges()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(before).extracting(Gauge::value).containsExactly(0.5, 0.5);
    assertThat(answers("rome")).isEqualTo(12);
  }

  @Test
  void sitesComeAndGo() {
    shares.update(List.of(share("rome", 1, 10)));
    shares.update(List.of(share("oslo", 1, 5)));

    assertThat(gauges()).extracting(it -> it.getId().getTag("site")).containsExactly("oslo");
    assertThat(answers("oslo")).isEqualTo(5);
    shares.update(List.of());
    assertThat(gauges()).isEmpty();
  }

  private Collection<Gauge> gauges() {
    return metrics.registry().find("dglb.lb.site.share").gauges();
  }

  private double answers(String site) {
    return metrics
        .registry()
        .get("dglb.lb.site.answers")
        .tag("site", site)
        .functionCounter()
        .count();
  }

  private static SiteShare share(String site, double part, long observed) {
    return new SiteShare(WWW, site, Map.of(AddressFamily.IPV4, part), observed);
  }
}
