package net.dglb.backbone.explain;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.refer.LabelReferral;
import net.dglb.backbone.refer.PlaceAnswer;
import net.dglb.backbone.refer.Referral;
import net.dglb.backbone.refer.ReferralZone;
import net.dglb.decision.Place;
import net.dglb.dns.wire.Query;
import net.dglb.explain.RankingTree;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/** Puts an explanation together, in the order in which a query goes. */
final class Explanation {

  private final Sources sources;
  private final DelegationTree delegations;
  private final ChoiceTree choices;
  private final ReferralTree referrals;

  Explanation(Sources sources) {
    this.sources = sources;
    delegations = new DelegationTree(sources);
    choices = new ChoiceTree(sources.directory());
    referrals = new ReferralTree(sources);
  }

  /** The explanation; empty if the name is no service, alias or label. */
  Optional<JsonObject> of(Question question) {
    DomainName asked = question.name();
    DomainName name = delegations.target(asked);
    Query query = new Question(name, question.resolver(), question.subnet()).query();
    Optional<Referral> referral =
        sources.main().get().find(query) instanceof ReferralZone zone
            ? zone.explain(query)
            : Optional.empty();
    return referral.map(found -> tree(question, found));
  }

  private JsonObject tree(Question question, Referral referral) {
    JsonObject tree =
        new JsonObject()
            .put("name", question.name().toString())
            .put("resolver", question.resolver().getHostAddress());
    question.subnet().ifPresent(subnet -> tree.put("subnet", subnet.toString()));
    tree.put("node", sources.node()).put("at", sources.clock().instant().toString());
    Optional<EnterpriseZone> zone = delegations.zoneOf(referral.service());
    zone.ifPresent(
        it -> tree.put("delegation", delegations.of(question.name(), referral.service(), it)));
    referral
        .choice()
        .ifPresent(choice -> {
          tree.put("match", choices.match(choice, question.subnet()));
          tree.put("load-balancers", choices.order(choice, referral.referral().label()));
        });
    tree.put("referral", referrals.of(referral.service(), referral.referral()));
    zone.flatMap(it -> it.service(referral.service()))
        .ifPresent(service -> tree.put("answers", answers(service, referral.referral())));
    return tree;
  }

  private JsonObject answers(Service service, LabelReferral referral) {
    String id = referral.label();
    Place place = new Place(id, sources.directory().find(id).flatMap(LoadBalancer::location));
    JsonObject tree = new JsonObject();
    for (AddressFamily family : AddressFamily.values()) {
      PlaceAnswer answer = sources.referrals().explain(service, family, place);
      tree.put(
          "view",
          answer.inUse()
              ? "backbone node " + sources.node() + ", from what " + id + " reported"
              : "backbone node " + sources.node() + "; the label is not in use: nearest first");
      tree.put(
          family == AddressFamily.IPV4 ? "A" : "AAAA",
          RankingTree.of(
              service,
              answer.ranking(),
              answer.answers(),
              answer.ttl(),
              sources.clock().instant()));
    }
    return tree;
  }
}
