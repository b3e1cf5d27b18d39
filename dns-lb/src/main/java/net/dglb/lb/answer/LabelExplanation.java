package net.dglb.lb.answer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Answers;
import net.dglb.decision.Place;
import net.dglb.decision.Ranking;
import net.dglb.dns.zone.WhoAsks;
import net.dglb.explain.KeptRanking;
import net.dglb.explain.RankingTree;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.measure.estimate.Failure;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.service.ProbeTarget;

/**
 * Explains what a label is answered with: from the very rankings and contents that DNS answers.
 *
 * @param known the label's service
 * @param place for which it is ranked
 * @param view whose estimates count
 * @param failures the last failed probes of a target
 * @param said what operators say of a service's site
 * @param shown makes JSON of a ranking: for one asker, or to be kept for all
 */
record LabelExplanation(
    KnownService known,
    Place place,
    String view,
    Function<ProbeTarget, List<Failure>> failures,
    BiFunction<DomainName, String, Optional<JsonObject>> said,
    Function<RankingTree, JsonObject> shown) {

  JsonObject of(HeldDuty duty, LabelAnswer answer) {
    JsonArray nameServers = new JsonArray();
    answer.contents().nameServers().forEach(name -> nameServers.add(name.toString()));
    return new JsonObject()
        .put("label", duty.label().toString())
        .put("place", duty.label().place())
        .put("service", duty.label().service().toString())
        .put("own", answer.own())
        .put("zone", known.origin().toString())
        .put("zone-version", known.zoneVersion())
        .put("wanted-by", new JsonArray(List.copyOf(duty.wantedBy())))
        .put("since", answer.since().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("name-servers", nameServers)
        .put("name-server-ttl", answer.contents().nsTtlSeconds())
        .put("name-server-ttl-reason", nameServerTtl(duty))
        .put("answers", answers(answer).put("view", view));
  }

  private JsonObject answers(LabelAnswer answer) {
    AnswerTtl ttl = answer.contents().addressTtl();
    JsonObject tree = new JsonObject();
    for (AddressFamily family : AddressFamily.values()) {
      Ranking ranking = answer.rankings().of(family);
      Answers answers = answer.contents().answers(family);
      JsonObject ranked =
          shown.apply(new RankingTree(known.service(), place, ranking, answers, ttl));
      KeptRanking.trees(ranked).forEach(each -> add(answer, family, each));
      tree.put(field(family), ranked);
    }
    return tree;
  }

  private static String field(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "A" : "AAAA";
  }

  private void add(LabelAnswer answer, AddressFamily family, JsonObject ranked) {
    addFailures(ranked.getJsonArray("order"));
    addSaid(ranked.getJsonArray("order"));
    List<String> completedAt = answer.rankings().completedAt(family);
    if (!completedAt.isEmpty()) {
      ranked.put("stand-in", standIn(family, completedAt));
    }
  }

  /** That what is shown of this family was measured over the other one. */
  private static JsonObject standIn(AddressFamily family, List<String> places) {
    return new JsonObject()
        .put("at", new JsonArray(places))
        .put(
            "text",
            "no site is known to work over %s at %s, but over %s: what is measured over that stands in"
                .formatted(family.word(), String.join(" and ", places), family.other().word()));
  }

  /** A kept explanation as it counted for one asker. */
  static JsonObject shown(JsonObject kept, WhoAsks who) {
    JsonObject answers = kept.getJsonObject("answers");
    for (AddressFamily family : AddressFamily.values()) {
      answers.put(
          field(family), KeptRanking.shown(answers.getJsonObject(field(family)), who::slot));
    }
    return kept;
  }

  /** What went wrong lately at each candidate, as seen from here. */
  private void addFailures(JsonArray order) {
    for (int i = 0; i < order.size(); i++) {
      JsonObject site = order.getJsonObject(i);
      JsonArray last = new JsonArray();
      failures
          .apply(known.service().target(AddressLiteral.parse(site.getString("address"))))
          .forEach(failure ->
              last.add(
                  new JsonObject()
                      .put("at", failure.at().toString())
                      .put("outcome", failure.outcome().name().toLowerCase(Locale.ROOT))
                      .put("detail", failure.detail())));
      if (!last.isEmpty()) {
        site.put("failures", last);
      }
    }
  }

  /** Who said what of each candidate, and why. */
  private void addSaid(JsonArray order) {
    for (int i = 0; i < order.size(); i++) {
      JsonObject site = order.getJsonObject(i);
      said.apply(known.service().name(), site.getString("site"))
          .ifPresent(saying -> site.put("said", saying));
    }
  }

  private String nameServerTtl(HeldDuty duty) {
    Duration service = known.service().ttls().referral();
    return duty.duty().nameServerTtl().compareTo(service) < 0
        ? "not longer than the backbone's referral"
        : "as the service says";
  }
}
