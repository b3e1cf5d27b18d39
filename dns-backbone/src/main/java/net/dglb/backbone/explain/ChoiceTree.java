package net.dglb.backbone.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.index.Anchor;
import net.dglb.backbone.index.Rung;
import net.dglb.backbone.index.Table;
import net.dglb.backbone.refer.Considered;
import net.dglb.backbone.refer.Referral;
import net.dglb.backbone.refer.Unmeasured;
import net.dglb.net.Prefix;

/** How the label was chosen: what matched, who came into question, and who was taken. */
final class ChoiceTree {

  private final Function<String, Optional<LoadBalancer>> directory;
  private final Function<String, Optional<Instant>> since;

  /**
   * Shows choices.
   *
   * @param directory what a load balancer said, by its id
   * @param since when this node heard that
   */
  ChoiceTree(
      Function<String, Optional<LoadBalancer>> directory,
      Function<String, Optional<Instant>> since) {
    this.directory = directory;
    this.since = since;
  }

  /** What matched, and what would if that were gone. */
  JsonObject match(Referral.Choice choice, Optional<Prefix> subnet) {
    List<Rung> ladder = choice.ladder();
    JsonArray next = new JsonArray();
    ladder.stream().skip(1).forEach(rung -> next.add(of(rung)));
    return of(ladder.getFirst())
        .put("scope", choice.scope())
        .put("scope-reason", scope(choice, subnet))
        .put("next", next);
  }

  private JsonObject of(Rung rung) {
    JsonObject tree =
        new JsonObject()
            .put("table", rung.table().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    rung.prefix().ifPresent(prefix -> tree.put("prefix", prefix.toString()));
    switch (rung.anchor()) {
      case Anchor.Announced announced ->
          tree.put("announced-by", announcements(announced.loadBalancers()));
      case Anchor.Computed computed ->
          tree.put("load-balancers", new JsonArray(computed.loadBalancers()));
      case Anchor.Located located ->
          tree.put(
              "location",
              new JsonObject()
                  .put("latitude", located.location().latitude())
                  .put("longitude", located.location().longitude()));
      case Anchor.Hashed hashed -> tree.put("block", hashed.block());
    }
    return tree;
  }

  private JsonArray announcements(Collection<String> ids) {
    JsonArray all = new JsonArray();
    for (String id : ids.stream().sorted().toList()) {
      JsonObject tree = new JsonObject().put("load-balancer", id);
      directory
          .apply(id)
          .map(lb -> lb.announcement().announcement())
          .ifPresent(said -> {
            tree.put("version", said.version().toString());
            said.announced().ifPresent(at -> tree.put("announced-at", seconds(at)));
          });
      since.apply(id).ifPresent(it -> tree.put("known-since", seconds(it)));
      all.add(tree);
    }
    return all;
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String scope(Referral.Choice choice, Optional<Prefix> subnet) {
    if (subnet.isEmpty()) {
      return "no client subnet came along: the answer is for whoever asks through this resolver";
    }
    if (subnet.get().length() == 0) {
      return "the client wants no use of its address (RFC 7871 section 7.1.2)";
    }
    if (choice.scope() == 0) {
      return "the answer is the same for every client";
    }
    String first = "the first " + choice.scope() + " bits of the subnet decide: ";
    return choice.ladder().getFirst().table() == Table.CLIENT_PREFIXES
        ? first + "every client that shares them is answered alike"
        : first + "no client prefix holds anyone who shares them, so the resolver counts";
  }

  /** Where whoever asks stands, and that nobody measures there. */
  JsonObject place(Unmeasured unmeasured) {
    return new JsonObject()
        .put("latitude", unmeasured.place().latitude())
        .put("longitude", unmeasured.place().longitude())
        .put("answered-by-estimate", unmeasured.answered())
        .put("text", words(unmeasured));
  }

  private static String words(Unmeasured unmeasured) {
    if (unmeasured.answered()) {
      return "nobody measures there: the backbone itself answers the best site by estimate";
    }
    return unmeasured.awaited()
        ? "nobody measures there: the best site is being estimated"
        : "nobody measures there";
  }

  /** Who came into question, and who was taken. */
  JsonObject order(Referral.Choice choice, String label) {
    JsonArray order = new JsonArray();
    choice.order().forEach(it -> order.add(of(it)));
    return new JsonObject().put("chosen", label).put("reason", reason(choice)).put("order", order);
  }

  private static String reason(Referral.Choice choice) {
    if (choice.order().isEmpty()) {
      return "no load balancer is in service: the backbone's own label";
    }
    if (choice.chosen() < 0) {
      return "no label stands for its place: the first of the order";
    }
    Considered chosen = choice.order().get(choice.chosen());
    return choice.chosen() == 0
        ? chosen.why().text()
        : chosen.why().text() + "; no label before it stands for its place";
  }

  private JsonObject of(Considered considered) {
    JsonObject tree =
        new JsonObject()
            .put("id", considered.id())
            .put("why", considered.why().text())
            .put("stands-for-its-place", considered.standsForItsPlace())
            .put("reason", words(considered));
    directory
        .apply(considered.id())
        .ifPresent(lb ->
            tree.put("presence", lb.presence().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    return tree;
  }

  private static String words(Considered considered) {
    if (considered.measured()) {
      return considered.live()
          ? "in service, and has served the label"
          : "not in service, but its label stands for what it measured";
    }
    return considered.live()
        ? "in service; until it serves the label, others answer for its place"
        : "not in service, and has not served the label";
  }
}
