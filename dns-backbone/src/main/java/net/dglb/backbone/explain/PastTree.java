package net.dglb.backbone.explain;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import net.dglb.backbone.refer.OwnPlace;
import net.dglb.backbone.refer.Referral;
import net.dglb.decision.AnswerTtl;
import net.dglb.net.AddressFamily;
import net.dglb.service.Mode;
import net.dglb.service.Service;

/** What this node itself answered at a moment of the past. */
final class PastTree {

  private final Sources sources;
  private final AnswersTree answers;

  PastTree(Sources sources, AnswersTree answers) {
    this.sources = sources;
    this.answers = answers;
  }

  /**
   * Adds what was answered; nothing where a load balancer answered.
   *
   * @param referral the way of then, as far as that is known
   * @throws UnknownPastException if it is not known
   */
  void put(Service service, Referral referral, Question question, Instant moment, JsonObject tree) {
    Optional<OwnPlace> own = place(service, referral, question, moment);
    if (own.isEmpty()) {
      return;
    }
    Optional<JsonObject> kept = sources.past().at(own.get(), moment, question::slot);
    if (isUnused(referral, moment)) {
      tree.put("answers", answers.unused(service, referral, question));
    } else if (kept.isPresent()) {
      kept.get().forEach(field -> tree.put(field.getKey(), field.getValue()));
    } else {
      putUnchanged(service, referral, question, moment, tree);
    }
    sources
        .past()
        .reachesBackTo()
        .ifPresent(reach -> tree.put("reaches-back-to", reach.toString()));
    if (referral.choice().filter(Referral.Choice::isAwaited).isPresent()) {
      shorten(tree.getJsonObject("answers"), sources.referrals().longestAwaited(service));
    }
  }

  /** The place that it was answered for; empty if the question was referred. */
  private Optional<OwnPlace> place(
      Service service, Referral referral, Question question, Instant moment) {
    boolean wayIsKnown = sources.isWayKnown(moment);
    Optional<OwnPlace> near =
        referral
            .choice()
            .flatMap(Referral.Choice::unmeasured)
            .filter(it -> service.answersUnannounced() && (it.answered() || !wayIsKnown))
            .map(it -> OwnPlace.near(service.name(), it.place()))
            .filter(it -> wayIsKnown || isKept(it, question, moment));
    return near.or(() ->
        service.mode() == Mode.DIRECT
            ? Optional.of(OwnPlace.ofLabel(service.name(), referral.referral().label()))
            : Optional.empty());
  }

  private boolean isUnused(Referral referral, Instant moment) {
    return sources.isWayKnown(moment)
        && referral.choice().flatMap(Referral.Choice::estimatedFor).isEmpty()
        && !referral.referral().inUse();
  }

  private boolean isKept(OwnPlace place, Question question, Instant moment) {
    return sources.past().at(place, moment, question::slot).isPresent();
  }

  /** No change is known since: what is answered now was answered then, if it was long enough. */
  private void putUnchanged(
      Service service, Referral referral, Question question, Instant moment, JsonObject tree) {
    Optional<Instant> since = answers.since(service, referral, question);
    if (since.isEmpty() || since.get().isAfter(moment)) {
      throw new UnknownPastException(
          "what %s was answered then is not known%s"
              .formatted(
                  question.name(),
                  sources
                      .past()
                      .reachesBackTo()
                      .map(reach -> " (changes are known since " + reach + ")")
                      .orElse(" (no change is known yet)")));
    }
    Instant now = sources.clock().instant();
    tree.put("answers", answers.now(service, referral, question))
        .put("decided", since.get().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("values-of", now.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static void shorten(JsonObject answers, Duration most) {
    for (AddressFamily family : AddressFamily.values()) {
      JsonObject ranked = answers.getJsonObject(AnswersTree.field(family));
      if (ranked.getLong("ttl") > most.toSeconds()) {
        ranked.put("ttl", most.toSeconds()).put("ttl-reason", AnswerTtl.Reason.AWAITED.text());
      }
    }
  }
}
