package net.dglb.backbone.registry.api;

import com.google.protobuf.ByteString;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import net.dglb.backbone.registry.Admission;
import net.dglb.backbone.registry.Dismissal;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.Quota;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.VerifyingKey;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;
import net.dglb.service.EnterpriseZone;
import org.jspecify.annotations.Nullable;

/** The routes about enterprises and their credentials: for the operator. */
final class EnterpriseRoutes {

  private static final int TOKEN_OCTETS = 32;
  private static final int MOST = 1_000_000;

  private static final String TOKEN = "token";
  private static final String SIGNING_KEY = "signing-key";
  private static final String IDENTITY = "identity";
  private static final List<String> KINDS = List.of(TOKEN, SIGNING_KEY, IDENTITY);

  private final ZoneRegistry registry;
  private final Owners owners;
  private final RandomGenerator random;

  EnterpriseRoutes(ZoneRegistry registry, RandomGenerator random) {
    this.registry = registry;
    this.owners = new Owners(registry);
    this.random = random;
  }

  List<AdminRoute> all(ZoneRoutes routes) {
    return List.of(
        routes.route(HttpMethod.GET, "/enterprises", this::list),
        routes.route(HttpMethod.POST, "/enterprises", this::admit),
        routes.route(HttpMethod.DELETE, "/enterprises/:name", this::remove));
  }

  private CompletableFuture<AdminAnswer> list(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    RegistryState state = registry.state();
    TreeSet<String> names = new TreeSet<>(state.enterprises().keySet());
    registry.list().forEach(zone -> names.add(zone.enterprise()));
    JsonArray all = new JsonArray();
    names.forEach(name -> all.add(tree(state, name)));
    return Answers.now(AdminAnswer.ok(new JsonObject().put("enterprises", all)));
  }

  /** Without secrets. One that only has zones, by grants or approvals, has no credentials. */
  private static JsonObject tree(RegistryState state, String name) {
    EnterpriseRecord known =
        state.enterprises().getOrDefault(name, EnterpriseRecord.getDefaultInstance());
    Quota quota = state.quota(name);
    List<ZoneRecord> zones = state.zonesOf(name);
    JsonArray origins = new JsonArray();
    zones.forEach(zone -> origins.add(zone.getOrigin()));
    JsonArray keys = new JsonArray();
    known.getUpdateKeysList().forEach(key -> keys.add(key.getName()));
    return new JsonObject()
        .put("name", name)
        .put("token", !known.getTokenHash().isEmpty())
        .put("signing-key", !known.getPublicKey().isEmpty())
        .put("identity", known.getIdentity())
        .put("update-keys", keys)
        .put("zones", quota.zones())
        .put("services", quota.services())
        .put("zones-used", zones.size())
        .put(
            "services-used",
            zones.stream().mapToLong(zone -> RegistryState.last(zone).getServices()).sum())
        .put("origins", origins);
  }

  private CompletableFuture<AdminAnswer> remove(Access access, AdminRequest request)
      throws Access.DeniedException {
    String name = request.parameter("name").orElseThrow();
    owners.requireOperator(access, "remove-enterprise", name);
    boolean withZones = withZones(request);
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.dismiss(
        new Dismissal(name, withZones, access.caller()),
        outcome -> answer.complete(Answers.of(outcome, new JsonObject().put("name", name))));
    return answer;
  }

  private static boolean withZones(AdminRequest request) {
    String text = request.parameter("with-zones").orElse("false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException("with-zones: " + text + " (expected: true or false)");
    };
  }

