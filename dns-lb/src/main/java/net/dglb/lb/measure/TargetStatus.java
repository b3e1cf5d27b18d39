package net.dglb.lb.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.decision.SiteState;
import net.dglb.measure.estimate.Observed;
import net.dglb.measure.estimate.Percentiles;

/** Shows for people what is known of a target. */
final class TargetStatus {

  private static final double BITS = 8;
  private static final double MEGA = 1e6;

  private TargetStatus() {}

  static Map<String, Object> of(SiteState state, Observed observed, Instant now) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("health", state.health());
    tree.put("changing", state.changing());
    tree.put("saved", state.saved());
    state
        .estimate()
        .ifPresent(estimate -> {
          tree.put("latency-ms", rounded(estimate.latencyMillis()));
          tree.put("jitter-ms", rounded(estimate.jitterMillis()));
          tree.put("loss", rounded(estimate.loss()));
          tree.put("samples", estimate.samples());
          estimate
              .bytesPerSecond()
              .ifPresent(it -> tree.put("megabits-per-second", rounded(it * BITS / MEGA)));
          tree.put("age-seconds", Duration.between(estimate.updated(), now).toSeconds());
        });
    Percentiles spread = observed.latencies();
    if (spread.count() > 0) {
      tree.put("latency-p50-ms", rounded(spread.medianMillis()));
      tree.put("latency-p90-ms", rounded(spread.ninetiethMillis()));
      tree.put("latency-p99-ms", rounded(spread.ninetyNinthMillis()));
    }
    Map<String, Long> outcomes = new TreeMap<>();
    observed
        .outcomes()
        .forEach((outcome, count) -> outcomes.put(outcome.name().toLowerCase(Locale.ROOT), count));
    tree.put("probes", outcomes);
    observed.certificateExpires().ifPresent(end -> tree.put("certificate-expires", end));
    return tree;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
