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
import net.dglb.backbone.refer.PlaceAnswer;
import net.dglb.backbone.refer.Referral;
import net.dglb.backbone.refer.ReferralZone;
import net.dglb.decision.Place;
import net.dglb.dns.wire.Query;
import net.dglb.explain.RankingTree;
import net.dglb.explain.SayingTree;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Location;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Mode;
import net.dglb.service.Service;
import net.dglb.service.Site;

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
    requireKnown("down", question.down(), loadBalancers());
    Query query = question.query(delegations.target(question.name()));
    Optional<Referral> referral =
        sources.main().get().find(query) instanceof ReferralZone zone
            ? zone.explain(query, question.down())
            : Optional.empty();
    return referral.map(found -> tree(question, found));
  }

  private JsonObject tree(Question question, Referral referral) {
    JsonObject tree =
        new JsonObject()
            .put("name", question.name().toString())
            .put("resolver", AddressLiteral.text(question.resolver()));
    question.subnet().ifPresent(subnet -> tree.put("subnet", subnet.toString()));
    tree.put("node", sources.node())
        .put("at", sources.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    put("down", question.down(), tree);
    put("without", question.without(), tree);
    Optional<EnterpriseZone> zone = delegations.zoneOf(referral.service());
    zone.ifPresent(
        it -> tree.put("delegation", delegations.of(question.name(), referral.service(), it)));
    referral
        .choice()
        .ifPresent(choice -> {
          tree.put("match", choices.match(choice, question.subnet()));
          choice.unmeasured().ifPresent(it -> tree.put("unmeasured-place", choices.place(it)));
          if (choice.estimatedFor().isEmpty()) {
            tree.put("load-balancers", choices.order(choice, referral.referral().label()));
          }
        });
    if (estimatedFor(referral).isEmpty()) {
      tree.put("referral", referrals.of(referral, question.down()));
    }
    zone.flatMap(it -> it.service(referral.service()))
        .ifPresent(service -> {
          requireKnown("without", question.without(), sites(service));
          if (service.mode() == Mode.DIRECT) {
            tree.put("mode", "direct");
          }
          tree.put("answers", answers(service, referral, question));
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

  private static Optional<Location> estimatedFor(Referral referral) {
    return referral.choice().flatMap(Referral.Choice::estimatedFor);
  }

  private JsonObject answers(Service service, Referral referral, Question question) {
    Instant now = sources.clock().instant();
    JsonObject tree = new JsonObject();
    for (AddressFamily family : AddressFamily.values()) {
      Viewed viewed = viewed(service, family, referral, question, now);
      PlaceAnswer answer = viewed.answer();
      JsonObject ranked =
          new RankingTree(service, answer.place(), answer.ranking(), answer.answers(), answer.ttl())
              .of(question.slot(answer.answers()), now);
      addSaid(service, ranked.getJsonArray("order"));
      tree.put("view", "backbone node " + sources.node() + viewed.how());
      tree.put(family == AddressFamily.IPV4 ? "A" : "AAAA", ranked);
    }
    return tree;
  }

  /** An answer, and whose view it is. */
  private record Viewed(PlaceAnswer answer, String how) {}

  private Viewed viewed(
      Service service, AddressFamily family, Referral referral, Question question, Instant now) {
    return estimatedFor(referral)
        .flatMap(place ->
            sources.referrals().explainEstimate(service, family, place, question.without()))
        .map(answer -> new Viewed(answer, ", by estimate: nobody measures there"))
        .orElseGet(() -> ofLabel(service, family, referral, question, now));
  }

  private Viewed ofLabel(
      Service service, AddressFamily family, Referral referral, Question question, Instant now) {
    String id = referral.referral().label();
    Place place = new Place(id, sources.directory().find(id).flatMap(LoadBalancer::location));
    PlaceAnswer answer =
        sources.referrals().explain(service, family, place, question.without(), now);
    boolean awaited =
        service.mode() == Mode.DIRECT
            && referral.choice().filter(Referral.Choice::isAwaited).isPresent();
    return new Viewed(
        awaited ? sources.referrals().awaited(service, answer) : answer,
        answer.inUse()
            ? ", from what " + id + " reported"
            : "; the label is not in use: nearest first");
  }

  private void addSaid(Service service, JsonArray order) {
    for (int i = 0; i < order.size(); i++) {
      JsonObject site = order.getJsonObject(i);
      sources
          .registry()
          .said()
          .sayings()
          .newest(service.name(), site.getString("site"))
          .ifPresent(saying -> site.put("said", SayingTree.of(saying).put("at", "the backbone")));
    }
  }
}
