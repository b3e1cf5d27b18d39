package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.backbone.registry.wire.AuditRecord;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator sees of enterprises, and takes away. */
class EnterprisesTest {

  private final ApiCalls calls = new ApiCalls();
  private String token = "";

  @BeforeEach
  void anEnterpriseWithAZone() {
    token = calls.enterprise("foobar");
    calls.approve(Samples.aliased(0));
  }

  @Test
  void whatEachHasIsListedWithoutSecrets() {
    approve(
        """
        registration {
          version = 1, enterprise = granted, zone = lb.granted.test, form = aliased
          services { "www.lb.granted.test" { check { kind = tcp, port = 80 }
            sites { rome { addresses = ["192.0.2.1"] } } } }
        }
        """);
    calls.call(
        HttpMethod.POST,
        "/enterprises/foobar/keys",
        new JsonObject().put("name", "updates.foobar.test"),
        Optional.empty());
    put(new JsonObject().put("zones", 7).put("identity", "dglb://authority/foobar"));

    assertThat(list())
        .containsExactly(
            new JsonObject()
                .put("name", "foobar")
                .put("token", true)
                .put("signing-key", false)
                .put("identity", "dglb://authority/foobar")
                .put("update-keys", new JsonArray().add("updates.foobar.test"))
                .put("zones", 7)
                .put("services", 20_000)
                .put("zones-used", 1)
                .put("services-used", (long) Samples.aliased(0).services().size())
                .put("origins", new JsonArray().add("lb.foobar.test")),
            new JsonObject()
                .put("name", "granted")
                .put("token", false)
                .put("signing-key", false)
                .put("identity", "")
                .put("update-keys", new JsonArray())
                .put("zones", 100)
                .put("services", 20_000)
                .put("zones-used", 1)
                .put("services-used", 1L)
                .put("origins", new JsonArray().add("lb.granted.test")));
  }

  @Test
  void aTokenThatWasRevokedOpensNothing() {
    assertThat(zones(token).status()).isEqualTo(200);
    put(new JsonObject().put("revoke", new JsonArray().add("token")));
    assertThat(zones(token).status()).isEqualTo(401);
    assertThat(list().getFirst().getBoolean("token")).isFalse();
    assertThat(calls.registry.list()).as("its zones stay").hasSize(1);
  }

  @Test
  void oneKindIsRevokedAndTheOthersStay() {
    put(new JsonObject().put("identity", "dglb://authority/foobar"));
    put(new JsonObject().put("revoke", new JsonArray().add("identity").add("signing-key")));
    assertThat(list().getFirst().getString("identity")).isEmpty();
    assertThat(zones(token).status()).isEqualTo(200);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(put("foobar", new JsonObject().put("revoke", new JsonArray().add("all"))))
        .isEqualTo(
            AdminAnswer.refused(
                "revoke: [\"all\"] (expected: a list of [token, signing-key, identity])"));
    assertThat(put("foobar", new JsonObject().put("revoke", "token")).status()).isEqualTo(400);
    assertThat(put("foobar", new JsonObject().put("revoke", new JsonArray().addNull())).status())
        .isEqualTo(400);
    JsonObject both =
        new JsonObject().put("revoke", new JsonArray().add("token")).put("new-token", true);
    assertThat(put("foobar", both))
        .isEqualTo(AdminAnswer.refused("revoke: token (expected: one that is not given at once)"));
    for (String kind : List.of("identity", "signing-key")) {
      assertThat(put("foobar", new JsonObject().put(kind, "")))
          .as("credentials are taken away in one way")
          .isEqualTo(
              AdminAnswer.refused(
                  kind
                      + ": empty (expected: a text; \"revoke\": [\""
                      + kind
                      + "\"] takes it away)"));
    }
    assertThat(put("fobar", new JsonObject().put("revoke", new JsonArray().add("token"))).status())
        .as("a name that is mistyped makes no enterprise")
        .isEqualTo(404);
  }

