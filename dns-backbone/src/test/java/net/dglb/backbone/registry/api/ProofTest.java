package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import net.dglb.node.AdminAnswer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** A zone's challenge is looked up where it is published. */
class ProofTest {

  private static final String NAME = "_dglb-challenge.lb.foobar.test.";
  private static final String DOMAIN = "_dglb-challenge.lb.foobar.test";

  private final ApiCalls calls = new ApiCalls();

  @BeforeEach
  void aZoneWithANameServer() {
    calls.txt = new DnsTxtLookup(calls.dns);
    calls.dns.resolves(
        "foobar.test. SOA ns.foobar.test. root.foobar.test. 1 2 3 4 3600",
        "foobar.test. NS ns.foobar.test.",
        "ns.foobar.test. A 192.0.2.200");
  }

  @Test
  void whatIsPublishedAfterTheFirstCallProvesAlthoughResolversStillSayThereIsNone() {
    String text = unproved("found: no TXT record");
    calls.dns.parentSays(NAME + " TXT " + text);
    assertThat(register().status()).isEqualTo(200);
  }

  @Test
  void anotherTextAtTheNameServersProvesNothing() {
    calls.dns.parentSays(NAME + " TXT dglb=0000");
    unproved("found: dglb=0000");
  }

  @Test
  void resolversAreAskedIfTheNameServersDoNotAnswer() {
    calls.dns.serversAway = true;
    String text = unproved("found: no TXT record");
    calls.dns.resolves(NAME + " TXT " + text);
    assertThat(register().status()).isEqualTo(200);
  }

  @Test
  void whatIsSaidWithoutAuthorityProvesNothing() {
    calls.dns.referring = true;
    calls.dns.parentSays(NAME + " TXT " + unproved("found: no TXT record"));
    unproved("found: no TXT record");
  }

  @Test
  void resolversFollowAnAliasOfTheChallenge() {
    String text = unproved("found: no TXT record");
    calls.dns.parentSays(NAME + " CNAME proof.elsewhere.test.");
    calls.dns.resolves(NAME + " TXT " + text);
    assertThat(register().status()).isEqualTo(200);
  }

  /** The zone that the name is in has the say, not the one where its alias leads. */
  @Test
  void aZoneWhoseNameIsAnAliasIsProvedAtTheServersOfItsOwnZoneAlone() {
    calls.dns.resolves(
        "lb.foobar.test. CNAME elsewhere.test.",
        "elsewhere.test. SOA ns.elsewhere.test. root.elsewhere.test. 1 2 3 4 5",
        "elsewhere.test. NS ns.elsewhere.test.",
        "ns.elsewhere.test. A 192.0.2.66");
    calls.dns.parentSays(NAME + " TXT " + unproved("found: no TXT record"));
    calls.dns.onlyAt = "192.0.2.66";
    unproved("found: no TXT record");
    calls.dns.onlyAt = "192.0.2.200";
    assertThat(register().status()).isEqualTo(200);
  }

  @Test
  void theZoneIsFoundWhereSomethingOnTheWayStripsTheSoaRecordFromEmptyAnswers() {
    calls.dns.stripping = true;
    calls.dns.parentSays(NAME + " TXT " + unproved("found: no TXT record"));
    assertThat(register().status()).isEqualTo(200);
  }

  @Test
  void resolversThatFailAreNotTakenForAMissingRecord() {
    calls.dns.rcode = Rcode.SERVFAIL;
    calls.dns.serversAway = true;
    unproved("the look-up failed: the resolvers answer SERVFAIL for TXT of " + DOMAIN);
  }

  @Test
  void thatNobodyAnswersIsTold() {
    calls.dns.away = true;
    unproved("the look-up failed");
  }

  /** The text that is wanted. */
  private String unproved(String found) {
    AdminAnswer answer = register();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body().getString("detail")).contains(found);
    return answer.body().getJsonObject("challenge").getString("text");
  }

  private AdminAnswer register() {
    JsonObject wish = new JsonObject().put("document", ApiCalls.DOCUMENT);
    return calls.call(HttpMethod.POST, "/zones", wish, Optional.empty());
  }
}
