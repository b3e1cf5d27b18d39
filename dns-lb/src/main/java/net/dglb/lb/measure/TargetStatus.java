package net.dglb.lb.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.dglb.decision.SiteState;

/** Shows for people what is known of a target. */
final class TargetStatus {

  private TargetStatus() {}

  static Map<String, Object> of(SiteState state, Instant now) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("health", state.health());
    tree.put("saved", state.saved());
    state
        .estimate()
        .ifPresent(estimate -> {
          tree.put("latency_ms", Math.round(estimate.latencyMillis() * 1000) / 1000.0);
          tree.put("loss", Math.round(estimate.loss() * 1000) / 1000.0);
          tree.put("samples", estimate.samples());
          tree.put("age_seconds", Duration.between(estimate.updated(), now).toSeconds());
        });
    return tree;
  }
}