  @Test
  void oneWithZonesIsNotRemovedUnlessTheyAreToGoToo() {
    AdminAnswer refused = remove("foobar", Map.of());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().getString("type")).isEqualTo("urn:dglb:problem:in-use");
    assertThat(refused.body().getString("detail"))
        .isEqualTo("enterprise foobar has the zone lb.foobar.test (remove it first, or with it)");
    assertThat(zones(token).status()).isEqualTo(200);

    assertThat(remove("foobar", Map.of("with-zones", "true")).status()).isEqualTo(200);
    assertThat(list()).isEmpty();
    assertThat(zones(token).status()).isEqualTo(401);
    assertThat(calls.registry.list()).isEmpty();
    assertThat(calls.registry.leaving()).as("answered while resolvers hold it").hasSize(1);
    AdminAnswer rival =
        calls.call(
            HttpMethod.POST,
            "/zones",
            Wishes.document(Wishes.owned("rival")),
            Optional.of(calls.enterprise("rival")));
    assertThat(rival.body().getString("type")).isEqualTo("urn:dglb:problem:quarantined");
  }

  @Test
  void removalsAreInTheAudit() {
    remove("foobar", Map.of("with-zones", "true"));
    assertThat(calls.registry.state().audit().records())
        .extracting(record -> record.getAction() + " " + record.getSubject())
        .endsWith("remove-zone lb.foobar.test", "remove-enterprise foobar");
  }

  @Test
  void anIdentityIsOneEnterprisesAlone() {
    JsonObject wish = new JsonObject().put("identity", "dglb://authority/foobar");
    put(wish);
    put(wish);
    AdminAnswer taken = put("rival", wish);
    assertThat(taken.status()).isEqualTo(400);
    assertThat(taken.body().getString("detail"))
        .isEqualTo(
            "identity: dglb://authority/foobar (expected: one that is no other enterprise's)");
  }

  @Test
  void anEnterpriseRemovesNobody() {
    AdminRequest request =
        new AdminRequest(
            Map.of(), Optional.empty(), "127.0.0.1:1", Optional.empty(), Optional.of(token));
    assertThat(calls.answer(HttpMethod.DELETE, "/enterprises/foobar", request).status())
        .isEqualTo(403);
    assertThat(calls.registry.state().audit().records().getLast())
        .returns("enterprise foobar", AuditRecord::getActor)
        .returns("refused", AuditRecord::getAction)
        .returns("foobar", AuditRecord::getSubject)
        .returns(
            "remove-enterprise: a token of an enterprise (expected: the operator)",
            AuditRecord::getOutcome);
    assertThat(remove("nobody", Map.of()).status()).isEqualTo(404);
  }

  private void approve(String document) {
    JsonObject wish = new JsonObject().put("document", document).put("approve", true);
    assertThat(calls.call(HttpMethod.POST, "/zones", wish, Optional.empty()).status())
        .isEqualTo(200);
  }

  private List<JsonObject> list() {
    return calls
        .call(HttpMethod.GET, "/enterprises", null, Optional.empty())
        .body()
        .getJsonArray("enterprises")
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private void put(JsonObject wish) {
    AdminAnswer answer = put("foobar", wish);
    assertThat(answer.status()).as(answer.body().encode()).isEqualTo(200);
  }

  private AdminAnswer put(String name, JsonObject wish) {
    return calls.call(
        HttpMethod.POST, "/enterprises", wish.copy().put("name", name), Optional.empty());
  }

  private AdminAnswer remove(String name, Map<String, String> parameters) {
    AdminRequest request =
        new AdminRequest(
            parameters, Optional.empty(), "127.0.0.1:1", Optional.empty(), Optional.empty());
    return calls.answer(HttpMethod.DELETE, "/enterprises/" + name, request);
  }

  private AdminAnswer zones(String shown) {
    AdminRequest request =
        new AdminRequest(
            Map.of(), Optional.empty(), "127.0.0.1:1", Optional.empty(), Optional.of(shown));
    return calls.answer(HttpMethod.GET, "/zones", request);
  }
}
