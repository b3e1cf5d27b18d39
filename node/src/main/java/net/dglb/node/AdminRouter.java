package net.dglb.node;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.dglb.identity.IdentityException;
import net.dglb.identity.PeerIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the admin API and what holds for all of them. */
final class AdminRouter {

  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int MAX_BODY_OCTETS = 1 << 20;

  /** How long the control thread may take for an answer before the node counts as stuck. */
  private static final long ANSWER_WITHIN_MILLIS = 5_000;

  private final Vertx vertx;
  private final boolean plain;
  private final Executor control;

  AdminRouter(Vertx vertx, AdminSettings settings, Executor control) {
    this.vertx = vertx;
    this.plain = settings.identity().isEmpty();
    this.control = control;
  }

  Router router(Node node, Metrics metrics, List<AdminRoute> routes) {
    Router router = Router.router(vertx);
    router.route().handler(this::admit);
    router
        .get("/status")
        .handler(call -> onControl(call, () -> AdminAnswer.ok(node.status().toJson())));
    router.get("/healthz").handler(call -> onControl(call, () -> AdminAnswer.ok(state("healthy"))));
    router.get("/readyz").handler(call -> send(call, readiness(node)));
    router
        .get("/metrics")
        .handler(call ->
            call.response()
                .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                .end(metrics.scrape()));
    for (AdminRoute route : routes) {
      add(router, route);
    }
    router.errorHandler(404, call -> send(call, AdminAnswer.notFound("no such path")));
    return router;
  }

  private void add(Router router, AdminRoute route) {
    var added = router.route(route.method(), route.path());
    if (!route.method().equals(HttpMethod.GET)) {
      added.handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_OCTETS));
    }
    added.handler(call -> {
      try {
        AdminRequest request = request(call);
        onControl(call, () -> route.answer().apply(request));
      } catch (DecodeException e) {
        send(call, AdminAnswer.refused("body (expected: a JSON object)"));
      }
    });
  }

  /** A browser sends the page's host name: a page that resolves to loopback is refused here. */
  private void admit(RoutingContext call) {
    HostAndPort authority = call.request().authority();
    if (plain && (authority == null || !LoopbackHost.is(authority.host()))) {
      send(call, AdminAnswer.problem(403, "host (expected: a loopback address or localhost)"));
    } else {
      call.next();
    }
  }

  private static AdminAnswer readiness(Node node) {
    return node.ready() ? AdminAnswer.ok(state("ready")) : new AdminAnswer(503, state("not ready"));
  }

  private static JsonObject state(String word) {
    return new JsonObject().put("state", word);
  }

  /** Answers from the control thread; 503 if that does not come to it in time. */
  private void onControl(RoutingContext call, Supplier<AdminAnswer> answer) {
    var context = vertx.getOrCreateContext();
    AtomicBoolean answered = new AtomicBoolean();
    long timer =
        vertx.setTimer(
            ANSWER_WITHIN_MILLIS,
            id -> {
              if (answered.compareAndSet(false, true)) {
                send(call, AdminAnswer.problem(503, "the control thread does not answer"));
              }
            });
    control.execute(() -> {
      AdminAnswer computed = compute(call, answer);
      context.runOnContext(nothing -> {
        vertx.cancelTimer(timer);
        if (answered.compareAndSet(false, true)) {
          send(call, computed);
        }
      });
    });
  }

  private static AdminAnswer compute(RoutingContext call, Supplier<AdminAnswer> answer) {
    try {
      return answer.get();
    } catch (IllegalArgumentException e) {
      return AdminAnswer.refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("admin call {} {} failed", call.request().method(), call.request().path(), e);
      return AdminAnswer.problem(500, "failed; the node's log says why");
    }
  }

  private static AdminRequest request(RoutingContext call) {
    Map<String, String> parameters = new HashMap<>();
    call.queryParams().forEach(each -> parameters.putIfAbsent(each.getKey(), each.getValue()));
    parameters.putAll(call.pathParams());
    Optional<JsonObject> body =
        Optional.ofNullable(call.body())
            .map(sent -> sent.buffer())
            .filter(sent -> sent.length() > 0)
            .map(JsonObject::new);
    return new AdminRequest(parameters, body, caller(call.request()));
  }

  private static String caller(HttpServerRequest request) {
    String remote = String.valueOf(request.remoteAddress());
    if (!request.isSSL()) {
      return remote;
    }
    try {
      var chain = request.connection().peerCertificates();
      return PeerIdentity.of((X509Certificate) chain.getFirst()).toString();
    } catch (SSLPeerUnverifiedException | IdentityException e) {
      return remote;
    }
  }

  private static void send(RoutingContext call, AdminAnswer answer) {
    if (!call.response().ended() && !call.response().closed()) {
      call.response()
          .setStatusCode(answer.status())
          .putHeader("content-type", "application/json")
          .end(Buffer.buffer(answer.body().encodePrettily() + "\n"));
    }
  }
}
