package net.dglb.backbone.registry.api;

import com.google.protobuf.ByteString;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import net.dglb.backbone.registry.Admission;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.state.Quota;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.identity.PeerIdentity;
import net.dglb.identity.VerifyingKey;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;

/** The routes about enterprises and their credentials: for the operator. */
final class EnterpriseRoutes {

  private static final int TOKEN_OCTETS = 32;
  private static final int MOST = 1_000_000;

  private final ZoneRegistry registry;
  private final RandomGenerator random;

  EnterpriseRoutes(ZoneRegistry registry, RandomGenerator random) {
    this.registry = registry;
    this.random = random;
  }

  List<AdminRoute> all(ZoneRoutes routes) {
    return List.of(
        routes.route(HttpMethod.GET, "/enterprises", this::list),
        routes.route(HttpMethod.POST, "/enterprises", this::admit));
  }

  private CompletableFuture<AdminAnswer> list(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    JsonArray all = new JsonArray();
    registry
        .state()
        .enterprises()
        .values()
        .forEach(each ->
            all.add(
                new JsonObject()
                    .put("name", each.getName())
                    .put("token", !each.getTokenHash().isEmpty())
                    .put("signing-key", !each.getPublicKey().isEmpty())
                    .put("identity", each.getIdentity())
                    .put("zones", each.getMaxZones())
                    .put("services", each.getMaxServices())));
    return Answers.now(AdminAnswer.ok(new JsonObject().put("enterprises", all)));
  }

  /** Makes an enterprise known or changes it; a new token is shown once and kept by nobody. */
  private CompletableFuture<AdminAnswer> admit(Access access, AdminRequest request)
      throws Access.DeniedException {
    access.requireOperator();
    JsonObject body = ZoneRoutes.body(request);
    String name = ZoneRoutes.text(body, "name");
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected: 1 to 63 lower-case letters, digits and '-')");
    }
    Quota present = registry.state().quota(name);
    Quota quota =
        new Quota(
            bounded(body, "zones", present.zones()), bounded(body, "services", present.services()));
    JsonObject stored = new JsonObject().put("name", name);
    Admission.Credentials credentials = credentials(name, body, stored);
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.admit(
        new Admission(name, credentials, quota, access.caller()),
        outcome -> answer.complete(Answers.of(outcome, stored)));
    return answer;
  }

  /** What is not mentioned stays as it is. */
  private Admission.Credentials credentials(String name, JsonObject body, JsonObject stored) {
    EnterpriseRecord known =
        registry.state().enterprises().getOrDefault(name, EnterpriseRecord.getDefaultInstance());
    ByteString hash = known.getTokenHash();
    if (ZoneRoutes.flag(body, "new-token")) {
      byte[] octets = new byte[TOKEN_OCTETS];
      random.nextBytes(octets);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
      stored.put("token", token);
      hash = Access.hash(token);
    }
    return new Admission.Credentials(
        hash,
        optionalText(body, "signing-key").map(EnterpriseRoutes::key).orElse(known.getPublicKey()),
        optionalText(body, "identity")
            .map(text -> identity(name, text))
            .orElse(known.getIdentity()));
  }

  private static ByteString key(String pem) {
    return pem.isEmpty()
        ? ByteString.EMPTY
        : ByteString.copyFrom(VerifyingKey.ofPem(pem).encoded());
  }

  private String identity(String name, String text) {
    if (text.isEmpty()) {
      return text;
    }
    if (PeerIdentity.parse(text).isEmpty()) {
      throw new IllegalArgumentException(
          "identity: " + text + " (expected: an identity such as dglb://authority/foobar)");
    }
    boolean taken =
        registry.state().enterprises().values().stream()
            .anyMatch(other -> !other.getName().equals(name) && other.getIdentity().equals(text));
    if (taken) {
      throw new IllegalArgumentException(
          "identity: " + text + " (expected: one that is no other enterprise's)");
    }
    return text;
  }

  private static Optional<String> optionalText(JsonObject body, String key) {
    Object value = body.getValue(key);
    return switch (value) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      default -> throw new IllegalArgumentException(key + ": " + value + " (expected: a text)");
    };
  }

  private static int bounded(JsonObject body, String key, int otherwise) {
    long value = ZoneRoutes.version(body, key).orElse(otherwise);
    if (value > MOST) {
      throw new IllegalArgumentException(key + ": " + value + " (expected: at most " + MOST + ")");
    }
    return (int) value;
  }
}
