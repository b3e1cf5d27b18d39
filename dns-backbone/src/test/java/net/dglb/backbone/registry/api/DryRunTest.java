package net.dglb.backbone.registry.api;

import static net.dglb.backbone.registry.api.Wishes.document;
import static net.dglb.backbone.registry.api.Wishes.owned;
import static net.dglb.backbone.registry.api.Wishes.served;
import static net.dglb.backbone.registry.api.Wishes.withoutTokyo;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.node.AdminAnswer;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DryRunTest {

  private final ApiCalls calls = new ApiCalls();
  private String token = "";

  @BeforeEach
  void anEnterprise() {
    token = calls.enterprise("foobar");
  }

  @Test
  void aDryRunSaysWhatWouldChangeForHowManyPrefixesAndChangesNothing() {
    calls.approve(Samples.aliased(0));
    EnterpriseZone changed = withoutTokyo();

    JsonObject dry =
        calls
            .call(
                HttpMethod.POST,
                "/zones",
                document(changed).put("dry-run", true),
                Optional.of(token))
            .body();

    assertThat(dry.getLong("base")).isEqualTo(1);
    assertThat(dry.getInteger("resolver-prefixes")).isEqualTo(7);
    assertThat(dry.getInteger("computed-prefixes")).isEqualTo(5);
    assertThat(dry.getInteger("located-prefixes")).isEqualTo(3);
    assertThat(dry.getBoolean("exact")).isFalse();
    assertThat(dry.getJsonArray("changes").stream().map(String::valueOf))
        .contains("service www.lb.foobar.test changes")
        .anyMatch(line -> line.startsWith("- sites.\"tokyo\".addresses = "))
        .noneMatch(line -> line.contains("london"));
    assertThat(calls.registry.list()).containsExactly(served(1));
  }

  @Test
  void aDryRunOfAnotherEnterprisesZoneIsRefusedAsItsRegistrationAndShowsNothingOfIt() {
    calls.approve(Samples.aliased(0));
    String evil = calls.enterprise("evil");
    JsonObject wish = document(owned("evil")).put("base", 77);
    int logged = calls.log.size();

    for (Optional<String> caller : List.of(Optional.of(evil), Optional.<String>empty())) {
      AdminAnswer dry =
          calls.call(HttpMethod.POST, "/zones", wish.copy().put("dry-run", true), caller);

      assertThat(dry.status()).isEqualTo(409);
      assertThat(dry.body().getString("type")).isEqualTo("urn:dglb:problem:owned");
      assertThat(dry.body().fieldNames()).containsOnly("type", "title", "status", "detail");
      assertThat(dry).isEqualTo(calls.call(HttpMethod.POST, "/zones", wish, caller));
    }
    JsonObject approved = wish.copy().put("approve", true);
    assertThat(dryRun(evil, approved).status()).isEqualTo(403);
    AdminAnswer approvedDry =
        calls.call(
            HttpMethod.POST, "/zones", approved.copy().put("dry-run", true), Optional.empty());
    assertThat(approvedDry.body().getString("type")).isEqualTo("urn:dglb:problem:owned");
    assertThat(calls.log.size())
        .as("the two registrations leave a trace in the audit, the dry runs none")
        .isEqualTo(logged + 2);
  }

  @Test
  void aDryRunOfAZoneInQuarantineIsRefusedAsItsRegistration() {
    calls.approve(Samples.aliased(0));
    calls.call(HttpMethod.DELETE, "/zones/lb.foobar.test", null, Optional.of(token));
    String evil = calls.enterprise("evil");
    JsonObject wish = document(owned("evil"));

    AdminAnswer dry = dryRun(evil, wish);

    assertThat(dry.status()).isEqualTo(409);
    assertThat(dry.body().getString("type")).isEqualTo("urn:dglb:problem:quarantined");
    assertThat(dry).isEqualTo(calls.call(HttpMethod.POST, "/zones", wish, Optional.of(evil)));
  }

  @Test
  void aDryRunOfAChangeToAnotherVersionIsRefusedAsItsRegistration() {
    calls.approve(Samples.aliased(0));
    JsonObject wish = document(withoutTokyo()).put("base", 77);

    AdminAnswer dry = dryRun(token, wish);

    assertThat(dry.status()).isEqualTo(409);
    assertThat(dry.body().getString("type")).isEqualTo("urn:dglb:problem:other-version");
    assertThat(dry.body().getLong("version")).isEqualTo(1);
    assertThat(dry).isEqualTo(calls.call(HttpMethod.POST, "/zones", wish, Optional.of(token)));
    assertThat(dryRun(token, wish.put("base", 1)).status()).isEqualTo(200);
  }

  @Test
  void aDryRunPastAQuotaIsRefusedAsItsRegistration() {
    JsonObject small = new JsonObject().put("name", "foobar").put("services", 1);
    calls.call(HttpMethod.POST, "/enterprises", small, Optional.empty());
    JsonObject wish = document(Samples.aliased(0));

    AdminAnswer dry = dryRun(token, wish);

    assertThat(dry.status()).isEqualTo(403);
    assertThat(dry.body().getString("type")).isEqualTo("urn:dglb:problem:quota");
    assertThat(dry.body().getString("detail"))
        .contains("expected at most 100 zones and 1 services");
    assertThat(dry)
        .isEqualTo(
            calls.call(HttpMethod.POST, "/zones", wish.put("approve", true), Optional.empty()));
  }

  @Test
  void aDryRunOfAZoneThatNobodyHasNeedsNoProof() {
    AdminAnswer dry = dryRun(token, document(Samples.aliased(0)).put("base", 0));

    assertThat(dry.status()).isEqualTo(200);
    assertThat(dry.body().getLong("base")).isZero();
    assertThat(calls.registry.list()).isEmpty();
  }

  private AdminAnswer dryRun(String shown, JsonObject wish) {
    JsonObject dry = wish.copy().put("dry-run", true);
    return calls.call(HttpMethod.POST, "/zones", dry, Optional.of(shown));
  }
}
