package net.dglb.lb.operate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.dglb.dns.zone.WhoAsks;
import net.dglb.lb.answer.LabelExplanations;
import net.dglb.lb.duty.LabelName;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;

/**
 * {@code GET /explain} and {@code GET /explain/NAME}: what the labels are answered with that are
 * held here, and why; all of them, one, or those of a service. {@code at=TIME}: at a moment of the
 * past. {@code without=SITE,SITE}: were these sites taken out. {@code
 * resolver=ADDRESS&subnet=PREFIX}: for whom, where not everybody gets the same.
 */
public final class ExplainRoutes {

  private final String node;
  private final LabelExplanations labels;
  private final InstantSource clock;

  /** Makes the routes. */
  public ExplainRoutes(String node, LabelExplanations labels, InstantSource clock) {
    this.node = node;
    this.labels = labels;
    this.clock = clock;
  }

  /** What a node adds to its admin API. */
  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/explain", request -> AdminAnswer.ok(tree(request, _ -> true))),
        AdminRoute.get("/explain/:name", this::one));
  }

  private AdminAnswer one(AdminRequest request) {
    DomainName name = DomainName.of(request.parameter("name").orElseThrow());
    JsonObject tree =
        tree(request, label -> label.apex().equals(name) || label.service().equals(name));
    if (!tree.getJsonArray("labels").isEmpty()) {
      return AdminAnswer.ok(tree);
    }
    return AdminAnswer.notFound(
        request.parameter("at").isPresent()
            ? name + " was not answered here then, as far as is known" + reach()
            : name + " is not answered here (expected: a label, or a service that has one here)");
  }

  private JsonObject tree(AdminRequest request, Predicate<LabelName> selected) {
    JsonObject tree = new JsonObject().put("node", node);
    Optional<Instant> past = request.moment("at");
    if (past.isPresent()) {
      if (request.parameter("without").isPresent()) {
        throw new IllegalArgumentException(
            "without: not together with at (expected one of the two: of the past is kept what was"
                + " answered, not what would have been)");
      }
      labels.reachesBackTo().ifPresent(reach -> tree.put("reaches-back-to", reach.toString()));
      return tree.put("at", past.get().toString())
          .put("labels", labels.at(selected, past.get(), who(request)));
    }
    Set<String> without =
        request
            .parameter("without")
            .map(ids -> Arrays.stream(ids.split(",", -1)).collect(Collectors.toUnmodifiableSet()))
            .orElse(Set.of());
    JsonArray all = labels.now(selected, without, who(request));
    if (!without.isEmpty()) {
      tree.put("without", new JsonArray(without.stream().sorted().toList()));
    }
    return tree.put("at", clock.instant().toString()).put("labels", all);
  }

  private static WhoAsks who(AdminRequest request) {
    return new WhoAsks(
        request.parameter("resolver").map(AddressLiteral::parse),
        request.parameter("subnet").map(Prefix::parse));
  }

  private String reach() {
    return labels
        .reachesBackTo()
        .map(reach -> " (changes are known since " + reach + ")")
        .orElse(" (no change is known yet)");
  }
}
