package net.dglb.lb.operate;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.dglb.decision.said.SitePattern;
import net.dglb.explain.SayingTree;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.service.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin API's view of what is said of sites: {@code GET /sites/said} lists it, with what the
 * backbone says; {@code POST /sites/said} with {@code pattern}, {@code state} (up, down, drain, or
 * probed to take it back), {@code who} and {@code why} changes it. {@code POST /sites/failback}
 * with {@code service}, {@code who} and {@code why} has the best site of a service take over again.
 */
public final class SiteRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(SiteRoutes.class);

  private final OperatorsWord word;
  private final Supplier<Collection<Service>> services;
  private final Supplier<Set<String>> operators;
  private final Predicate<DomainName> failback;

  /**
   * Makes the routes.
   *
   * @param services those whose sites are shown as matched
   * @param operators who may say something from elsewhere than loopback
   * @param failback has the best site of a service take over; says whether it is answered here
   */
  public SiteRoutes(
      OperatorsWord word,
      Supplier<Collection<Service>> services,
      Supplier<Set<String>> operators,
      Predicate<DomainName> failback) {
    this.failback = failback;
    this.word = word;
    this.services = services;
    this.operators = operators;
  }

  /** What a node adds to its admin API. */
  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/sites/said", _ -> AdminAnswer.ok(list())),
        AdminRoute.post("/sites/said", this::say),
        AdminRoute.post("/sites/failback", this::failBack));
  }

  private static AdminAnswer noOperator(AdminRequest request) {
    return AdminAnswer.problem(
        403, request.caller() + " is no operator (expected: one of node.operators)");
  }

  private static JsonObject body(AdminRequest request) {
    return request.body().orElseThrow(() -> new IllegalArgumentException("no body"));
  }

  private static String named(JsonObject body, AdminRequest request) {
    String who = body.containsKey("who") ? text(body, "who") : "somebody";
    return who + " (" + request.caller() + ")";
  }

  private AdminAnswer failBack(AdminRequest request) {
    if (!request.isOperator(operators.get())) {
      return noOperator(request);
    }
    JsonObject body = body(request);
    DomainName service = DomainName.of(text(body, "service"));
    String why = text(body, "why");
    if (!failback.test(service)) {
      return AdminAnswer.notFound(service + " is not answered here");
    }
    LOG.info("{} fails back, by {}: {}", service, named(body, request), why);
    return AdminAnswer.ok(new JsonObject().put("service", service.toString()));
  }

  private AdminAnswer say(AdminRequest request) {
    if (!request.isOperator(operators.get())) {
      return noOperator(request);
    }
    JsonObject body = body(request);
    String pattern = text(body, "pattern");
    String state = text(body, "state");
    String named = named(body, request);
    if (!state.equals("probed")) {
      word.here().say(pattern, state, named, text(body, "why"));
    } else if (!word.here().takeBack(pattern, named, text(body, "why"))) {
      return AdminAnswer.notFound("nothing is said with the pattern " + SitePattern.parse(pattern));
    }
    return AdminAnswer.ok(
        list().put("matched", SayingTree.matched(SitePattern.parse(pattern), services.get())));
  }

  private static String text(JsonObject body, String key) {
    if (body.getValue(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(key + ": missing (expected a text)");
  }

  private JsonObject list() {
    return new JsonObject()
        .put("said", SayingTree.of(word.here().current(), services.get()))
        .put("network", SayingTree.of(word.network().current(), services.get()))
        .put("network-version", word.network().version());
  }
}
