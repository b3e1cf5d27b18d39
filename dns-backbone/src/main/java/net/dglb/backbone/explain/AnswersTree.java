package net.dglb.backbone.explain;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.refer.OwnAnswer;
import net.dglb.backbone.refer.PlaceAnswer;
import net.dglb.backbone.refer.Referral;
import net.dglb.decision.Place;
import net.dglb.explain.KeptRanking;
import net.dglb.explain.RankingTree;
import net.dglb.net.AddressFamily;
import net.dglb.net.Location;
import net.dglb.service.Mode;
import net.dglb.service.Service;

/** What is answered, every candidate, and whose view that is. */
final class AnswersTree {

  private static final String NOT_IN_USE = "; the label is not in use: nearest first";
  private static final String BY_ESTIMATE = ", by estimate: nobody measures there";

  private final Sources sources;

  AnswersTree(Sources sources) {
    this.sources = sources;
  }

  /** Where the addresses of a family stand. */
  static String field(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "A" : "AAAA";
  }

  /** As it is now. */
  JsonObject now(Service service, Referral referral, Question question) {
    Instant now = sources.clock().instant();
    JsonObject tree = new JsonObject();
    for (AddressFamily family : AddressFamily.values()) {
      Viewed viewed = viewed(service, family, referral, question, now);
      PlaceAnswer answer = viewed.answer();
      tree.put("view", "backbone node " + sources.node() + viewed.how());
      tree.put(field(family), shown(service, answer, question, now));
    }
    return tree;
  }

  private JsonObject shown(Service service, PlaceAnswer answer, Question question, Instant now) {
    JsonObject ranked = ranking(service, answer).of(question.slot(answer.answers()), now);
    new OperatorsWord(sources.registry()).addTo(ranked.getJsonArray("order"), service.name());
    return ranked;
  }

  /** As it is for a label that is not in use, whatever somebody asked for since. */
  JsonObject unused(Service service, Referral referral, Question question) {
    Instant now = sources.clock().instant();
    JsonObject tree = new JsonObject().put("view", "backbone node " + sources.node() + NOT_IN_USE);
    Place place = place(referral.referral().label());
    for (AddressFamily family : AddressFamily.values()) {
      PlaceAnswer answer = sources.referrals().explainUnused(service, family, place);
      tree.put(field(family), shown(service, answer, question, now));
    }
    return tree;
  }

  /** Since when this node answers it by itself; empty if it does not. */
  Optional<Instant> since(Service service, Referral referral, Question question) {
    Optional<Location> estimatedFor = referral.choice().flatMap(Referral.Choice::estimatedFor);
    return estimatedFor.isPresent()
        ? sources
            .referrals()
            .explainEstimate(service, AddressFamily.IPV4, estimatedFor.get(), Set.of())
            .flatMap(PlaceAnswer::since)
        : ofLabel(service, AddressFamily.IPV4, referral, question, sources.clock().instant())
            .answer()
            .since();
  }

  /** As it is kept for later. */
  static JsonObject kept(OwnAnswer answer, String node, OperatorsWord said, Instant now) {
    JsonObject tree = new JsonObject();
    String how = answer.byEstimate() ? BY_ESTIMATE : reported(answer.ipv4().place().id());
    tree.put("view", "backbone node " + node + how);
    for (AddressFamily family : AddressFamily.values()) {
      JsonObject ranked = KeptRanking.of(ranking(answer.service(), answer.of(family)), now);
      KeptRanking.trees(ranked)
          .forEach(each -> said.addTo(each.getJsonArray("order"), answer.service().name()));
      tree.put(field(family), ranked);
    }
    return tree;
  }

  private static RankingTree ranking(Service service, PlaceAnswer answer) {
    return new RankingTree(
        service, answer.place(), answer.ranking(), answer.answers(), answer.ttl());
  }

  private static String reported(String id) {
    return ", from what " + id + " reported";
  }

  /** An answer, and whose view it is. */
  private record Viewed(PlaceAnswer answer, String how) {}

  private Viewed viewed(
      Service service, AddressFamily family, Referral referral, Question question, Instant now) {
    Optional<Location> estimatedFor = referral.choice().flatMap(Referral.Choice::estimatedFor);
    return estimatedFor
        .flatMap(place ->
            sources.referrals().explainEstimate(service, family, place, question.without()))
        .map(answer -> new Viewed(answer, BY_ESTIMATE))
        .orElseGet(() -> ofLabel(service, family, referral, question, now));
  }

  private Viewed ofLabel(
      Service service, AddressFamily family, Referral referral, Question question, Instant now) {
    String id = referral.referral().label();
    Place place = place(id);
    PlaceAnswer answer =
        sources.referrals().explain(service, family, place, question.without(), now);
    boolean awaited =
        service.mode() == Mode.DIRECT
            && referral.choice().filter(Referral.Choice::isAwaited).isPresent();
    return new Viewed(
        awaited ? sources.referrals().awaited(service, answer) : answer,
        answer.inUse() ? reported(id) : NOT_IN_USE);
  }

  private Place place(String id) {
    return new Place(id, sources.directory().find(id).flatMap(LoadBalancer::location));
  }
}
