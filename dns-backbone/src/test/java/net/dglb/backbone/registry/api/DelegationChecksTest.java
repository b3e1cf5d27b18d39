package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code zone show} says of the enterprise's own zone. */
class DelegationChecksTest {

  private final ApiCalls calls = new ApiCalls();

  @BeforeEach
  void aRegisteredZoneOfAForeignAuthority() {
    JsonObject wish = new JsonObject().put("document", ApiCalls.DOCUMENT).put("approve", true);
    assertThat(calls.call(HttpMethod.POST, "/zones", wish, Optional.empty()).status())
        .isEqualTo(200);
    calls.dns.resolves(
        "foobar.test. SOA ns.foobar.test. root.foobar.test. 1 2 3 4 5",
        "foobar.test. NS ns.foobar.test.",
        "ns.foobar.test. A 192.0.2.200");
  }

  @Test
  void whatIsMissingIsNamedAsTheRecordToAdd() {
    assertThat(warnings())
        .containsExactly(
            "lb.foobar.test is not delegated: the zone above it has no NS records for it",
            "missing: www.foobar.test. IN CNAME www.lb.foobar.test.");
  }

  @Test
  void nothingIsSaidOnceAllIsThere() {
    delegated();
    calls.dns.resolves("www.foobar.test. CNAME www.lb.foobar.test.");
    assertThat(warnings()).isEmpty();
    assertThat(problem()).isEmpty();
    assertThat(calls.delegations.aliases(DomainName.of("lb.foobar.test")))
        .containsExactly(DomainName.of("www.foobar.test"));

    calls.dns.away = true;
    assertThat(problem()).isNotEmpty();
    assertThat(calls.delegations.aliases(DomainName.of("lb.foobar.test")))
        .as("as last seen")
        .hasSize(1);
  }

  @Test
  void whatIsOutOfDateIsNamed() {
    calls.dns.parentSays(
        "lb.foobar.test. NS b1.dglb.test.",
        "lb.foobar.test. NS old.dglb.test.",
        "lb.foobar.test. DS 1 13 2 " + "00".repeat(32),
        "b1.dglb.test. A 192.0.2.99");
    calls.dns.resolves("www.foobar.test. CNAME www.elsewhere.test.");
    assertThat(warnings())
        .containsExactly(
            "missing in the zone above: lb.foobar.test. IN NS b2.dglb.test.",
            "out of date in the zone above: lb.foobar.test. IN NS old.dglb.test.",
            "out of date beside the delegation: address 192.0.2.99 of b1.dglb.test",
            "wrong in the zone above: a DS record for lb.foobar.test, which is not signed:"
                + " validating resolvers fail",
            "out of date: www.foobar.test. IN CNAME www.elsewhere.test. (expected:"
                + " www.lb.foobar.test.)");
    assertThat(calls.delegations.aliases(DomainName.of("lb.foobar.test"))).isEmpty();
  }

  @Test
  void anAliasInThePlaceOfTheDelegationIsNamed() {
    calls.dns.parentSays("lb.foobar.test. CNAME www.elsewhere.test.");
    calls.dns.resolves(
        "www.foobar.test. CNAME www.lb.foobar.test.", "lb.foobar.test. CNAME www.elsewhere.test.");
    assertThat(warnings())
        .containsExactly(
            "wrong in the zone above: lb.foobar.test. IN CNAME www.elsewhere.test.: nothing can be"
                + " delegated beside it");
  }

  @Test
  void thatResolversTellNoSoaRecordAtAllIsAnotherThing() {
    calls.dns.forget();
    calls.dns.resolves("foobar.test. NS ns.foobar.test.", "ns.foobar.test. A 192.0.2.200");
    assertThat(warnings()).isEmpty();
    assertThat(problem())
        .isEqualTo(
            "could not be looked up: the resolvers tell no SOA record at or above foobar.test"
                + " (expected: that of its zone; does something on the way strip it?)");
  }

  @Test
  void aDsRecordIsComparedWithTheKeys() {
    String right = "11 13 2 " + "AB".repeat(32);
    String wrong = "22 13 2 " + "CD".repeat(32);
    calls.dns.resolves("www.foobar.test. CNAME www.lb.foobar.test.");
    JsonObject signed =
        new JsonObject()
            .put("document", ApiCalls.DOCUMENT.replace("form =", "dnssec = true, form ="));
    assertThat(calls.call(HttpMethod.POST, "/zones", signed, Optional.empty()).status())
        .isEqualTo(200);
    delegated();
    assertThat(warnings())
        .containsExactly(
            "missing in the zone above: a DS record for lb.foobar.test, which is signed");
    calls.signers = List.of(new DelegationSigner("000b0d02" + "ab".repeat(32)));

    delegated("lb.foobar.test. DS " + wrong);
    assertThat(warnings())
        .containsExactly(
            "wrong in the zone above: lb.foobar.test. IN DS "
                + wrong
                + " is of no key of the zone: validating resolvers fail",
            "missing in the zone above: lb.foobar.test. IN DS " + right);
    delegated("lb.foobar.test. DS " + wrong, "lb.foobar.test. DS " + right);
    assertThat(warnings())
        .containsExactly(
            "out of date in the zone above: lb.foobar.test. IN DS "
                + wrong
                + " is of no key of the zone");
    delegated("lb.foobar.test. DS " + right.toLowerCase(Locale.ROOT));
    assertThat(warnings()).isEmpty();
  }

  @Test
  void thatNobodyAnswersIsAnotherThing() {
    calls.dns.away = true;
    assertThat(warnings()).isEmpty();
    assertThat(problem()).isEqualTo("could not be looked up: timed out");
  }

  @Test
  void allZonesAreLookedAtOnceInAWhile() {
    calls.delegations.start(Duration.ofMinutes(10));
    calls.timeline.advance(Duration.ofSeconds(2));
    assertThat(calls.delegations.warned()).isEqualTo(1);
    delegated();
    calls.dns.resolves("www.foobar.test. CNAME www.lb.foobar.test.");
    calls.timeline.advance(Duration.ofMinutes(5));
    assertThat(calls.delegations.warned()).as("not due yet").isEqualTo(1);
    calls.timeline.advance(Duration.ofMinutes(6));
    assertThat(calls.delegations.warned()).isZero();
    calls.dns.away = true;
    calls.timeline.advance(Duration.ofMinutes(11));
    assertThat(calls.delegations.unknown()).isEqualTo(1);
    calls.call(HttpMethod.DELETE, "/zones/lb.foobar.test", null, Optional.empty());
    calls.timeline.advance(Duration.ofSeconds(2));
    assertThat(calls.delegations.unknown()).as("a zone that is gone is forgotten").isZero();
  }

  private void delegated(String... more) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "lb.foobar.test. NS b1.dglb.test.",
                "lb.foobar.test. NS b2.dglb.test.",
                "b1.dglb.test. A 192.0.2.53"));
    lines.addAll(List.of(more));
    calls.dns.parentSays(lines.toArray(String[]::new));
  }

  private JsonObject delegation() {
    return calls
        .call(HttpMethod.GET, "/zones/lb.foobar.test", null, Optional.empty())
        .body()
        .getJsonObject("delegation");
  }

  private List<String> warnings() {
    return delegation().getJsonArray("warnings").stream().map(String::valueOf).toList();
  }

  private String problem() {
    return delegation().getString("problem");
  }
}
