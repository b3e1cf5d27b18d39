package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.keys.KeySeal;
import net.dglb.backbone.map.MapKeys;
import net.dglb.backbone.refer.TouchedPrefixes;
import net.dglb.backbone.registry.ImmediateLog;
import net.dglb.backbone.registry.LoggedZoneRegistry;
import net.dglb.backbone.registry.RegistryTables;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.update.EnterpriseKeys;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.VirtualTimeline;
import org.jspecify.annotations.Nullable;

/** The routes without a server: calls from a test to a registry on a log without disk. */
final class ApiCalls {

  /** A zone in aliased form with one service. */
  static final String DOCUMENT =
      """
      registration {
        version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
        services { "www.lb.foobar.test" {
          aliases = ["www.foobar.test"]
          check { kind = tcp, port = 80 }
          sites { rome { addresses = ["192.0.2.1"] } }
        } }
      }
      """;

  final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-11-20T00:00:00Z"));
  private final RegistryTables tables = new RegistryTables();
  final ImmediateLog log = new ImmediateLog(tables);
  final ZoneRegistry registry =
      new LoggedZoneRegistry(
          log,
          tables,
          new HashMap<>(),
          DomainName.of("dglb.test"),
          () -> Duration.ofDays(30),
          Runnable::run,
          timeline);
  final Map<DomainName, List<String>> published = new HashMap<>();
  final ScriptedDns dns = new ScriptedDns();

  /** Where challenges are looked up: what is published, unless a test says otherwise. */
  TxtLookup txt =
      name -> CompletableFuture.completedFuture(published.getOrDefault(name, List.of()));

  /** What a parent is to hold of the keys of a signed zone. */
  List<DelegationSigner> signers = List.of();

  /** How often touched prefixes were reckoned. */
  int reckoned;

  /** What runs the work that takes long. */
  Executor worker = Runnable::run;

  final DelegationChecks delegations =
      new DelegationChecks(
          registry,
          dns,
          () ->
              Map.of(
                  DomainName.of("b1.dglb.test"),
                  Set.of(AddressLiteral.parse("192.0.2.53")),
                  DomainName.of("b2.dglb.test"),
                  Set.of(AddressLiteral.parse("192.0.2.54"))),
          _ -> signers,
          timeline);
  final RegistryApi api =
      new RegistryApi(
          registry,
          MapKeys.only(new SecretKeySpec(new byte[32], "HmacSHA256")),
          name -> txt.texts(name),
          () -> List.of(DomainName.of("b1.dglb.test"), DomainName.of("b2.dglb.test")),
          _ -> List.of(),
          _ -> {
            reckoned++;
            return new TouchedPrefixes(7, 5, 3, false);
          },
          delegations,
          () -> Set.of("dglb://backbone/b9"),
          new EnterpriseKeys(
                  registry::state,
                  new KeySeal(MapKeys.only(new SecretKeySpec(new byte[32], "HmacSHA256"))))
              ::sealed,
          dns,
          task -> worker.execute(task),
          timeline);

  AdminAnswer call(
      HttpMethod method, String path, @Nullable JsonObject body, Optional<String> shown) {
    return answer(method, path, tokenRequest(body, shown));
  }

  private static AdminRequest tokenRequest(@Nullable JsonObject body, Optional<String> shown) {
    AdminRequest plain = request(body, Optional.empty());
    return new AdminRequest(plain.parameters(), plain.body(), plain.remote(), plain.peer(), shown);
  }

  String enterprise(String name) {
    JsonObject wish = new JsonObject().put("name", name).put("new-token", true);
    return call(HttpMethod.POST, "/enterprises", wish, Optional.empty()).body().getString("token");
  }

  void approve(EnterpriseZone zone) {
    JsonObject wish = Wishes.document(zone).put("approve", true);
    assertThat(call(HttpMethod.POST, "/zones", wish, Optional.empty()).status()).isEqualTo(200);
  }

  static AdminRequest request(@Nullable JsonObject body, Optional<PeerIdentity> peer) {
    return new AdminRequest(
        Map.of(), Optional.ofNullable(body), "127.0.0.1:40000", peer, Optional.empty());
  }

  /** Begins a call of the operator and does not wait for the answer. */
  CompletableFuture<AdminAnswer> start(HttpMethod method, String path, JsonObject body) {
    return start(method, path, body, Optional.empty());
  }

  /** The same of somebody who shows a token. */
  CompletableFuture<AdminAnswer> start(
      HttpMethod method, String path, JsonObject body, Optional<String> shown) {
    CompletableFuture<AdminAnswer> answer = begun(method, path, tokenRequest(body, shown));
    timeline.runDue();
    return answer;
  }

  AdminAnswer answer(HttpMethod method, String path, AdminRequest request) {
    CompletableFuture<AdminAnswer> answer;
    try {
      answer = begun(method, path, request);
    } catch (IllegalArgumentException e) {
      return AdminAnswer.refused(String.valueOf(e.getMessage()));
    }
    timeline.runDue();
    assertThat(answer).isCompleted();
    return answer.join();
  }

  private CompletableFuture<AdminAnswer> begun(
      HttpMethod method, String path, AdminRequest request) {
    for (AdminRoute route : api.routes()) {
      Matcher matcher =
          Pattern.compile(route.path().replaceAll(":(\\w+)", "(?<$1>[^/]+)")).matcher(path);
      if (route.method().equals(method) && matcher.matches()) {
        Map<String, String> parameters = new HashMap<>(request.parameters());
        matcher.namedGroups().forEach((name, group) -> parameters.put(name, matcher.group(group)));
        return route
            .answer()
            .apply(
                new AdminRequest(
                    parameters, request.body(), request.remote(), request.peer(), request.token()));
      }
    }
    throw new AssertionError("no route " + method + " " + path);
  }

  /** Who did what to which with what outcome, of a record of the audit. */
  static String auditLine(JsonObject record) {
    return String.join(
        " ",
        record.getString("actor"),
        record.getString("action"),
        record.getString("subject"),
        record.getString("outcome"));
  }
}
