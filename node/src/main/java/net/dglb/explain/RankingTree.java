package net.dglb.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.dglb.decision.AnswerSlot;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Answers;
import net.dglb.decision.Basis;
import net.dglb.decision.Place;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranking;
import net.dglb.decision.Shedding;
import net.dglb.net.AddressLiteral;
import net.dglb.service.Policy;
import net.dglb.service.Service;

/**
 * A ranking as JSON, as it counts for one asker: what is answered, and every candidate with all
 * that counted and why.
 *
 * @param service with the policy that ranked
 * @param place for which it ranked
 * @param ranking what was decided
 * @param answers what DNS gives by that, and to whom
 * @param ttl of the answer
 */
public record RankingTree(
    Service service, Place place, Ranking ranking, Answers answers, AnswerTtl ttl) {

  /**
   * Makes the tree.
   *
   * @param slot of whoever asks
   * @param now for the ages of estimates
   */
  public JsonObject of(AnswerSlot slot, Instant now) {
    Answers.Choice chosen = answers.choice(slot);
    JsonArray addresses = new JsonArray();
    chosen.addresses().forEach(address -> addresses.add(AddressLiteral.text(address)));
    JsonObject tree = new JsonObject();
    if (!chosen.site().isEmpty()) {
      tree.put("site", chosen.site());
    }
    tree.put("addresses", addresses)
        .put("ttl", ttl.seconds())
        .put("ttl-reason", ttl.reason().text())
        .put("basis", word(ranking.basis()))
        .put("basis-reason", words(ranking.basis()));
    if (!answers.isSameForAll()) {
      putShares(slot, tree);
    }
    List<RankedSite> order = order(slot);
    if (ranking.basis() != Basis.ALL_DOWN) {
      MarginTree.of(service, ranking.order()).ifPresent(margin -> tree.put("margin", margin));
      if (service.policy() instanceof Policy.Chain chain) {
        tree.put("steps", StepTree.of(chain, order));
      }
    }
    return tree.put("order", candidates(order, slot, now));
  }

  /** The order as it is answered to whoever has the slot. */
  private List<RankedSite> order(AnswerSlot slot) {
    return ranking
        .spread()
        .map(spread -> spread.rows().get(slot.row()).order(slot.slot()))
        .orElse(ranking.order());
  }

  private void putShares(AnswerSlot slot, JsonObject tree) {
    JsonObject shares = new JsonObject();
    answers.shares(slot.row()).forEach((site, share) -> shares.put(site, rounded(share)));
    tree.put("shares", shares).put("shares-by", answers.perQuery() ? "turn" : "prefix");
    tree.put("asker", AskerTree.of(slot, answers));
  }

  private JsonArray candidates(List<RankedSite> order, AnswerSlot slot, Instant now) {
    Map<String, Double> shares = answers.isSameForAll() ? Map.of() : answers.shares(slot.row());
    Map<String, Shedding.Shed> shed =
        ranking.basis() == Basis.ALL_DOWN ? Map.of() : Shedding.of(service, order, slot.slot());
    JsonArray candidates = new JsonArray();
    for (RankedSite site : order) {
      JsonObject tree = CandidateTree.of(service, place, site, now);
      if (shares.containsKey(site.siteId())) {
        tree.put("share", rounded(shares.get(site.siteId())));
      }
      if (shed.containsKey(site.siteId())) {
        tree.put("shed", CandidateTree.of(shed.get(site.siteId())));
      }
      candidates.add(tree);
    }
    return candidates;
  }

  private String words(Basis basis) {
    return switch (basis) {
      case MEASURED -> "fresh measurements";
      case ESTIMATED -> "estimates from what load balancers around measured: nobody measures there";
      case SAVED -> "what was known earlier";
      case UNMEASURED -> "distance and configured order: nothing is measured";
      case ALL_DOWN -> "every site is down: " + service.allDown().answer().text();
    };
  }

  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** An enum constant as a word. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
