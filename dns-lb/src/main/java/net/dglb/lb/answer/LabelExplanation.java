package net.dglb.lb.answer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.dglb.decision.AnswerTtl;
import net.dglb.explain.RankingTree;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.net.AddressFamily;

/** Explains what a label is answered with: from the very rankings and contents that DNS answers. */
final class LabelExplanation {

  private LabelExplanation() {}

  /**
   * Makes the tree.
   *
   * @param view whose estimates count
   */
  static JsonObject of(
      HeldDuty duty, KnownService known, LabelAnswer answer, String view, Instant now) {
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
        .put("since", answer.since().toString())
        .put("name-servers", nameServers)
        .put("name-server-ttl", answer.contents().nsTtlSeconds())
        .put("name-server-ttl-reason", nameServerTtl(duty, known))
        .put("answers", answers(known, answer, now).put("view", view));
  }

  private static JsonObject answers(KnownService known, LabelAnswer answer, Instant now) {
    AnswerTtl ttl = answer.rankings().answerTtl(known.service());
    JsonObject tree = new JsonObject();
    for (AddressFamily family : AddressFamily.values()) {
      tree.put(
          family == AddressFamily.IPV4 ? "A" : "AAAA",
          RankingTree.of(answer.rankings().of(family), answer.contents().answers(family), ttl, now));
    }
    return tree;
  }

  private static String nameServerTtl(HeldDuty duty, KnownService known) {
    Duration service = known.service().ttls().referral();
    return duty.duty().nameServerTtl().compareTo(service) < 0
        ? "not longer than the backbone's referral"
        : "as the service says";
  }
}
