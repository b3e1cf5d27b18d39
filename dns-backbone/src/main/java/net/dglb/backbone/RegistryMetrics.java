package net.dglb.backbone;

import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.api.DelegationChecks;
import net.dglb.backbone.registry.api.SignedFiles;
import net.dglb.backbone.registry.log.LogStatus;
import net.dglb.node.Metrics;
import net.dglb.node.Published;
import net.dglb.time.Timeline;

/** The figures of a backbone node's part in the registry. */
final class RegistryMetrics {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private record Figures(
      LogStatus log, long audit, boolean broken, int refusedFiles, int warned, int unknown) {

    static Figures of(ZoneRegistry registry, SignedFiles files, DelegationChecks delegations) {
      return new Figures(
          registry.log(),
          registry.state().audit().count(),
          registry.state().audit().firstBroken() != 0,
          files.problems(),
          delegations.warned(),
          delegations.unknown());
    }

    /** Whether a change that this node is asked for can be confirmed as far as it knows. */
    boolean takesPart() {
      return log.problem().isEmpty() && !log.leader().isEmpty();
    }
  }

  private RegistryMetrics() {}

  static void register(
      Metrics metrics,
      ZoneRegistry registry,
      SignedFiles files,
      DelegationChecks delegations,
      Timeline control) {
    LogStatus nothing = new LogStatus(List.of(), "", 0, 0, 0, "");
    Published<Figures> figures = new Published<>(new Figures(nothing, 0, false, 0, 0, 0));
    control.every(
        Duration.ZERO, PERIOD, () -> figures.publish(Figures.of(registry, files, delegations)));
    metrics.counter(
        "dglb.backbone.registry.reopenings",
        "Times that the log was opened again, or tried to be, since it had failed.",
        () -> figures.get().log().reopenings());
    new Gauges(metrics, figures)
        .add("voters", "Nodes whose majority decides.", each -> each.log().voters().size())
        .add(
            "available",
            "1 if this node takes registrations: it takes part and knows a leader.",
            each -> each.takesPart() ? 1 : 0)
        .add("term", "Elections so far.", each -> each.log().term())
        .add("applied", "Commands of the log taken so far.", each -> each.log().applied())
        .add("audit.records", "Records of the audit so far.", Figures::audit)
        .add("audit.broken", "1 if the audit's chain is broken.", each -> each.broken() ? 1 : 0)
        .add(
            "signed.files.refused",
            "Signed files that are not registered for a reason to look at.",
            Figures::refusedFiles)
        .add(
            "delegations.warned",
            "Zones whose records in the enterprise's own zone are missing or out of date.",
            Figures::warned)
        .add(
            "delegations.unknown",
            "Zones whose records in the enterprise's own zone could not be looked up.",
            Figures::unknown);
  }

  private record Gauges(Metrics metrics, Published<Figures> figures) {

    Gauges add(String name, String description, ToDoubleFunction<Figures> value) {
      Gauge.builder("dglb.backbone.registry." + name, () -> value.applyAsDouble(figures.get()))
          .description(description)
          .register(metrics.registry());
      return this;
    }
  }
}
