package net.dglb.backbone.registry.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dglb.backbone.registry.VoterWish;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.log.LogStatus;
import net.dglb.identity.NodeId;
import net.dglb.net.Endpoint;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;

/** The routes about the nodes that decide on registrations: for the operator. */
final class VoterRoutes {

  private final ZoneRegistry registry;
  private final Owners owners;

  VoterRoutes(ZoneRegistry registry) {
    this.registry = registry;
    this.owners = new Owners(registry);
  }

  List<AdminRoute> all(ZoneRoutes routes) {
    return List.of(
        routes.route(HttpMethod.GET, "/registry/members", this::list),
        routes.route(HttpMethod.POST, "/registry/members", this::add),
        routes.route(HttpMethod.DELETE, "/registry/members/:id", this::remove));
  }

  private CompletableFuture<AdminAnswer> list(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    return Answers.now(AdminAnswer.ok(members()));
  }

  private JsonObject members() {
    LogStatus log = registry.log();
    JsonArray members = new JsonArray();
    for (LogStatus.Voter voter : log.voters()) {
      members.add(
          new JsonObject()
              .put("id", voter.id())
              .put("endpoint", voter.address())
              .put("leader", voter.id().equals(log.leader()))
              .put("confirmed", voter.confirmed()));
    }
    return new JsonObject().put("members", members).put("problem", log.problem());
  }

  private CompletableFuture<AdminAnswer> add(Access access, AdminRequest request)
      throws Access.DeniedException {
    JsonObject body = ZoneRoutes.body(request);
    String id = NodeId.check(ZoneRoutes.text(body, "id"));
    owners.requireOperator(access, "add-voter", id);
    Endpoint endpoint = Endpoint.parse(ZoneRoutes.text(body, "endpoint"));
    return change(new VoterWish(id, Optional.of(endpoint), access.caller()));
  }

  private CompletableFuture<AdminAnswer> remove(Access access, AdminRequest request)
      throws Access.DeniedException {
    String id = NodeId.check(request.parameter("id").orElseThrow());
    owners.requireOperator(access, "remove-voter", id);
    return change(new VoterWish(id, Optional.empty(), access.caller()));
  }

  private CompletableFuture<AdminAnswer> change(VoterWish wish) {
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.change(wish, outcome -> answer.complete(answer(outcome)));
    return answer;
  }

  private AdminAnswer answer(ZoneRegistry.Outcome outcome) {
    return outcome instanceof ZoneRegistry.Outcome.Stored
        ? AdminAnswer.ok(members())
        : Answers.of(outcome, new JsonObject());
  }
}
