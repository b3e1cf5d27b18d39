package net.dglb.backbone.registry.api;

import static net.dglb.backbone.registry.api.Wishes.document;
import static net.dglb.backbone.registry.api.Wishes.owned;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.node.AdminAnswer;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;

/** What the audit holds of those who try what is another's. */
class RefusedAttemptsTest {

  private static final String ZONE = "lb.foobar.test";

  private final ApiCalls calls = new ApiCalls();
  private final String token = calls.enterprise("foobar");

  @Test
  void whoeverIsRefusedWhatIsAnothersLeavesATraceAndCannotFillTheAudit() {
    calls.approve(Samples.aliased(0));
    String evil = calls.enterprise("evil");
    String unproved = "shop.foobar.test";

    for (int i = 0; i < 100; i++) {
      assertThat(register(evil, owned("evil")).status()).isEqualTo(409);
      assertThat(register(evil, Samples.aliased(0)).status()).isEqualTo(403);
      JsonObject dry = document(owned("evil")).put("dry-run", true);
      calls.call(HttpMethod.POST, "/zones", dry, Optional.of(evil));
      calls.call(HttpMethod.DELETE, "/zones/" + ZONE, null, Optional.of(evil));
      calls.call(
          HttpMethod.POST,
          "/zones/" + ZONE + "/rollback",
          new JsonObject().put("version", 1),
          Optional.of(evil));
      assertThat(register(token, Samples.delegated(0)).status()).as("no take-over").isEqualTo(403);
    }
    String denied = "enterprise foobar (expected: evil, whose token it is)";
    String evils = "enterprise evil refused lb.foobar.test ";
    assertThat(refusals()).hasSize(3).noneMatch(each -> each.contains(unproved));
    assertThat(refusals().getFirst())
        .startsWith(evils + "put-zone: zone lb.foobar.test lies at, above or");
    assertThat(refusals().subList(1, 3))
        .containsExactly(evils + "remove-zone: " + denied, evils + "rollback-zone: " + denied);

    calls.timeline.advance(Duration.ofHours(1));
    assertThat(refusals().subList(3, 6))
        .containsExactlyInAnyOrder(
            evils + "put-zone: 199 more times: " + denied,
            evils + "remove-zone: 99 more times: " + denied,
            evils + "rollback-zone: 99 more times: " + denied);
  }

  @Test
  void whoeverApprovesHimselfWhatIsAnothersLeavesATrace() {
    String evil = calls.enterprise("evil");
    JsonObject wish = document(owned("evil")).put("approve", true);
    calls.call(HttpMethod.POST, "/zones", wish, Optional.of(evil));
    assertThat(refusals()).as("nobody's").isEmpty();

    calls.approve(Samples.aliased(0));
    calls.call(HttpMethod.POST, "/zones", wish.copy().put("dry-run", true), Optional.of(evil));
    assertThat(refusals()).as("only asked").isEmpty();
    assertThat(calls.call(HttpMethod.POST, "/zones", wish, Optional.of(evil)).status())
        .isEqualTo(403);
    assertThat(refusals())
        .singleElement()
        .asString()
        .startsWith("enterprise evil refused lb.foobar.test put-zone: zone lb.foobar.test lies at");
  }

  @Test
  void whoeverTouchesAnothersKeysLeavesATrace() {
    Optional<String> evil = Optional.of(calls.enterprise("evil"));
    String keys = "/enterprises/foobar/keys";
    JsonObject wish = new JsonObject().put("name", "updates.foobar.test");
    assertThat(calls.call(HttpMethod.POST, keys, wish, evil).status()).isEqualTo(403);
    assertThat(calls.call(HttpMethod.DELETE, keys + "/updates.foobar.test", null, evil).status())
        .isEqualTo(403);
    calls.call(HttpMethod.GET, keys, null, evil);
    String denied = "enterprise foobar (expected: evil, whose token it is)";
    assertThat(refusals())
        .containsExactly(
            "enterprise evil refused foobar put-key: " + denied,
            "enterprise evil refused foobar remove-key: " + denied);
  }

  @Test
  void whoeverChangesTheNetworkWithAnEnterprisesTokenLeavesATrace() {
    Optional<String> evil = Optional.of(calls.enterprise("evil"));
    JsonObject member = new JsonObject().put("id", "b9").put("endpoint", "192.0.2.9:8854");
    JsonObject saying =
        new JsonObject().put("pattern", "*/paris").put("state", "down").put("why", "mine");
    assertThat(calls.call(HttpMethod.POST, "/registry/members", member, evil).status())
        .isEqualTo(403);
    assertThat(calls.call(HttpMethod.DELETE, "/registry/members/b1", null, evil).status())
        .isEqualTo(403);
    assertThat(calls.call(HttpMethod.POST, "/sites/said", saying, evil).status()).isEqualTo(403);
    calls.call(HttpMethod.GET, "/registry/members", null, evil);
    calls.call(HttpMethod.GET, "/sites/said", null, evil);
    calls.call(HttpMethod.GET, "/audit", null, evil);
    String denied = "a token of an enterprise (expected: the operator)";
    assertThat(refusals())
        .containsExactly(
            "enterprise evil refused b9 add-voter: " + denied,
            "enterprise evil refused b1 remove-voter: " + denied,
            "enterprise evil refused */paris say-sites: " + denied);
  }

  private List<String> refusals() {
    return calls
        .call(HttpMethod.GET, "/audit", null, Optional.empty())
        .body()
        .getJsonArray("records")
        .stream()
        .map(each -> ApiCalls.auditLine((JsonObject) each))
        .filter(line -> line.contains(" refused "))
        .toList();
  }

  private AdminAnswer register(String shown, EnterpriseZone zone) {
    return calls.call(HttpMethod.POST, "/zones", document(zone), Optional.of(shown));
  }
}
