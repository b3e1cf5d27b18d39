package net.dglb.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.dglb.decision.Cut;
import net.dglb.decision.Estimate;
import net.dglb.decision.Lead;
import net.dglb.decision.Place;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Shedding;
import net.dglb.decision.Term;
import net.dglb.decision.Terms;
import net.dglb.net.AddressLiteral;
import net.dglb.service.Service;

/** One candidate of a ranking as JSON, with all that counted. */
final class CandidateTree {

  private static final double BITS = 8;
  private static final double MEGA = 1e6;

  private CandidateTree() {}

  static JsonObject of(Service service, Place place, RankedSite site, Instant now) {
    JsonObject tree =
        new JsonObject()
            .put("site", site.siteId())
            .put("address", AddressLiteral.text(site.address()))
            .put("reason", site.reason().text())
            .put("health", RankingTree.word(site.health()));
    if (site.changing()) {
      tree.put("changing", true);
    }
    site.said().ifPresent(said -> tree.put("admin-state", RankingTree.word(said)));
    site.score().ifPresent(score -> tree.put("score", RankingTree.rounded(score)));
    List<Term> terms = Terms.of(service, place, site);
    if (!terms.isEmpty()) {
      tree.put("terms", of(terms, Terms.ofLosses(service, site)));
    }
    site.estimate()
        .ifPresent(estimate -> {
          put(estimate, now, tree);
          tree.put("fresh-seconds", estimate.freshness(service.check(), site.saved()).toSeconds());
        });
    site.kilometres().ifPresent(kilometres -> tree.put("kilometres", Math.round(kilometres)));
    site.lead().ifPresent(lead -> tree.put("lead", of(lead, now)));
    site.cut().ifPresent(cut -> tree.put("taken-out", of(cut)));
    return tree;
  }

  private static JsonArray of(List<Term> terms, double ofLosses) {
    JsonArray all = new JsonArray();
    for (Term term : terms) {
      JsonObject tree =
          new JsonObject()
              .put("term", term.measure().text())
              .put("value", RankingTree.rounded(term.value()))
              .put("unit", term.measure().unit())
              .put("weight", term.weight())
              .put("contribution", RankingTree.rounded(term.contribution()));
      if (term.measure() == Term.Measure.LATENCY && ofLosses > 0) {
        tree.put("of-losses", RankingTree.rounded(ofLosses));
      }
      all.add(tree);
    }
    return all;
  }

  private static void put(Estimate estimate, Instant now, JsonObject tree) {
    tree.put("latency-ms", RankingTree.rounded(estimate.latencyMillis()))
        .put("jitter-ms", RankingTree.rounded(estimate.jitterMillis()))
        .put("loss", RankingTree.rounded(estimate.loss()))
        .put("samples", estimate.samples())
        .put("age-seconds", seconds(estimate.updated(), now));
    estimate.load().ifPresent(load -> tree.put("load", RankingTree.rounded(load)));
    estimate
        .bytesPerSecond()
        .ifPresent(it -> tree.put("megabits-per-second", RankingTree.rounded(it * BITS / MEGA)));
  }

  private static JsonObject of(Lead lead, Instant now) {
    return new JsonObject()
        .put("share-seconds", RankingTree.rounded(lead.shareSeconds()))
        .put("age-seconds", seconds(lead.asOf(), now));
  }

  private static JsonObject of(Cut cut) {
    JsonObject tree = new JsonObject().put("step", cut.step());
    cut.value().ifPresent(value -> tree.put("value", RankingTree.rounded(value)));
    cut.most().ifPresent(most -> tree.put("most", RankingTree.rounded(most)));
    return tree;
  }

  /** What a site gives up since it is loaded. */
  static JsonObject of(Shedding.Shed shed) {
    return new JsonObject()
        .put("load", RankingTree.rounded(shed.load()))
        .put("share", RankingTree.rounded(shed.share()))
        .put("here", shed.here());
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }
}
