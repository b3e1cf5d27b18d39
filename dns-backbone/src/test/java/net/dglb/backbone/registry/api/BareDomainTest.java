package net.dglb.backbone.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** An alias that is the apex of its own zone: what can stand there, and what is wrong there. */
class BareDomainTest {

  private static final String FLATTENED =
      "ALIAS, ANAME or a flattened CNAME to www.lb.foobar.test.";
  private static final String DOCUMENT =
      """
      registration {
        version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
        services { "www.lb.foobar.test" {
          aliases = ["www.foobar.test", "foobar.test", "foobar.example"]
          check { kind = https }
          sites {
            rome { addresses = ["192.0.2.1", "2001:db8::1"] }
            oslo { addresses = ["192.0.2.2"] }
          }
          all-down { answer = fallback, addresses = ["192.0.2.9"] }
        } }
      }
      """;

  private final ApiCalls calls = new ApiCalls();

  @BeforeEach
  void theZonesOfAnEnterprise() {
    calls.dns.resolves(
        "foobar.test. SOA ns.foobar.test. root.foobar.test. 1 2 3 4 5",
        "foobar.test. NS ns.foobar.test.",
        "ns.foobar.test. A 192.0.2.200",
        "foobar.example. SOA ns.foobar.test. root.foobar.test. 1 2 3 4 5",
        "www.foobar.test. CNAME www.lb.foobar.test.");
    calls.dns.parentSays("lb.foobar.test. NS b1.dglb.test.", "lb.foobar.test. NS b2.dglb.test.");
  }

  @Test
  void noCnameIsPrintedForItButWhatItsOwnerCanDo() {
    List<String> records = texts(register().getJsonArray("records"));

    assertThat(records)
        .contains(
            "www.foobar.test. 86400 IN CNAME www.lb.foobar.test.",
            "; foobar.test. is the apex of its zone, where no CNAME may stand. It gets the",
            "; service's addresses by " + FLATTENED + ", as your provider",
            "foobar.test. 86400 IN HTTPS 0 www.lb.foobar.test.",
            "foobar.example. 86400 IN HTTPS 0 www.lb.foobar.test.")
        .noneMatch(line -> line.matches("foobar\\.(test|example)\\. .*CNAME.*"));
    assertThat(texts(show().getJsonArray("records"))).isEqualTo(records);
  }

  @Test
  void whatIsPrintedIsAZoneFile() throws Exception {
    String lines = String.join("\n", texts(register().getJsonArray("records"))) + "\n";
    try (Master file = new Master(new ByteArrayInputStream(lines.getBytes(UTF_8)), Name.root)) {
      int count = 0;
      for (Record record = file.nextRecord(); record != null; record = file.nextRecord()) {
        assertThat(record.getType()).isIn(Type.NS, Type.CNAME, Type.HTTPS);
        count++;
      }
      assertThat(count).isEqualTo(5);
    }
  }

  @Test
  void whereHttpsIsNotServedNoHttpsRecordIsOffered() {
    String plain = DOCUMENT.replace("kind = https", "kind = http");
    assertThat(texts(register(plain).getJsonArray("records")))
        .noneMatch(line -> line.contains("HTTPS"));
  }

  @Test
  void whereNobodyAnswersTheNameAboveTheZoneIsTakenForOne() {
    calls.dns.away = true;
    assertThat(texts(register().getJsonArray("records")))
        .contains(
            "foobar.test. 86400 IN HTTPS 0 www.lb.foobar.test.",
            "foobar.example. 86400 IN CNAME www.lb.foobar.test.");
  }

  @Test
  void nothingIsSaidOfOneWithTheAddressesOfSites() {
    register();
    flattened("foobar.test.");
    flattened("foobar.example.");
    calls.dns.resolves(
        "foobar.test. HTTPS 0 www.lb.foobar.test.", "foobar.example. HTTPS 1 . alpn=h2");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void nothingIsSaidOfOneWithTheAddressThatIsAnsweredWhileAllIsDown() {
    register();
    calls.dns.resolves("foobar.test. A 192.0.2.9");
    flattened("foobar.example.");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void whatIsWrongAtOneIsNamed() {
    register();
    calls.dns.resolves(
        "foobar.test. A 192.0.2.1",
        "foobar.test. A 198.51.100.7",
        "foobar.test. AAAA 2001:db8::77",
        "foobar.test. HTTPS 0 www.elsewhere.test.");
    assertThat(warnings())
        .containsExactly(
            "out of date: address 198.51.100.7 of foobar.test. is none of the service's"
                + " (expected: "
                + FLATTENED
                + ")",
            "out of date: address 2001:db8::77 of foobar.test. is none of the service's"
                + " (expected: "
                + FLATTENED
                + ")",
            "out of date: foobar.test. IN HTTPS 0 www.elsewhere.test. (expected:"
                + " www.lb.foobar.test.)",
            "missing: addresses at foobar.example. (expected: " + FLATTENED + ")");
  }

  /** Some servers take it, and then answer it for MX and all else that stands there. */
  @Test
  void aCnameBesideASoaIsWrong() {
    register();
    flattened("foobar.example.");
    calls.dns.tellsAliasesWithAnyType("foobar.test. CNAME www.lb.foobar.test.");
    assertThat(warnings())
        .containsExactly(
            "wrong: foobar.test. IN CNAME www.lb.foobar.test.: no CNAME may stand at a zone's"
                + " apex (expected: "
                + FLATTENED
                + ")");
  }

  @Test
  void aResolverThatDoesNotKnowHttpsRecordsHindersNothing() {
    register();
    flattened("foobar.test.");
    flattened("foobar.example.");
    calls.dns.failing = Type.HTTPS;
    assertThat(warnings()).isEmpty();
    assertThat(show().getJsonObject("delegation").getString("problem")).isEmpty();
  }

  private void flattened(String apex) {
    calls.dns.resolves(apex + " A 192.0.2.1", apex + " AAAA 2001:db8::1");
  }

  private JsonObject register() {
    return register(DOCUMENT);
  }

  private JsonObject register(String document) {
    JsonObject wish = new JsonObject().put("document", document).put("approve", true);
    var answer = calls.call(HttpMethod.POST, "/zones", wish, Optional.empty());
    assertThat(answer.status()).as(answer.body().encode()).isEqualTo(200);
    return answer.body();
  }

  private JsonObject show() {
    return calls.call(HttpMethod.GET, "/zones/lb.foobar.test", null, Optional.empty()).body();
  }

  private List<String> warnings() {
    return texts(show().getJsonObject("delegation").getJsonArray("warnings"));
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String::valueOf).toList();
  }
}
