package net.dglb.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Answers;
import net.dglb.decision.Basis;
import net.dglb.decision.Estimate;
import net.dglb.decision.Lead;
import net.dglb.decision.MarginRule;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranking;
import net.dglb.net.AddressLiteral;
import net.dglb.service.HealthCheck;
import net.dglb.service.Service;

/** A ranking as JSON: what is answered, and every candidate with all that counted and why. */
public final class RankingTree {

  private static final double BITS = 8;
  private static final double MEGA = 1e6;

  private RankingTree() {}

  /**
   * Makes the tree.
   *
   * @param service with the policy that ranked
   * @param answers what DNS gives, and to whom
   * @param choice the number of the answer that is explained
   * @param ttl of the answer
   * @param now for the ages of estimates
   */
  public static JsonObject of(
      Service service, Ranking ranking, Answers answers, int choice, AnswerTtl ttl, Instant now) {
    Answers.Choice chosen = answers.choices().get(choice);
    JsonArray addresses = new JsonArray();
    chosen.addresses().forEach(address -> addresses.add(AddressLiteral.text(address)));
    JsonObject tree = new JsonObject();
    ranking.order().stream()
        .filter(it -> chosen.addresses().stream().limit(1).anyMatch(it.address()::equals))
        .findFirst()
        .ifPresent(it -> tree.put("site", it.siteId()));
    tree.put("addresses", addresses)
        .put("ttl", ttl.seconds())
        .put("ttl-reason", ttl.reason().text())
        .put("basis", word(ranking.basis()))
        .put("basis-reason", words(ranking.basis()));
    if (!answers.isSameForAll()) {
      JsonObject shares = new JsonObject();
      answers.shares().forEach((site, share) -> shares.put(site, rounded(share)));
      tree.put("shares", shares).put("shares-by", answers.perQuery() ? "turn" : "prefix");
    }
    JsonArray order = new JsonArray();
    ranking.order().forEach(site -> order.add(of(site, service.check(), now)));
    ranking
        .best()
        .filter(best -> best.score().isPresent() && ranking.order().size() > 1)
        .ifPresent(best ->
            tree.put(
                "margin",
                of(
                    MarginRule.of(
                        service.policy(), best.score().getAsDouble(), stretch(service, ranking)))));
    return tree.put("order", order);
  }

  /** Of the candidate that is probed the most rarely. */
  private static double stretch(Service service, Ranking ranking) {
    return ranking.order().stream()
        .flatMap(site -> site.estimate().stream())
        .mapToDouble(estimate -> estimate.stretch(service.check()))
        .max()
        .orElse(1);
  }

  private static JsonObject of(RankedSite site, HealthCheck check, Instant now) {
    JsonObject tree =
        new JsonObject()
            .put("site", site.siteId())
            .put("address", AddressLiteral.text(site.address()))
            .put("reason", site.reason().text())
            .put("health", word(site.health()));
    if (site.changing()) {
      tree.put("changing", true);
    }
    site.said().ifPresent(said -> tree.put("admin-state", word(said)));
    site.score().ifPresent(score -> tree.put("score", rounded(score)));
    site.estimate().ifPresent(estimate -> put(estimate, check, now, tree));
    site.kilometres().ifPresent(kilometres -> tree.put("kilometres", Math.round(kilometres)));
    site.lead().ifPresent(lead -> tree.put("lead", of(lead, now)));
    return tree;
  }

  /** What a rival of the same health must reach to come first. */
  private static JsonObject of(MarginRule rule) {
    JsonObject tree =
        new JsonObject()
            .put("at-once-ms", rounded(rule.atOnceMillis()))
            .put("allowed-ms", rounded(rule.allowedMillis()))
            .put("lead-seconds", rounded(rule.neededSeconds()));
    rule.neededByLossSeconds().ifPresent(it -> tree.put("lead-by-loss-seconds", rounded(it)));
    return tree;
  }

  private static void put(Estimate estimate, HealthCheck check, Instant now, JsonObject tree) {
    tree.put("latency-ms", rounded(estimate.latencyMillis()))
        .put("jitter-ms", rounded(estimate.jitterMillis()))
        .put("loss", rounded(estimate.loss()))
        .put("samples", estimate.samples())
        .put("age-seconds", seconds(estimate.updated(), now))
        .put("fresh-seconds", estimate.freshness(check).toSeconds());
    estimate
        .bytesPerSecond()
        .ifPresent(it -> tree.put("megabits-per-second", rounded(it * BITS / MEGA)));
  }

  private static JsonObject of(Lead lead, Instant now) {
    return new JsonObject()
        .put("share-seconds", rounded(lead.shareSeconds()))
        .put("age-seconds", seconds(lead.asOf(), now));
  }

  private static String words(Basis basis) {
    return switch (basis) {
      case MEASURED -> "fresh measurements";
      case ESTIMATED -> "estimates from what load balancers around measured: nobody measures there";
      case SAVED -> "what was known earlier";
      case UNMEASURED -> "distance and configured order: nothing is measured";
      case ALL_DOWN -> "every site is down: the last good order goes on";
    };
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** An enum constant as a word. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
