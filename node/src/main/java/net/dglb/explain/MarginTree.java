package net.dglb.explain;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import net.dglb.decision.MarginRule;
import net.dglb.decision.RankedSite;
import net.dglb.service.Policy;
import net.dglb.service.Service;

/** What a rival of the same health must reach to come first, as JSON. */
final class MarginTree {

  private MarginTree() {}

  /** The rule against the first of an order; empty if there is no rival, or nothing to compare. */
  static Optional<JsonObject> of(Service service, List<RankedSite> order) {
    if (order.size() < 2 || order.getFirst().score().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        service.policy().scored() instanceof Policy.Failover failover
            ? of(failover, service)
            : of(
                MarginRule.of(
                    service.policy(),
                    order.getFirst().score().getAsDouble(),
                    stretch(service, order)),
                service.policy().margin().isZero()));
  }

  /** Of the candidate that is probed the most rarely. */
  private static double stretch(Service service, List<RankedSite> order) {
    return order.stream()
        .flatMap(site -> site.estimate().stream())
        .mapToDouble(estimate -> estimate.stretch(service.check()))
        .max()
        .orElse(1);
  }

  private static JsonObject of(Policy.Failover failover, Service service) {
    if (!failover.failback()) {
      return new JsonObject()
          .put("failback", "manual")
          .put(
              "text",
              "a site that comes before it in the order does not take over by itself: the one that"
                  + " is answered stays until it fails, is taken out, or an operator fails back"
                  + " (dglb site failback "
                  + service.name()
                  + ")");
    }
    JsonObject tree = new JsonObject().put("failback", "automatic");
    long seconds = failover.failbackDelay().toSeconds();
    return failover.failbackDelay().isZero()
        ? tree.put("text", "a site that comes before it in the order takes over once it is up")
        : tree.put("failback-delay-seconds", seconds)
            .put(
                "text",
                "a site that comes before it in the order takes over once it has been up for "
                    + seconds
                    + " s");
  }

  private static JsonObject of(MarginRule rule, boolean lowestWins) {
    if (lowestWins) {
      return new JsonObject()
          .put("at-once-ms", 0.0)
          .put("text", "there is no margin: the lowest score comes first at once");
    }
    JsonObject tree =
        new JsonObject()
            .put("at-once-ms", RankingTree.rounded(rule.atOnceMillis()))
            .put("allowed-ms", RankingTree.rounded(rule.allowedMillis()))
            .put("lead-seconds", RankingTree.rounded(rule.neededSeconds()));
    String byLoss = "";
    if (rule.neededByLossSeconds().isPresent()) {
      double seconds = RankingTree.rounded(rule.neededByLossSeconds().getAsDouble());
      tree.put("lead-by-loss-seconds", seconds);
      byLoss = "; where losses decide, only once it exceeds " + seconds + " s";
    }
    return tree.put(
        "text",
        "a rival comes first at once if its score is lower by more than %s, or once its lead"
                .formatted(tree.getValue("at-once-ms"))
            + " exceeds %s s%s".formatted(tree.getValue("lead-seconds"), byLoss));
  }
}
