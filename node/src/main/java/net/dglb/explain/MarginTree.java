package net.dglb.explain;

import io.vertx.core.json.JsonObject;
import java.util.DoubleSummaryStatistics;
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
            : ofScores(service, order));
  }

  /** The decision goes pair by pair: of a rival that is probed rarely more is asked. */
  private static JsonObject ofScores(Service service, List<RankedSite> order) {
    DoubleSummaryStatistics stretches =
        order.stream()
            .skip(1)
            .filter(it -> it.health() == order.getFirst().health() && it.estimate().isPresent())
            .mapToDouble(it -> Math.max(stretch(service, it), stretch(service, order.getFirst())))
            .summaryStatistics();
    double least =
        stretches.getCount() == 0 ? stretch(service, order.getFirst()) : stretches.getMin();
    double score = order.getFirst().score().orElseThrow();
    boolean lowestWins = service.policy().margin().isZero();
    JsonObject tree = of(MarginRule.of(service.policy(), score, least), lowestWins);
    double times = RankingTree.rounded(Math.sqrt(stretches.getMax() / least));
    return lowestWins || times <= 1
        ? tree
        : tree.put("lead-times-at-most", times)
            .put(
                "text",
                "%s; up to %s times that for rivals that are probed more rarely"
                    .formatted(tree.getString("text"), times));
  }

  private static double stretch(Service service, RankedSite site) {
    return site.estimate().map(it -> it.stretch(service.check())).orElse(1.0);
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
