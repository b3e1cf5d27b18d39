package net.dglb.backbone.registry.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import net.dglb.backbone.registry.Removal;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.config.ConfigException;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;

/** The routes about zones. All run on the control thread. */
final class ZoneRoutes {

  private final ZoneRegistry registry;
  private final ForeignDocuments documents;
  private final Owners owners;
  private final RegisterCall register;
  private final RecordsToAdd records;
  private final BareDomains bare;
  private final Supplier<Set<String>> operators;
  private final DelegationChecks delegations;
  private final Executor control;

  ZoneRoutes(
      ZoneRegistry registry,
      ForeignDocuments documents,
      RegisterCall register,
      RecordsToAdd records,
      BareDomains bare,
      Supplier<Set<String>> operators,
      DelegationChecks delegations,
      Executor control) {
    this.registry = registry;
    this.documents = documents;
    this.owners = new Owners(registry);
    this.register = register;
    this.records = records;
    this.bare = bare;
    this.operators = operators;
    this.delegations = delegations;
    this.control = control;
  }

  /** What answers a call of somebody known. */
  interface Work {
    CompletableFuture<AdminAnswer> answer(Access access, AdminRequest request)
        throws Access.DeniedException, MalformedMessageException;
  }

  List<AdminRoute> all() {
    return List.of(
        route(HttpMethod.GET, "/zones", this::list),
        route(HttpMethod.POST, "/zones", this::register),
        route(HttpMethod.GET, "/zones/:origin", this::show),
        route(HttpMethod.DELETE, "/zones/:origin", this::remove),
        route(HttpMethod.GET, "/zones/:origin/history", this::history),
        route(HttpMethod.POST, "/zones/:origin/rollback", this::rollback));
  }

