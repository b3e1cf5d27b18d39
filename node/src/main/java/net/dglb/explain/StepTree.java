package net.dglb.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import net.dglb.decision.Cut;
import net.dglb.decision.RankedSite;
import net.dglb.service.Policy;
import net.dglb.service.Step;

/** The steps of a chain as JSON: each with its bound, and whom it took out. */
final class StepTree {

  private StepTree() {}

  static JsonArray of(Policy.Chain chain, List<RankedSite> order) {
    JsonArray steps = new JsonArray();
    for (int number = 1; number <= chain.steps().size(); number++) {
      Step step = chain.steps().get(number - 1);
      List<String> out = new ArrayList<>();
      for (RankedSite site : order) {
        int at = number;
        site.cut()
            .filter(cut -> cut.step() == at)
            .ifPresent(cut -> out.add(words(site, step, cut)));
      }
      steps.add(
          new JsonObject()
              .put("step", number)
              .put("kind", step.kind())
              .put("text", words(step))
              .put("out", new JsonArray(out)));
    }
    return steps;
  }

  private static String words(Step step) {
    return switch (step) {
      case Step.Within it ->
          "goes on with those that are worse than the best by at most " + amount(it, it.most());
      case Step.First it -> "goes on with the first " + it.count() + " sites";
      case Step.Static _ -> "goes on with what is set for the prefix of whoever asks";
      case Step.Shed it ->
          "sites with a load above %s give up prefixes, all of them at %s"
              .formatted(it.from(), it.to());
      case Step.Percentages _ -> "each site has its percentage of the prefixes";
      case Step.Hash _ -> "a prefix keeps its site: the one with the highest hash of both";
      case Step.Weighted it ->
          "query by query, in proportion to the sites' " + RankingTree.word(it.by());
      case Step.RoundRobin _ -> "query by query, in turn";
    };
  }

  private static String words(RankedSite site, Step step, Cut cut) {
    return site.siteId()
        + switch (step) {
          case Step.Within it ->
              cut.value().isEmpty()
                  ? ": not known"
                  : ": worse by %s, at most %s"
                      .formatted(amount(it, number(cut.value())), amount(it, number(cut.most())));
          case Step.First _ -> ": number " + Math.round(number(cut.value()));
          case Step.Static _ -> ": others are set";
          case Step.Shed _, Step.Spread _ -> "";
        };
  }

  private static double number(OptionalDouble value) {
    return value.orElse(0);
  }

  private static String amount(Step.Within step, double value) {
    return RankingTree.rounded(value)
        + switch (step.measure()) {
          case LATENCY -> " ms of latency";
          case KILOMETRES -> " km";
          case COST -> " of cost";
        };
  }
}
