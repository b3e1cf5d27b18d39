package net.dglb.lb;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import net.dglb.dns.serve.DnsCounters;
import net.dglb.dns.serve.DnsMetrics;
import net.dglb.measure.probe.Outcome;
import net.dglb.node.Metrics;

/** A load balancer's metrics, read from snapshots when they are scraped. */
final class LoadBalancerMetrics {

  private LoadBalancerMetrics() {}

  static void register(Metrics metrics, Supplier<Figures> figures, Supplier<DnsCounters> dns) {
    MeterRegistry registry = metrics.registry();
    gauge(registry, figures, "sessions", "Open sessions to backbone nodes.", it -> it.sessions());
    gauge(registry, figures, "labels.own", "Labels of its own place.", it -> it.ownLabels());
    gauge(registry, figures, "labels.backup", "Labels of others.", it -> it.backupLabels());
    gauge(
        registry,
        figures,
        "labels.unmeasured",
        "Labels whose answer rests on nothing that is measured and up.",
        it -> it.unmeasuredLabels());
    gauge(
        registry,
        figures,
        "services.idle",
        "Services that nobody has asked for long: their sites are probed rarely.",
        it -> it.idleServices());
    gauge(
        registry,
        figures,
        "questions.waiting",
        "Questions that wait for measurements.",
        it -> it.waiting());
    gauge(registry, figures, "targets", "Addresses that are probed.", it -> it.targets());
    gauge(registry, figures, "targets.down", "Targets that are down.", it -> it.targetsDown());
    metrics.counter(
        "dglb.lb.targets.kept.up",
        "Failures of targets that were kept up because too many went down at once.",
        () -> figures.get().keptUp());
    registerProbing(metrics, figures);
    registerSigning(metrics, figures);
    metrics.counter(
        "dglb.lb.catalogs", "Changed catalogs published.", () -> figures.get().catalogs());
    DnsMetrics.register(metrics, dns);
  }

  private static void registerProbing(Metrics metrics, Supplier<Figures> figures) {
    for (Outcome outcome : Outcome.values()) {
      metrics.counter(
          "dglb.lb.probes",
          "Probes by how they ended.",
          () -> figures.get().probes().getOrDefault(outcome, 0L),
          "outcome",
          outcome.name().toLowerCase(Locale.ROOT));
    }
    metrics.counter(
        "dglb.lb.probe.lateness.seconds",
        "By how much probes and downloads began later than planned, all together.",
        () -> figures.get().lateness().seconds());
    metrics.counter(
        "dglb.lb.probes.late",
        "Probes and downloads that began more than a second later than planned.",
        () -> figures.get().lateness().late());
    for (Outcome outcome : Outcome.values()) {
      metrics.counter(
          "dglb.lb.downloads",
          "Downloads for throughput by how they ended; each took the turn of a probe.",
          () -> figures.get().downloads().getOrDefault(outcome, 0L),
          "outcome",
          outcome.name().toLowerCase(Locale.ROOT));
    }
    metrics.counter(
        "dglb.lb.downloaded.bytes",
        "Bytes that downloads for throughput brought.",
        () -> figures.get().downloadedBytes());
  }

  private static void registerSigning(Metrics metrics, Supplier<Figures> figures) {
    MeterRegistry registry = metrics.registry();
    gauge(
        registry,
        figures,
        "signed.labels",
        "Own labels that are signed.",
        it -> it.signing().labels());
    gauge(
        registry,
        figures,
        "keys.rolling",
        "1 while the key of labels is replaced.",
        it -> it.signing().rolling() ? 1 : 0);
    gauge(
        registry,
        figures,
        "keys.since.seconds",
        "Since when the key of labels is in use, in seconds since 1970.",
        it -> it.signing().keySince().getEpochSecond());
    metrics.counter(
        "dglb.lb.signing.sets",
        "Record sets of labels that were signed.",
        () -> figures.get().signing().sets());
  }

  private static void gauge(
      MeterRegistry registry,
      Supplier<Figures> figures,
      String name,
      String description,
      ToDoubleFunction<Figures> value) {
    Gauge.builder("dglb.lb." + name, () -> value.applyAsDouble(figures.get()))
        .description(description)
        .register(registry);
  }
}