  AdminRoute route(HttpMethod method, String path, Work work) {
    return new AdminRoute(
        method,
        path,
        request -> {
          try {
            return work.answer(Access.of(request, registry.state(), operators.get()), request);
          } catch (Access.DeniedException e) {
            return Answers.now(Answers.denied(e));
          } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
          }
        });
  }

  private CompletableFuture<AdminAnswer> list(Access access, AdminRequest request) {
    JsonArray zones = new JsonArray();
    registry.list().stream()
        .filter(zone -> isShown(zone, access))
        .forEach(zone -> zones.add(ZoneTrees.brief(zone)));
    JsonArray leaving = new JsonArray();
    registry.leaving().stream()
        .filter(it -> isShown(it.zone(), access))
        .forEach(it -> leaving.add(ZoneTrees.leaving(it)));
    return Answers.now(
        AdminAnswer.ok(new JsonObject().put("zones", zones).put("leaving", leaving)));
  }

  private static boolean isShown(EnterpriseZone zone, Access access) {
    return access.enterprise().map(zone.enterprise()::equals).orElse(true);
  }

  private CompletableFuture<AdminAnswer> show(Access access, AdminRequest request)
      throws Access.DeniedException {
    DomainName origin = origin(request);
    Optional<EnterpriseZone> zone = registry.get(origin);
    if (zone.isEmpty()) {
      return Answers.now(unknown(origin));
    }
    access.require(zone.get().enterprise());
    JsonObject tree = ZoneTrees.brief(zone.get());
    registry.state().served(origin).ifPresent(record -> tree.mergeIn(ZoneTrees.owner(record)));
    tree.put("document", RegistrationDocument.render(zone.get()));
    return delegations
        .check(zone.get())
        .thenCombineAsync(
            bare.of(zone.get()),
            (found, apexes) ->
                AdminAnswer.ok(
                    tree.put("records", new JsonArray(records.of(zone.get(), apexes)))
                        .put("delegation", DelegationChecks.tree(found))),
            control);
  }

  private CompletableFuture<AdminAnswer> history(Access access, AdminRequest request)
      throws Access.DeniedException {
    DomainName origin = origin(request);
    ZoneRecord record = registry.state().zones().get(origin);
    if (record == null) {
      return Answers.now(unknown(origin));
    }
    access.require(record.getEnterprise());
    return Answers.now(AdminAnswer.ok(ZoneTrees.history(record)));
  }

  private CompletableFuture<AdminAnswer> register(Access access, AdminRequest request) {
    JsonObject body = body(request);
    String document = text(body, "document");
    OptionalLong base = version(body, "base");
    boolean dryRun = flag(body, "dry-run");
    boolean approve = flag(body, "approve");
    return documents
        .read(access.enterprise(), document)
        .thenComposeAsync(
            zone -> registered(access, new RegisterCall.Wish(zone, base, dryRun, approve, "")),
            control)
        .exceptionallyCompose(failure -> {
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          return switch (cause) {
            case ConfigException e -> Answers.now(Answers.invalid(e));
            case ForeignDocuments.BusyException e -> Answers.now(Answers.busy(e));
            case null, default -> CompletableFuture.failedFuture(failure);
          };
        });
  }

  private CompletableFuture<AdminAnswer> registered(Access access, RegisterCall.Wish wish) {
    try {
      return register.answer(access, wish);
    } catch (Access.DeniedException e) {
      return Answers.now(Answers.denied(e));
    }
  }

  private CompletableFuture<AdminAnswer> rollback(Access access, AdminRequest request)
      throws Access.DeniedException, MalformedMessageException {
    DomainName origin = origin(request);
    JsonObject body = body(request);
    long wanted = version(body, "version").orElseThrow(() -> missing("version", "a number"));
    ZoneRecord record = registry.state().zones().get(origin);
    if (record == null) {
      return Answers.now(unknown(origin));
    }
    owners.require(access, record.getEnterprise(), "rollback-zone", origin.toString());
    Optional<ZoneVersion> found =
        record.getHistoryList().stream()
            .filter(version -> version.getVersion() == wanted)
            .findFirst();
    if (found.isEmpty()) {
      return Answers.now(
          AdminAnswer.notFound(
              "zone "
                  + origin
                  + " version "
                  + wanted
                  + " (kept: "
                  + record.getHistoryList().stream().map(ZoneVersion::getVersion).toList()
                  + ")"));
    }
    long served = RegistryState.isServed(record) ? RegistryState.last(record).getVersion() : 0;
    OptionalLong base = version(body, "base");
    return register.answer(
        access,
        new RegisterCall.Wish(
            ZoneRegistry.model(found.get()),
            base.isPresent() ? base : OptionalLong.of(served),
            flag(body, "dry-run"),
            flag(body, "approve"),
            "rolled back to version " + wanted));
  }

  private CompletableFuture<AdminAnswer> remove(Access access, AdminRequest request)
      throws Access.DeniedException {
    DomainName origin = origin(request);
    Optional<ZoneRecord> record = registry.state().served(origin);
    if (record.isEmpty()) {
      return Answers.now(unknown(origin));
    }
    owners.require(access, record.get().getEnterprise(), "remove-zone", origin.toString());
    OptionalLong base = number(request, "base");
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.remove(
        new Removal(origin, access.caller(), base, access.enterprise().isPresent()),
        outcome -> answer.complete(Answers.of(outcome, removed(origin))));
    return answer;
  }

  private JsonObject removed(DomainName origin) {
    JsonObject tree = new JsonObject().put("origin", origin.toString());
    ZoneRecord record = registry.state().zones().get(origin);
    return record == null ? tree : tree.mergeIn(ZoneTrees.removal(record));
  }

  private static AdminAnswer unknown(DomainName origin) {
    return AdminAnswer.notFound("zone " + origin + " is not registered");
  }

  private static DomainName origin(AdminRequest request) {
    return DomainName.of(request.parameter("origin").orElseThrow());
  }

  static JsonObject body(AdminRequest request) {
    return request.body().orElseThrow(() -> missing("body", "a JSON object"));
  }

  static String text(JsonObject body, String key) {
    Object value = body.getValue(key);
    if (value instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw missing(key, "a text");
  }

  /** A parameter that is a whole number from 0. */
  static OptionalLong number(AdminRequest request, String name) {
    Optional<String> text = request.parameter(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.get().matches("\\d{1,18}")) {
      throw new IllegalArgumentException(
          name + ": " + text.get() + " (expected: a whole number from 0)");
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  static OptionalLong version(JsonObject body, String key) {
    Object value = body.getValue(key);
    return switch (value) {
      case null -> OptionalLong.empty();
      case Integer number when number >= 0 -> OptionalLong.of(number);
      case Long number when number >= 0 -> OptionalLong.of(number);
      default ->
          throw new IllegalArgumentException(
              key + ": " + value + " (expected: a whole number from 0)");
    };
  }

  static boolean flag(JsonObject body, String key) {
    Object value = body.getValue(key);
    return switch (value) {
      case null -> false;
      case Boolean flag -> flag;
      default ->
          throw new IllegalArgumentException(key + ": " + value + " (expected: true or false)");
    };
  }

  static IllegalArgumentException missing(String key, String expected) {
    return new IllegalArgumentException(key + ": missing (expected: " + expected + ")");
  }
}
