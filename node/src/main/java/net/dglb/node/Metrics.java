package net.dglb.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import net.dglb.identity.NodeRole;

/**
 * A node's one registry of metrics, for Prometheus. Names begin with {@code dglb.} and use base
 * units ({@code dglb.probe.duration} in seconds becomes {@code dglb_probe_duration_seconds});
 * labels never hold addresses of resolvers or clients. Thread-safe.
 */
public final class Metrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** A registry that holds {@code dglb_build_info} for this node. */
  public Metrics(NodeRole role, String id) {
    Gauge.builder("dglb.build.info", () -> 1)
        .description("The build that runs; always 1.")
        .tag("role", role.word())
        .tag("node", id)
        .tag("version", Version.text())
        .register(registry);
  }

  /** Where counters, gauges and timers are registered. */
  public MeterRegistry registry() {
    return registry;
  }

  /** All metrics in the text format of Prometheus. */
  public String scrape() {
    return registry.scrape();
  }
}
