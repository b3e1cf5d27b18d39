package net.dglb.backbone.registry.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.dglb.backbone.registry.SiteWish;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.SitePattern;
import net.dglb.explain.SayingTree;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.service.Service;

/**
 * The routes about what operators say of sites for the whole network: as at a load balancer, where
 * they are about that one alone. For the operator.
 */
final class SiteRoutes {

  private final ZoneRegistry registry;
  private final Owners owners;

  SiteRoutes(ZoneRegistry registry) {
    this.registry = registry;
    this.owners = new Owners(registry);
  }

  List<AdminRoute> all(ZoneRoutes routes) {
    return List.of(
        routes.route(HttpMethod.GET, "/sites/said", this::list),
        routes.route(HttpMethod.POST, "/sites/said", this::say));
  }

  private CompletableFuture<AdminAnswer> list(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    return Answers.now(AdminAnswer.ok(said()));
  }

  private CompletableFuture<AdminAnswer> say(Access access, AdminRequest request)
      throws Access.DeniedException {
    JsonObject body = ZoneRoutes.body(request);
    SitePattern pattern = SitePattern.parse(ZoneRoutes.text(body, "pattern"));
    owners.requireOperator(access, "say-sites", pattern.toString());
    String state = ZoneRoutes.text(body, "state");
    boolean takenBack = state.equals("probed");
    if (!takenBack) {
      Saying.state(state);
    }
    String who = body.getString("who", "somebody") + " (" + access.caller().actor() + ")";
    SiteWish wish =
        new SiteWish(
            pattern.toString(),
            takenBack ? "" : state,
            who,
            ZoneRoutes.text(body, "why"),
            access.caller());
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.say(wish, outcome -> answer.complete(answer(outcome, pattern)));
    return answer;
  }

  private AdminAnswer answer(ZoneRegistry.Outcome outcome, SitePattern pattern) {
    return outcome instanceof ZoneRegistry.Outcome.Stored
        ? AdminAnswer.ok(said().put("matched", SayingTree.matched(pattern, services())))
        : Answers.of(outcome, new JsonObject());
  }

  private JsonObject said() {
    JsonArray all = SayingTree.of(registry.said().sayings(), services());
    return new JsonObject().put("said", all).put("version", registry.said().version());
  }

  private Collection<Service> services() {
    return registry.answered().stream().flatMap(zone -> zone.services().stream()).toList();
  }
}
