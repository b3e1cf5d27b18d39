package net.dglb.backbone.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.refer.Referral;
import net.dglb.backbone.refer.ReferralZone;
import net.dglb.dns.wire.Query;
import net.dglb.net.AddressLiteral;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Mode;
import net.dglb.service.Service;
import net.dglb.service.Site;

/** Puts an explanation together, in the order in which a query goes. */
final class Explanation {

  private final Sources sources;
  private final DelegationTree delegations;
  private final AnswersTree answers;
  private final PastTree past;

  Explanation(Sources sources) {
    this.sources = sources;
    delegations = new DelegationTree(sources);
    answers = new AnswersTree(sources);
    past = new PastTree(sources, answers);
  }

  /**
   * The explanation; empty if the name is no service, alias or label.
   *
   * @throws UnknownPastException if it is not known what was answered at the moment asked for
   */
  Optional<JsonObject> of(Question question) {
    requireKnown("down", question.down(), loadBalancers());
    Query query = question.query(delegations.target(question.name()));
    return sources.main().get().find(query) instanceof ReferralZone zone
        ? referral(zone, query, question).map(found -> tree(question, found))
        : Optional.empty();
  }

  /** The way of then, or of now where that is not known. */
  private Optional<Referral> referral(ReferralZone zone, Query query, Question question) {
    return question
        .at()
        .flatMap(moment -> sources.referrals().explain(zone, query, moment))
        .or(() -> zone.explain(query, question.down()));
  }

  /** Of then it is not known what load balancers said besides. */
  private ChoiceTree choices(Question question) {
    return question.at().isPresent()
        ? new ChoiceTree(_ -> Optional.empty(), _ -> Optional.empty())
        : new ChoiceTree(sources.directory()::find, sources.directory()::since);
  }

  private ReferralTree referrals(Question question) {
    return new ReferralTree(sources, question.at().isPresent());
  }

  private JsonObject way(Instant moment) {
    return new JsonObject()
        .put("known", sources.isWayKnown(moment))
        .put(
            "text",
            sources.isWayKnown(moment)
                ? "the way is that of then, the delegation is that of now"
                : "the way is that of now: what it was is known since "
                    + sources
                        .referrals()
                        .knownSince()
                        .map(it -> it.truncatedTo(ChronoUnit.MILLIS).toString())
                        .orElse("never"));
  }

  private JsonObject tree(Question question, Referral referral) {
    JsonObject tree =
        new JsonObject()
            .put("name", question.name().toString())
            .put("resolver", AddressLiteral.text(question.resolver()));
    question.subnet().ifPresent(subnet -> tree.put("subnet", subnet.toString()));
    tree.put("node", sources.node())
        .put(
            "at",
            question
                .at()
                .orElseGet(() -> sources.clock().instant().truncatedTo(ChronoUnit.SECONDS))
                .toString());
    question.at().ifPresent(moment -> tree.put("way", way(moment)));
    put("down", question.down(), tree);
    put("without", question.without(), tree);
    Optional<EnterpriseZone> zone = delegations.zoneOf(referral.service());
    zone.ifPresent(
        it -> tree.put("delegation", delegations.of(question.name(), referral.service(), it)));
    referral
        .choice()
        .ifPresent(choice -> {
          ChoiceTree choices = choices(question);
          tree.put("match", choices.match(choice, question.subnet()));
          choice.unmeasured().ifPresent(it -> tree.put("unmeasured-place", choices.place(it)));
          if (choice.estimatedFor().isEmpty()) {
            tree.put("load-balancers", choices.order(choice, referral.referral().label()));
          }
        });
    if (!isByEstimate(referral)) {
      tree.put("referral", referrals(question).of(referral, question.down()));
    }
    zone.flatMap(it -> it.service(referral.service()))
        .ifPresent(service -> {
          requireKnown("without", question.without(), sites(service));
          if (service.mode() == Mode.DIRECT) {
            tree.put("mode", "direct");
          }
          question
              .at()
              .ifPresentOrElse(
                  moment -> past.put(service, referral, question, moment, tree),
                  () -> tree.put("answers", answers.now(service, referral, question)));
        });
    return tree;
  }

  private Set<String> loadBalancers() {
    return sources.directory().all().stream()
        .filter(lb -> !lb.isBackbone())
        .map(LoadBalancer::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> sites(Service service) {
    return service.sites().stream().map(Site::id).collect(Collectors.toCollection(TreeSet::new));
  }

  private static void requireKnown(String parameter, Set<String> ids, Set<String> known) {
    for (String id : ids) {
      if (!known.contains(id)) {
        throw new IllegalArgumentException(
            parameter + ": " + id + " (expected one of " + String.join(", ", known) + ")");
      }
    }
  }

  /** What is only supposed. */
  private static void put(String key, Set<String> supposed, JsonObject tree) {
    if (!supposed.isEmpty()) {
      tree.put(key, new JsonArray(supposed.stream().sorted().toList()));
    }
  }

  private static boolean isByEstimate(Referral referral) {
    return referral.choice().flatMap(Referral.Choice::estimatedFor).isPresent();
  }
}
