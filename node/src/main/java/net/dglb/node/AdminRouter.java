package net.dglb.node;

import io.vertx.core.Vertx;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import net.dglb.identity.IdentityException;
import net.dglb.identity.PeerIdentity;

/** The routes of the admin API and what holds for all of them. */
final class AdminRouter {

  private static final String BEARER = "Bearer ";
  private static final int MAX_BODY_OCTETS = 4 << 20;
  private static final Set<String> PROBES = Set.of("/healthz", "/readyz");

  /** How long the control thread may take for an answer before the node counts as stuck. */
  private static final long ANSWER_WITHIN_MILLIS = 5_000;

  private final Vertx vertx;
  private final boolean plain;
  private final Executor control;
  private final AdminConnections connections;
  private final AdminResponses responses;
  private final CallBudget budget;
  private final int callsPerSecond;

  AdminRouter(
      Vertx vertx,
      AdminSettings settings,
      Executor control,
      AdminConnections connections,
      AdminResponses responses) {
    this.responses = responses;
    this.vertx = vertx;
    this.connections = connections;
    this.plain = settings.identity().isEmpty();
    this.control = control;
    this.callsPerSecond = settings.callsPerSecond();
    this.budget = new CallBudget(settings.callsPerSecond(), System::nanoTime);
  }

  Router router(Node node, Metrics metrics, List<AdminRoute> routes) {
    Router router = Router.router(vertx);
    router.route().handler(this::noteItsEnd);
    router.route().handler(this::admit);
    router.route().handler(this::bound);
    router
        .get("/status")
        .handler(call ->
            onControl(call, () -> now(AdminAnswer.ok(node.status().toJson())), responses::send));
    router
        .get("/healthz")
        .handler(call ->
            onControl(
                call, () -> now(AdminAnswer.ok(state("healthy"))), AdminResponses::sendAtOnce));
    router.get("/readyz").handler(call -> sendReadiness(call, node.readiness().unmet()));
    router
        .get("/metrics")
        .handler(call ->
            responses.send(call, "text/plain; version=0.0.4; charset=utf-8", metrics::scrape));
    for (AdminRoute route : routes) {
      add(router, route);
    }
    router.errorHandler(
        404, call -> AdminResponses.sendAtOnce(call, AdminAnswer.notFound("no such path")));
    router.errorHandler(
        405,
        call ->
            AdminResponses.sendAtOnce(
                call, AdminAnswer.problem(405, "no such method at this path")));
    router.errorHandler(413, AdminRouter::tooLarge);
    return router;
  }

