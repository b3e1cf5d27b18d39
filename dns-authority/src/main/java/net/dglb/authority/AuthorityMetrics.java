package net.dglb.authority;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import net.dglb.authority.keys.ZoneSigning;
import net.dglb.dns.serve.DnsCounters;
import net.dglb.dns.serve.DnsMetrics;
import net.dglb.mapping.session.SessionCounters;
import net.dglb.mapping.session.SessionMetrics;
import net.dglb.node.Metrics;

/** The figures of an authority node, read from snapshots when they are scraped. */
final class AuthorityMetrics {

  /**
   * A copy of the control thread's figures.
   *
   * @param zones that are served
   * @param zoneProblems zones whose master file is broken
   * @param registrations zones to be registered
   * @param delegated those of them that the backbone has said how to delegate
   * @param leaving zones whose removal is not acknowledged yet
   * @param refused zones that a backbone node refused
   * @param sessions open sessions with backbone nodes
   * @param signing of signed zones
   */
  record Figures(
      int zones,
      int zoneProblems,
      int registrations,
      int delegated,
      int leaving,
      int refused,
      int sessions,
      ZoneSigning.Figures signing) {

    static Figures of(
        ServedZones zones, Registrations registrations, BackboneLink link, ZoneSigning signing) {
      int registered = registrations.zones().size();
      return new Figures(
          zones.served().size(),
          zones.problems().size(),
          registered,
          registered - registrations.awaited().size(),
          registrations.leaving().size(),
          link.refusals().size(),
          link.connected().size(),
          signing.figures());
    }
  }

  private AuthorityMetrics() {}

  static void register(
      Metrics metrics,
      Supplier<Figures> figures,
      Supplier<DnsCounters> dns,
      Supplier<Optional<SessionCounters>> sessions) {
    MeterRegistry registry = metrics.registry();
    gauge(registry, figures, "zones", "Zones that are served.", Figures::zones);
    gauge(
        registry,
        figures,
        "zone.problems",
        "Zones whose master file is broken.",
        Figures::zoneProblems);
    gauge(registry, figures, "registrations", "Zones to be registered.", Figures::registrations);
    gauge(
        registry,
        figures,
        "registrations.delegated",
        "Registered zones with a delegation from the backbone.",
        Figures::delegated);
    gauge(
        registry,
        figures,
        "registrations.leaving",
        "Zones whose removal the backbone has not acknowledged.",
        Figures::leaving);
    gauge(
        registry,
        figures,
        "registrations.refused",
        "Zones that a backbone node refused.",
        Figures::refused);
    gauge(registry, figures, "sessions", "Open sessions to backbone nodes.", Figures::sessions);
    gauge(registry, figures, "signed.zones", "Zones that are signed.", it -> it.signing().zones());
    gauge(
        registry,
        figures,
        "signed.waiting",
        "Signed zones whose parent is to publish other DS records.",
        it -> it.signing().waiting());
    gauge(
        registry,
        figures,
        "signed.first.end.seconds",
        "When the first signature ends, in seconds since 1970; NaN without any.",
        it -> it.signing().firstEnd().map(end -> (double) end.getEpochSecond()).orElse(Double.NaN));
    DnsMetrics.register(metrics, dns);
    SessionMetrics.register(metrics, sessions);
  }

  private static void gauge(
      MeterRegistry registry,
      Supplier<Figures> figures,
      String name,
      String description,
      ToDoubleFunction<Figures> value) {
    Gauge.builder("dglb.authority." + name, () -> value.applyAsDouble(figures.get()))
        .description(description)
        .register(registry);
  }
}
