package net.dglb.node;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import net.dglb.identity.NodeRole;

/**
 * A node's one registry of metrics, for Prometheus. Names begin with {@code dglb.} and use base
 * units ({@code dglb.probe.duration} in seconds becomes {@code dglb_probe_duration_seconds});
 * labels never hold addresses of resolvers or clients. Thread-safe.
 */
public final class Metrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Collection<DoubleSupplier> counted = new ConcurrentLinkedQueue<>();

  /** A registry that holds {@code dglb_build_info} for this node. */
  public Metrics(NodeRole role, String id) {
    Gauge.builder("dglb.build.info", () -> 1)
        .description("The build that runs; always 1.")
        .tag("role", role.word())
        .tag("node", id)
        .tag("version", Version.text())
        .register(registry);
  }

  /**
   * Registers a count that is kept elsewhere. The registry itself refers to what it reads only
   * weakly, so this object holds it.
   *
   * @param name in dots, without the unit {@code total}
   * @param value only grows; asked from any thread
   * @param tags keys and values in turn
   */
  public void counter(String name, String description, DoubleSupplier value, String... tags) {
    counted.add(value);
    FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  /** Where gauges and timers are registered. */
  public MeterRegistry registry() {
    return registry;
  }

  /** All metrics in the text format of Prometheus. */
  public String scrape() {
    return registry.scrape();
  }
}
