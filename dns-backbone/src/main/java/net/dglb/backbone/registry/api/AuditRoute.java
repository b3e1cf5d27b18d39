package net.dglb.backbone.registry.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.time.Timeline;

/**
 * {@code GET /audit[?after=NUMBER][&wait=SECONDS]}: the records, for the operator. With {@code
 * wait}, an answer without a record comes once there is one, or after that time: whoever asks again
 * and again follows the audit without delay. All on the control thread.
 */
final class AuditRoute {

  private static final int PAGE = 500;
  private static final int LONGEST_SECONDS = 30;
  private static final int WAITING_AT_ONCE = 64;

  private record Waiting(long after, CompletableFuture<AdminAnswer> answer) {}

  private final ZoneRegistry registry;
  private final Timeline control;
  private final List<Waiting> waiting = new ArrayList<>();

  AuditRoute(ZoneRegistry registry, Timeline control) {
    this.registry = registry;
    this.control = control;
    registry.onApplied(this::look);
  }

  AdminRoute route(ZoneRoutes routes) {
    return routes.route(HttpMethod.GET, "/audit", this::audit);
  }

  private CompletableFuture<AdminAnswer> audit(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    long after = ZoneRoutes.number(request, "after").orElse(0);
    long wait = ZoneRoutes.number(request, "wait").orElse(0);
    if (wait > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          "wait: " + wait + " (expected: at most " + LONGEST_SECONDS + " seconds)");
    }
    JsonObject now = records(after);
    if (wait == 0 || hasRecords(now) || waiting.size() == WAITING_AT_ONCE) {
      return Answers.now(AdminAnswer.ok(now));
    }
    Waiting one = new Waiting(after, new CompletableFuture<>());
    waiting.add(one);
    control.after(Duration.ofSeconds(wait), () -> end(one));
    return one.answer();
  }

  private void look() {
    for (Waiting one : List.copyOf(waiting)) {
      JsonObject found = records(one.after());
      if (hasRecords(found)) {
        waiting.remove(one);
        one.answer().complete(AdminAnswer.ok(found));
      }
    }
  }

  private void end(Waiting one) {
    if (waiting.remove(one)) {
      one.answer().complete(AdminAnswer.ok(records(one.after())));
    }
  }

  private JsonObject records(long after) {
    return ZoneTrees.audit(registry.state(), after, PAGE);
  }

  private static boolean hasRecords(JsonObject tree) {
    return !tree.getJsonArray("records").isEmpty();
  }
}
