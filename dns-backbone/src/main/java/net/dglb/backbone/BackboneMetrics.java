package net.dglb.backbone;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.dns.serve.DnsCounters;
import net.dglb.dns.serve.DnsMetrics;
import net.dglb.dns.share.ShareMetrics;
import net.dglb.mapping.convert.WireLoad;
import net.dglb.node.Metrics;
import net.dglb.node.Published;
import net.dglb.time.Timeline;

/** The figures of a backbone node. */
final class BackboneMetrics {

  /** A copy of the control plane's figures, taken on the control thread. */
  private record Figures(
      int entries,
      long checksum,
      long foreign,
      int zones,
      int labels,
      int unacknowledged,
      long inService,
      int sessions,
      int prefixes,
      int estimatedPlaces) {

    static Figures of(ControlPlaneView view) {
      int[] sizes = view.index().sizes();
      return new Figures(
          view.maps().announcements().entries().size(),
          view.maps().announcements().checksum(),
          view.maps().foreignEntries(),
          view.registry().list().size(),
          view.duties().size(),
          view.duties().unacknowledged().size(),
          view.directory().all().stream()
              .filter(lb -> lb.inService() && !lb.isBackbone())
              .map(LoadBalancer::id)
              .count(),
          view.loadBalancers().ids().size(),
          sizes[0] + sizes[1],
          view.estimated().size());
    }
  }

  private static final Duration LOADS = Duration.ofSeconds(5);
  private static final Duration SHARES = Duration.ofSeconds(5);

  private BackboneMetrics() {}

  static void register(
      Metrics metrics,
      ControlPlane plane,
      Timeline control,
      Supplier<DnsCounters> main,
      Supplier<DnsCounters> labels) {
    MeterRegistry registry = metrics.registry();
    Published<Figures> figures = new Published<>(new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    Duration period = Duration.ofSeconds(1);
    control.every(Duration.ZERO, period, () -> figures.publish(Figures.of(plane.view())));
    gauge(registry, "map.entries", "Entries of the resolver map.", figures, Figures::entries);
    gauge(
        registry,
        "map.checksum",
        "CRC-32C of the resolver map; equal on nodes that agree.",
        figures,
        Figures::checksum);
    gauge(
        registry,
        "map.foreign.entries",
        "Values in shared maps that no node of this backbone sealed.",
        figures,
        Figures::foreign);
    gauge(registry, "zones", "Registered enterprise zones.", figures, Figures::zones);
    gauge(registry, "labels", "Labels in use.", figures, Figures::labels);
    gauge(
        registry,
        "duties.unacknowledged",
        "Duties that load balancers were told of repeatedly and have not acknowledged.",
        figures,
        Figures::unacknowledged);
    gauge(
        registry,
        "load.balancers.in.service",
        "Load balancers that resolvers may be referred to.",
        figures,
        Figures::inService);
    gauge(
        registry,
        "load.balancer.sessions",
        "Open sessions with load balancers.",
        figures,
        Figures::sessions);
    gauge(registry, "announced.prefixes", "Announced prefixes.", figures, Figures::prefixes);
    gauge(
        registry,
        "estimated.places",
        "Places where nobody measures that were asked from lately, for each set of services.",
        figures,
        Figures::estimatedPlaces);
    metrics.counter(
        "dglb.backbone.estimated.answers",
        "Questions answered with the best site by estimate.",
        plane.referrals()::answeredByEstimate);
    MultiGauge loads =
        MultiGauge.builder("dglb.backbone.load.balancer.load")
            .description("How busy load balancers are, as each says of itself.")
            .register(registry);
    control.every(LOADS, LOADS, () -> loads.register(rows(plane.view()), true));
    ShareMetrics shares = ShareMetrics.ofBackbone(metrics);
    control.every(SHARES, SHARES, () -> shares.update(plane.referrals().shares()));
    SigningMetrics.register(metrics, plane.dnssec(), control);
    DnsMetrics.register(metrics, main, "address", "main");
    DnsMetrics.register(metrics, labels, "address", "label");
  }

  private static List<MultiGauge.Row<?>> rows(ControlPlaneView view) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    view.loadBalancers()
        .loads()
        .forEach((id, load) -> {
          for (String measure : WireLoad.MEASURES) {
            Double value = load.get(measure);
            if (value != null) {
              rows.add(MultiGauge.Row.of(Tags.of("load_balancer", id, "measure", measure), value));
            }
          }
        });
    return rows;
  }

  private static void gauge(
      MeterRegistry registry,
      String name,
      String description,
      Published<Figures> figures,
      ToDoubleFunction<Figures> value) {
    Gauge.builder("dglb.backbone." + name, () -> value.applyAsDouble(figures.get()))
        .description(description)
        .register(registry);
  }
}