  /** Makes an enterprise known or changes it; a new token is shown once and kept by nobody. */
  private CompletableFuture<AdminAnswer> admit(Access access, AdminRequest request)
      throws Access.DeniedException {
    JsonObject body = ZoneRoutes.body(request);
    String name = ZoneRoutes.text(body, "name");
    owners.requireOperator(access, "put-enterprise", name);
    EnterpriseZone.checkEnterprise(name);
    Set<String> revoked = revoked(body);
    if (!revoked.isEmpty() && !registry.state().enterprises().containsKey(name)) {
      return Answers.now(AdminAnswer.notFound("enterprise " + name + " is not known"));
    }
    OptionalInt zones = bounded(body, "zones");
    OptionalInt services = bounded(body, "services");
    JsonObject stored = new JsonObject().put("name", name);
    Admission.Credentials credentials = credentials(body, revoked, stored);
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.admit(
        new Admission(name, credentials, zones, services, access.caller()),
        outcome -> answer.complete(Answers.of(outcome, stored)));
    return answer;
  }

  private Admission.Credentials credentials(
      JsonObject body, Set<String> revoked, JsonObject stored) {
    return new Admission.Credentials(
        ZoneRoutes.flag(body, "new-token")
            ? Optional.of(newToken(stored))
            : taken(revoked, TOKEN, ByteString.EMPTY),
        optionalText(body, SIGNING_KEY)
            .map(EnterpriseRoutes::key)
            .or(() -> taken(revoked, SIGNING_KEY, ByteString.EMPTY)),
        optionalText(body, IDENTITY)
            .map(EnterpriseRoutes::identity)
            .or(() -> taken(revoked, IDENTITY, "")));
  }

  /** Its hash, to be stored. */
  private ByteString newToken(JsonObject shown) {
    byte[] octets = new byte[TOKEN_OCTETS];
    random.nextBytes(octets);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    shown.put("token", token);
    return Access.hash(token);
  }

  private static <T> Optional<T> taken(Set<String> revoked, String kind, T nothing) {
    return revoked.contains(kind) ? Optional.of(nothing) : Optional.empty();
  }

  /** Which kinds of credentials are taken away. */
  private static Set<String> revoked(JsonObject body) {
    Object value = body.getValue("revoke", new JsonArray());
    if (!(value instanceof JsonArray kinds) || !kinds.stream().allMatch(EnterpriseRoutes::isKind)) {
      throw new IllegalArgumentException(
          "revoke: " + value + " (expected: a list of " + KINDS + ")");
    }
    Set<String> revoked = new TreeSet<>();
    kinds.forEach(kind -> revoked.add((String) kind));
    for (String kind : revoked) {
      boolean given =
          kind.equals(TOKEN) ? ZoneRoutes.flag(body, "new-token") : body.containsKey(kind);
      if (given) {
        throw new IllegalArgumentException(
            "revoke: " + kind + " (expected: one that is not given at once)");
      }
    }
    return revoked;
  }

  private static boolean isKind(@Nullable Object kind) {
    return kind != null && KINDS.contains(kind);
  }

  private static ByteString key(String pem) {
    return ByteString.copyFrom(VerifyingKey.ofPem(pem).encoded());
  }

  private static String identity(String text) {
    if (PeerIdentity.parse(text).isEmpty()) {
      throw new IllegalArgumentException(
          "identity: " + text + " (expected: an identity such as dglb://authority/foobar)");
    }
    return text;
  }

  private static Optional<String> optionalText(JsonObject body, String key) {
    Object value = body.getValue(key);
    return switch (value) {
      case null -> Optional.empty();
      case String text when text.isEmpty() ->
          throw new IllegalArgumentException(
              key + ": empty (expected: a text; \"revoke\": [\"" + key + "\"] takes it away)");
      case String text -> Optional.of(text);
      default -> throw new IllegalArgumentException(key + ": " + value + " (expected: a text)");
    };
  }

  private static OptionalInt bounded(JsonObject body, String key) {
    OptionalLong value = ZoneRoutes.version(body, key);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.getAsLong() > MOST) {
      throw new IllegalArgumentException(
          key + ": " + value.getAsLong() + " (expected: at most " + MOST + ")");
    }
    return OptionalInt.of((int) value.getAsLong());
  }
}