  private void add(Router router, AdminRoute route) {
    if (!route.method().equals(HttpMethod.GET)) {
      // in a route of its own: a body of another media type must not even be read
      router.route(route.method(), route.path()).handler(AdminRouter::requireJson);
    }
    var added = router.route(route.method(), route.path());
    if (!route.method().equals(HttpMethod.GET)) {
      added.handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_OCTETS));
    }
    added.handler(call -> {
      try {
        AdminRequest request = request(call);
        onControl(call, () -> route.answer().apply(request), responses::send);
      } catch (DecodeException e) {
        AdminResponses.sendAtOnce(call, AdminAnswer.refused("body (expected: a JSON object)"));
      }
    });
  }

  private void noteItsEnd(RoutingContext call) {
    call.addEndHandler(_ -> connections.done(call.request().connection()));
    call.next();
  }

  /** A page of another site cannot make a browser send this media type without asking first. */
  private static void requireJson(RoutingContext call) {
    String type = call.request().getHeader("content-type");
    boolean json = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    if (json || call.request().method().equals(HttpMethod.DELETE)) {
      call.next();
    } else {
      AdminResponses.sendAtOnce(
          call, AdminAnswer.problem(415, "content-type (expected: application/json)"));
    }
  }

  /** A browser sends the page's host name: a page that resolves to loopback is refused here. */
  private void admit(RoutingContext call) {
    HostAndPort authority = call.request().authority();
    if (plain && (authority == null || !LoopbackHost.is(authority.host()))) {
      AdminResponses.sendAtOnce(
          call, AdminAnswer.problem(403, "host (expected: a loopback address or localhost)"));
    } else {
      call.next();
    }
  }

  /** Others are answered while one caller asks too much; what watches the node always is. */
  private void bound(RoutingContext call) {
    long wait = PROBES.contains(call.request().path()) ? 0 : budget.take(caller(call.request()));
    if (wait == 0) {
      call.next();
      return;
    }
    call.response().putHeader("retry-after", Long.toString(wait));
    AdminResponses.sendAtOnce(
        call,
        AdminAnswer.problem(
            429,
            "too many calls of %s (expected: at most %d per second, node.admin-calls-per-second)"
                .formatted(caller(call.request()), callsPerSecond)));
  }

  private static String caller(HttpServerRequest request) {
    return peer(request)
        .map(PeerIdentity::toString)
        .orElseGet(() -> request.remoteAddress().hostAddress());
  }

  /**
   * What is left of the body is read and thrown away: a closed connection might lose the answer.
   */
  private static void tooLarge(RoutingContext call) {
    if (!call.request().isEnded()) {
      call.request().handler(octets -> {}).resume();
    }
    AdminResponses.sendAtOnce(
        call,
        AdminAnswer.problem(
            413, "body: too large (expected: at most " + MAX_BODY_OCTETS + " octets)"));
  }

  /** As JSON, or as text for whoever accepts only that. */
  private static void sendReadiness(RoutingContext call, List<Readiness.Unmet> unmet) {
    int status = unmet.isEmpty() ? 200 : 503;
    String accepted = call.request().getHeader("accept");
    if (accepted != null && accepted.startsWith("text/plain")) {
      call.response()
          .setStatusCode(status)
          .putHeader("content-type", "text/plain; charset=utf-8")
          .end(Readiness.toText(unmet));
    } else {
      AdminResponses.sendAtOnce(call, new AdminAnswer(status, Readiness.toJson(unmet)));
    }
  }

  private static JsonObject state(String word) {
    return new JsonObject().put("state", word);
  }

  private static CompletableFuture<AdminAnswer> now(AdminAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /** Answers from the control thread; 503 if that does not come to it in time. */
  private void onControl(
      RoutingContext call,
      Supplier<CompletableFuture<AdminAnswer>> answer,
      BiConsumer<RoutingContext, AdminAnswer> send) {
    var context = vertx.getOrCreateContext();
    AtomicBoolean answered = new AtomicBoolean();
    long timer =
        vertx.setTimer(
            ANSWER_WITHIN_MILLIS,
            id -> {
              if (answered.compareAndSet(false, true)) {
                AdminResponses.sendAtOnce(
                    call, AdminAnswer.problem(503, "the control thread does not answer"));
              }
            });
    control.execute(() -> {
      CompletableFuture<AdminAnswer> computing = compute(call, answer);
      vertx.cancelTimer(timer);
      var _ =
          computing
              .exceptionally(failure -> failed(call, failure))
              .thenAccept(computed ->
                  context.runOnContext(nothing -> {
                    if (answered.compareAndSet(false, true)) {
                      send.accept(call, computed);
                    }
                  }));
    });
  }

  private static CompletableFuture<AdminAnswer> compute(
      RoutingContext call, Supplier<CompletableFuture<AdminAnswer>> answer) {
    try {
      return answer.get();
    } catch (RuntimeException e) {
      return now(failed(call, e));
    }
  }

  private static AdminAnswer failed(RoutingContext call, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof IllegalArgumentException) {
      return AdminAnswer.refused(String.valueOf(cause.getMessage()));
    }
    return AdminResponses.failed(call, cause);
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
    HttpServerRequest request = call.request();
    return new AdminRequest(
        parameters, body, String.valueOf(request.remoteAddress()), peer(request), token(request));
  }

  private static Optional<String> token(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("authorization"))
        .filter(field -> field.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(field -> field.substring(BEARER.length()).strip());
  }

  private static Optional<PeerIdentity> peer(HttpServerRequest request) {
    if (!request.isSSL()) {
      return Optional.empty();
    }
    try {
      var chain = request.connection().peerCertificates();
      return Optional.of(PeerIdentity.of((X509Certificate) chain.getFirst()));
    } catch (SSLPeerUnverifiedException | IdentityException e) {
      return Optional.empty();
    }
  }
}
