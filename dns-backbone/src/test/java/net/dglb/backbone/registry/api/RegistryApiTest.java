package net.dglb.backbone.registry.api;

import static net.dglb.backbone.registry.api.Wishes.document;
import static net.dglb.backbone.registry.api.Wishes.owned;
import static net.dglb.backbone.registry.api.Wishes.served;
import static net.dglb.backbone.registry.api.Wishes.withoutTokyo;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.audit.AuditLine;
import net.dglb.backbone.Samples;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.RegistrationDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryApiTest {

  private static final String ZONE = "lb.foobar.test";

  private final ApiCalls calls = new ApiCalls();
  private String token = "";

  @BeforeEach
  void anEnterprise() {
    token = calls.enterprise("foobar");
  }

  @Test
  void anEnterpriseProvesItsZoneWithATxtRecordAndThenRegistersIt() {
    AdminAnswer asked = register(token, Samples.aliased(0));
    assertThat(asked.status()).isEqualTo(403);
    assertThat(asked.body().getString("type")).isEqualTo("urn:dglb:problem:unproved");
    JsonObject challenge = asked.body().getJsonObject("challenge");
    assertThat(challenge.getString("name")).isEqualTo("_dglb-challenge.lb.foobar.test");
    assertThat(asked.body().getString("detail"))
        .contains("publish " + challenge.getString("record"))
        .contains("found: no TXT record");
    assertThat(calls.log.size()).as("a claim costs no entry in the log").isEqualTo(1);

    calls.published.put(
        DomainName.of(challenge.getString("name")), List.of("x", challenge.getString("text")));
    AdminAnswer stored = register(token, Samples.aliased(0));
    assertThat(stored.status()).isEqualTo(200);
    assertThat(stored.body().getLong("version")).isEqualTo(1);
    assertThat(stored.body().getJsonArray("records"))
        .containsExactly(
            "lb.foobar.test. 86400 IN NS b1.dglb.test.",
            "lb.foobar.test. 86400 IN NS b2.dglb.test.");
    assertThat(calls.registry.list()).containsExactly(served(1));
  }

  @Test
  void anotherEnterprisesChallengeProvesNothing() {
    String mine = text(register(token, Samples.aliased(0)));
    calls.published.put(DomainName.of("_dglb-challenge." + ZONE), List.of(mine));
    String evil = calls.enterprise("evil");

    AdminAnswer refused = register(evil, owned("evil"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().getString("detail")).contains("found: " + mine);
    assertThat(text(refused)).isNotEqualTo(mine);
  }

  @Test
  void ofTwoThatCanProveAZoneOneHasItAndTheOtherIsTold() {
    String rival = calls.enterprise("rival");
    calls.published.put(
        DomainName.of("_dglb-challenge." + ZONE),
        List.of(text(register(token, Samples.aliased(0))), text(register(rival, owned("rival")))));

    assertThat(register(rival, owned("rival")).status()).isEqualTo(200);
    AdminAnswer late = register(token, Samples.aliased(0));

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body().getString("type")).isEqualTo("urn:dglb:problem:owned");
    assertThat(calls.registry.list()).extracting(EnterpriseZone::enterprise).containsOnly("rival");
    for (String near : List.of("foobar.test", "deep.lb.foobar.test")) {
      EnterpriseZone zone = Samples.aliased(0);
      String document =
          RegistrationDocument.render(zone).replace("lb.foobar.test", near).replace(".cdn.", ".c.");
      AdminAnswer refused =
          calls.call(
              HttpMethod.POST,
              "/zones",
              new JsonObject().put("document", document).put("approve", true),
              Optional.empty());
      assertThat(refused.status()).as(near + ": " + refused.body()).isEqualTo(409);
    }
  }

  @Test
  void theOperatorApprovesAndAnEnterpriseCannot() {
    JsonObject wish = document(Samples.aliased(0)).put("approve", true);
    AdminAnswer refused = calls.call(HttpMethod.POST, "/zones", wish, Optional.of(token));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().getString("detail")).contains("expected: the operator");

    assertThat(calls.call(HttpMethod.POST, "/zones", wish, Optional.empty()).status())
        .isEqualTo(200);
    JsonObject shown =
        calls.call(HttpMethod.GET, "/zones/" + ZONE, null, Optional.of(token)).body();
    assertThat(shown.getString("proof")).isEqualTo("operator");
    assertThat(shown.getString("changed-by")).isEqualTo("operator");
  }

  @Test
  void aTokenTouchesOnlyItsOwnEnterprisesZones() {
    calls.approve(Samples.aliased(0));
    String evil = calls.enterprise("evil");

    for (AdminAnswer answer :
        List.of(
            register(evil, Samples.aliased(0)),
            calls.call(HttpMethod.GET, "/zones/" + ZONE, null, Optional.of(evil)),
            calls.call(HttpMethod.GET, "/zones/" + ZONE + "/history", null, Optional.of(evil)),
            calls.call(HttpMethod.DELETE, "/zones/" + ZONE, null, Optional.of(evil)),
            calls.call(HttpMethod.GET, "/audit", null, Optional.of(evil)),
            calls.call(HttpMethod.GET, "/enterprises", null, Optional.of(evil)))) {
      assertThat(answer.status()).as(answer.body().encode()).isEqualTo(403);
    }
    assertThat(calls.call(HttpMethod.GET, "/zones", null, Optional.of(evil)).body())
        .isEqualTo(new JsonObject().put("zones", new JsonArray()).put("leaving", new JsonArray()));
    AdminAnswer stranger = calls.call(HttpMethod.GET, "/zones", null, Optional.of("guessed"));
    assertThat(stranger.status()).isEqualTo(401);
  }

  @Test
  void fromElsewhereOnlyCertificatesOfOperatorsAct() {
    AdminRequest other =
        ApiCalls.request(null, Optional.of(new PeerIdentity(NodeRole.LOAD_BALANCER, "x")));
    assertThat(calls.answer(HttpMethod.GET, "/zones", other).body().getString("detail"))
        .isEqualTo(
            "dglb://lb/x is no operator (expected: one of node.operators, an enterprise's"
                + " certificate, or a token)");
    AdminRequest operator =
        ApiCalls.request(null, Optional.of(new PeerIdentity(NodeRole.BACKBONE, "b9")));
    assertThat(calls.answer(HttpMethod.GET, "/zones", operator).status()).isEqualTo(200);
  }

  @Test
  void aChangeToAVersionThatIsNotServedAnyMoreIsRefused() {
    calls.approve(Samples.aliased(0));
    JsonObject wish = document(withoutTokyo()).put("base", 1);
    assertThat(calls.call(HttpMethod.POST, "/zones", wish, Optional.of(token)).status())
        .isEqualTo(200);

    JsonObject late = document(Samples.aliased(0)).put("base", 1);
    AdminAnswer refused = calls.call(HttpMethod.POST, "/zones", late, Optional.of(token));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().getString("type")).isEqualTo("urn:dglb:problem:other-version");
    assertThat(refused.body().getLong("version")).isEqualTo(2);
  }

  @Test
  void aRollbackMakesAnEarlierVersionTheNextOne() {
    calls.approve(Samples.aliased(0));
    assertThat(register(token, withoutTokyo()).body().getLong("version")).isEqualTo(2);

    JsonObject back = new JsonObject().put("version", 1);
    String path = "/zones/" + ZONE + "/rollback";
    AdminAnswer rolled = calls.call(HttpMethod.POST, path, back, Optional.of(token));
    assertThat(rolled.body().getLong("version")).isEqualTo(3);
    assertThat(calls.registry.list()).containsExactly(served(3));
    JsonArray versions =
        calls
            .call(HttpMethod.GET, "/zones/" + ZONE + "/history", null, Optional.of(token))
            .body()
            .getJsonArray("versions");
    assertThat(versions.getJsonObject(2).getString("note")).isEqualTo("rolled back to version 1");

    AdminAnswer none =
        calls.call(HttpMethod.POST, path, new JsonObject().put("version", 9), Optional.of(token));
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.body().getString("detail"))
        .isEqualTo("zone lb.foobar.test version 9 (kept: [1, 2, 3])");
  }

  @Test
  void aRemovedZoneIsGoneAndInQuarantine() {
    calls.approve(Samples.aliased(0));
    AdminAnswer removed = calls.call(HttpMethod.DELETE, "/zones/" + ZONE, null, Optional.of(token));
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.body().getString("answered-until")).startsWith("2026-11-21T");
    assertThat(calls.registry.list()).isEmpty();
    String evil = calls.enterprise("evil");
    assertThat(leaving(token)).contains("\"name\":\"" + ZONE + "\"").contains("2026-11-21T");
    assertThat(leaving(evil)).as("for its owner's eyes only").isEqualTo("[]");
    AdminAnswer taken = register(evil, owned("evil"));
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.body().getString("type")).isEqualTo("urn:dglb:problem:quarantined");
    assertThat(taken.body().getString("detail")).contains("until 2026-12-20T");
    assertThat(calls.call(HttpMethod.DELETE, "/zones/" + ZONE, null, Optional.of(token)).status())
        .isEqualTo(404);
  }

  @Test
  void whoRemovedItsZoneComesBackWithItsTokenAlone() {
    calls.approve(Samples.aliased(0));
    calls.call(HttpMethod.DELETE, "/zones/" + ZONE, null, Optional.of(token));
    assertThat(register(token, Samples.aliased(0)).body().getLong("version")).isEqualTo(2);

    calls.call(HttpMethod.DELETE, "/zones/" + ZONE, null, Optional.empty());
    AdminAnswer again = register(token, Samples.aliased(0));
    assertThat(again.status()).as("the operator took it away").isEqualTo(403);
    assertThat(text(again)).startsWith("dglb=");
  }

  @Test
  void theQuarantineEndsForItsFormerOwnerToo() {
    calls.approve(Samples.aliased(0));
    calls.call(HttpMethod.DELETE, "/zones/" + ZONE, null, Optional.of(token));
    calls.timeline.advance(Duration.ofDays(30));
    assertThat(register(token, Samples.aliased(0)).body().getString("type"))
        .isEqualTo("urn:dglb:problem:unproved");
  }

  private String leaving(String as) {
    return calls
        .call(HttpMethod.GET, "/zones", null, Optional.of(as))
        .body()
        .getJsonArray("leaving")
        .encode();
  }

  @Test
  void withoutAMajorityAChangeIsNotConfirmedAndReadsGoOn() {
    calls.approve(Samples.aliased(0));
    calls.log.away = true;

    AdminAnswer refused = register(token, withoutTokyo());
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body().getString("type")).isEqualTo("urn:dglb:problem:not-confirmed");
    assertThat(calls.call(HttpMethod.GET, "/zones/" + ZONE, null, Optional.of(token)).status())
        .isEqualTo(200);
  }

  @Test
  void everyProblemOfADocumentIsNamedAndForeignTextsReadNothingHere() {
    AdminAnswer bad =
        calls.call(
            HttpMethod.POST,
            "/zones",
            new JsonObject().put("document", "registration {\n version = 1\n zonne = x\n}"),
            Optional.of(token));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.body().getString("detail"))
        .contains("document:3: registration.zonne: unknown key (nearest: zone)")
        .contains("registration.enterprise: missing");
    assertThat(bad.body().getJsonArray("problems").size()).isGreaterThan(3);

    for (String text :
        List.of("include \"/etc/passwd\"", "include file(\"/etc/passwd\")", "a = ${HOME}")) {
      AdminAnswer refused =
          calls.call(
              HttpMethod.POST,
              "/zones",
              new JsonObject().put("document", text),
              Optional.of(token));
      assertThat(refused.body().getString("detail"))
          .as(text)
          .matches("(?s).*(without includes|plain values).*")
          .doesNotContain("root:");
    }
  }

  @Test
  void wrongValuesAreNamed() {
    for (String[] each :
        new String[][] {
          {"{}", "document: missing (expected: a text)"},
          {"{\"document\": 1}", "document: missing (expected: a text)"},
        }) {
      AdminAnswer refused =
          calls.call(HttpMethod.POST, "/zones", new JsonObject(each[0]), Optional.of(token));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body().getString("detail")).isEqualTo(each[1]);
    }
    JsonObject wish = document(Samples.aliased(0)).put("base", "one");
    assertThat(
            calls
                .call(HttpMethod.POST, "/zones", wish, Optional.of(token))
                .body()
                .getString("detail"))
        .isEqualTo("base: one (expected: a whole number from 0)");
    assertThat(
            calls
                .call(
                    HttpMethod.POST,
                    "/enterprises",
                    new JsonObject().put("name", "No Name"),
                    Optional.empty())
                .body()
                .getString("detail"))
        .startsWith("enterprise: \"No Name\" (expected 1 to 63 lower-case letters");
  }

  @Test
  void theAuditTellsWhoDidWhatAndNeverATokenAndItsChainHolds() {
    calls.approve(Samples.aliased(0));
    register(token, withoutTokyo());

    JsonObject audit = calls.call(HttpMethod.GET, "/audit", null, Optional.empty()).body();
    assertThat(audit.getLong("first-broken")).isZero();
    assertThat(
            audit.getJsonArray("records").stream()
                .map(each -> ApiCalls.auditLine((JsonObject) each)))
        .containsExactly(
            "operator put-enterprise foobar: new token stored: version 0",
            "operator put-zone lb.foobar.test stored: version 1",
            "enterprise foobar put-zone lb.foobar.test stored: version 2");
    String before = AuditLine.FIRST;
    for (Object each : audit.getJsonArray("records")) {
      JsonObject record = (JsonObject) each;
      AuditLine line =
          new AuditLine(
              before,
              record.getLong("number"),
              record.getString("at"),
              record.getString("actor"),
              record.getString("source"),
              record.getString("action"),
              record.getString("subject"),
              record.getString("outcome"));
      assertThat(record.getString("hash")).isEqualTo(line.hash());
      before = line.hash();
    }
    assertThat(audit.getString("last-hash")).isEqualTo(before);
    assertThat(audit.encode()).doesNotContain(token);
    assertThat(calls.registry.state().toWire().toStringUtf8()).doesNotContain(token);
  }

  private static String text(AdminAnswer answer) {
    return answer.body().getJsonObject("challenge").getString("text");
  }

  private AdminAnswer register(String shown, EnterpriseZone zone) {
    return calls.call(HttpMethod.POST, "/zones", document(zone), Optional.of(shown));
  }
}
