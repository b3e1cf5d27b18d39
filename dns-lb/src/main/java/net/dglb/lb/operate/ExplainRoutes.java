package net.dglb.lb.operate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import net.dglb.lb.duty.LabelName;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;

/**
 * {@code GET /explain} and {@code GET /explain/NAME}: what the labels are answered with that are
 * held here, and why; all of them, one, or those of a service.
 */
public final class ExplainRoutes {

  private final String node;
  private final Function<Predicate<LabelName>, JsonArray> explain;
  private final InstantSource clock;

  /**
   * Makes the routes.
   *
   * @param explain the selected labels
   */
  public ExplainRoutes(
      String node, Function<Predicate<LabelName>, JsonArray> explain, InstantSource clock) {
    this.node = node;
    this.explain = explain;
    this.clock = clock;
  }

  /** What a node adds to its admin API. */
  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/explain", _ -> AdminAnswer.ok(tree(explain.apply(_ -> true)))),
        AdminRoute.get("/explain/:name", this::one));
  }

  private AdminAnswer one(AdminRequest request) {
    DomainName name = DomainName.of(request.parameter("name").orElseThrow());
    JsonArray labels =
        explain.apply(label -> label.apex().equals(name) || label.service().equals(name));
    return labels.isEmpty()
        ? AdminAnswer.notFound(
            name + " is not answered here (expected: a label, or a service that has one here)")
        : AdminAnswer.ok(tree(labels));
  }

  private JsonObject tree(JsonArray labels) {
    return new JsonObject()
        .put("node", node)
        .put("at", clock.instant().toString())
        .put("labels", labels);
  }
}
