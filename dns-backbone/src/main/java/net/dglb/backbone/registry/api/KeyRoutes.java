package net.dglb.backbone.registry.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import net.dglb.backbone.registry.KeyWish;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.backbone.registry.wire.UpdateKey;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;

/** The routes about an enterprise's keys for dynamic updates. All run on the control thread. */
final class KeyRoutes {

  private final ZoneRegistry registry;
  private final Owners owners;
  private final Function<TsigKey, UpdateKey> seal;

  KeyRoutes(ZoneRegistry registry, Function<TsigKey, UpdateKey> seal) {
    this.registry = registry;
    this.owners = new Owners(registry);
    this.seal = seal;
  }

  List<AdminRoute> all(ZoneRoutes routes) {
    String keys = "/enterprises/:name/keys";
    return List.of(
        routes.route(HttpMethod.GET, keys, this::list),
        routes.route(HttpMethod.POST, keys, this::make),
        routes.route(HttpMethod.DELETE, keys + "/:key", this::remove));
  }

  private CompletableFuture<AdminAnswer> list(Access access, AdminRequest request)
      throws Access.DeniedException {
    String enterprise = enterprise(request);
    access.require(enterprise);
    EnterpriseRecord record = registry.state().enterprises().get(enterprise);
    JsonArray keys = new JsonArray();
    if (record != null) {
      record
          .getUpdateKeysList()
          .forEach(key ->
              keys.add(
                  new JsonObject()
                      .put("name", key.getName())
                      .put("algorithm", key.getAlgorithm())));
    }
    return Answers.now(AdminAnswer.ok(new JsonObject().put("keys", keys)));
  }

  /** Makes a key, or another secret for it; the secret is shown once. */
  private CompletableFuture<AdminAnswer> make(Access access, AdminRequest request)
      throws Access.DeniedException {
    String enterprise = enterprise(request);
    owners.require(access, enterprise, "put-key", enterprise);
    JsonObject body = ZoneRoutes.body(request);
    String word = body.getString("algorithm", TsigAlgorithm.HMAC_SHA256.word());
    TsigAlgorithm algorithm =
        TsigAlgorithm.ofWord(word)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "algorithm: " + word + " (expected: hmac-sha256, hmac-sha384 or hmac-sha512)"));
    TsigKey key = TsigKey.random(DomainName.of(ZoneRoutes.text(body, "name")), algorithm);
    JsonObject made =
        new JsonObject()
            .put("name", key.name().toString())
            .put("algorithm", algorithm.word())
            .put("file", key.text());
    return store(new KeyWish(enterprise, seal.apply(key), false, access.caller()), made);
  }

  private CompletableFuture<AdminAnswer> remove(Access access, AdminRequest request)
      throws Access.DeniedException {
    String enterprise = enterprise(request);
    owners.require(access, enterprise, "remove-key", enterprise);
    String name = DomainName.of(request.parameter("key").orElseThrow()).toString();
    UpdateKey key = UpdateKey.newBuilder().setName(name).build();
    return store(
        new KeyWish(enterprise, key, true, access.caller()), new JsonObject().put("name", name));
  }

  private CompletableFuture<AdminAnswer> store(KeyWish wish, JsonObject told) {
    CompletableFuture<AdminAnswer> answer = new CompletableFuture<>();
    registry.key(wish, outcome -> answer.complete(Answers.of(outcome, told)));
    return answer;
  }

  private static String enterprise(AdminRequest request) {
    return request.parameter("name").orElseThrow();
  }
}
