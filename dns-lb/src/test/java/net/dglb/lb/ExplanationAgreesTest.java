package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.lb.measure.OwnMeasurement;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.net.AddressLiteral;
import net.dglb.node.AdminAnswer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a load balancer explains of its labels is what it answers, with what counted. */
class ExplanationAgreesTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final String OTHER = "lb-tyo-1." + Network.SERVICE;
  private static final List<String> SITES =
      List.of(Network.NEW_YORK, Network.FRANKFURT, Network.TOKYO);

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void ofEachLabelAtRandomMomentsOfRandomHistories(long seed) {
    Random random = new Random(seed);
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    Set<String> answered = new TreeSet<>();
    for (int step = 0; step < 60; step++) {
      act(random, session);
      for (String label : List.of(OWN, OTHER)) {
        JsonObject explained = explain(label).getJsonObject(0);
        for (int type : new int[] {Type.A, Type.AAAA}) {
          compare(explained, label, type, "seed " + seed + ", step " + step);
        }
        answered.add(explained.getJsonObject("answers").getJsonObject("A").getString("site"));
      }
    }
    assertThat(answered).as("sites that were answered").hasSizeGreaterThan(1);
  }

  private void act(Random random, InMemorySession session) {
    String site = SITES.get(random.nextInt(SITES.size()));
    switch (random.nextInt(6)) {
      case 0 -> network.sites.dies(site);
      case 1, 2 -> network.sites.answersAfter(site, 1 + random.nextInt(200));
      case 3 ->
          network.say(
              List.of("newyork", "frankfurt", "*").get(random.nextInt(3)),
              List.of("down", "drain", "up").get(random.nextInt(3)));
      default -> network.tokyoMeasured(session, site, random.nextInt(300), Network.TOKYO, 40);
    }
    network.pass(Duration.ofSeconds(1 + random.nextInt(90)));
  }

  private void compare(JsonObject explained, String label, int type, String when) {
    String what = "%s, %s %s: %s".formatted(when, label, Type.string(type), explained.encode());
    JsonObject expected = explained.getJsonObject("answers").getJsonObject(Type.string(type));
    Message answer = network.ask(label, type);
    JsonArray addresses = new JsonArray();
    for (Record record : answer.getSection(Section.ANSWER)) {
      addresses.add(AddressLiteral.text(AddressLiteral.parse(record.rdataToString())));
      assertThat(record.getTTL()).as(what).isEqualTo(expected.getLong("ttl"));
    }
    assertThat(addresses).as(what).isEqualTo(expected.getJsonArray("addresses"));
    assertThat(expected.getJsonArray("order").getJsonObject(0).getString("site"))
        .as(what)
        .isEqualTo(expected.getString("site"));
  }

  @Test
  void aLabelTellsItsPlaceItsZoneAndEveryTermOfEachCandidate() {
    network.measuredOwnLabel();
    network.say("frankfurt", "drain");
    network.pass(Duration.ofSeconds(31));

    JsonObject label = explain(OWN).getJsonObject(0);

    assertThat(label.getString("place")).isEqualTo("lb-nyc-1");
    assertThat(label.getLong("zone-version")).isEqualTo(1);
    assertThat(label.getJsonObject("answers").getString("view"))
        .isEqualTo("measured here, at lb-nyc-1");
    JsonObject ranking = label.getJsonObject("answers").getJsonObject("A");
    assertThat(ranking.getString("ttl-reason")).isEqualTo("as the service says");
    JsonObject best = ranking.getJsonArray("order").getJsonObject(0);
    assertThat(best.getDouble("score")).isEqualTo(10);
    assertThat(best.getLong("samples")).isPositive();
    assertThat(best.getLong("age-seconds")).isLessThan(40);
    assertThat(best.getLong("kilometres")).isZero();
    assertThat(best.getString("reason")).isEqualTo("lowest score");
    JsonObject drained = ranking.getJsonArray("order").getJsonObject(2);
    assertThat(drained.getString("site")).isEqualTo("frankfurt");
    assertThat(drained.getString("admin-state")).isEqualTo("drain");
    assertThat(drained.getString("reason")).startsWith("drained by an operator");
  }

  @Test
  void aServiceStandsForAllItsLabelsAndANameThatIsNotAnsweredIsNamed() {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    network.pass(Duration.ofSeconds(1));

    assertThat(explain(Network.SERVICE)).hasSize(2);
    AdminAnswer unknown = get("www.example.org", Map.of());
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().getString("detail")).contains("www.example.org is not answered here");
  }

  @Test
  void withoutASiteIsWhatIsAnsweredOnceItIsTakenOut() {
    network.measuredOwnLabel();

    JsonObject foretold =
        explain(OWN, Map.of("without", "newyork")).getJsonObject(0).getJsonObject("answers");
    assertThat(network.answers(OWN, Type.A)).as("nothing has changed").contains(Network.NEW_YORK);
    network.say("newyork", "down");
    network.pass(Duration.ofSeconds(1));

    assertThat(foretold.getJsonObject("A").getJsonArray("addresses"))
        .isEqualTo(new JsonArray(network.answers(OWN, Type.A)))
        .isEqualTo(new JsonArray(List.of(Network.FRANKFURT)));
  }

  @Test
  void whereOneFamilyIsDeadAtAllSitesItIsSaidThatTheOtherStandsIn() {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    network.tokyoMeasured(session, Network.TOKYO, 5, Network.FRANKFURT, 40);
    network.pass(Duration.ofSeconds(31));

    JsonObject own = explain(OWN).getJsonObject(0).getJsonObject("answers");
    JsonObject tokyo = explain("lb-tyo-1." + Network.SERVICE).getJsonObject(0);

    assertThat(own.getJsonObject("A").containsKey("stand-in")).isFalse();
    assertThat(own.getJsonObject("AAAA").getJsonArray("order").getJsonObject(0).fieldNames())
        .as("what is shown was measured over IPv4")
        .contains("latency-ms");
    assertThat(own.getJsonObject("AAAA").getJsonObject("stand-in"))
        .isEqualTo(
            new JsonObject()
                .put("at", new JsonArray(List.of("lb-nyc-1")))
                .put(
                    "text",
                    "no site is known to work over IPv6 at lb-nyc-1, but over IPv4: what is"
                        + " measured over that stands in"));
    assertThat(tokyo.getJsonObject("answers").getJsonObject("AAAA").getJsonObject("stand-in"))
        .as("lb-tyo-1 measured both, and only its word on health is corrected from here")
        .isEqualTo(own.getJsonObject("AAAA").getJsonObject("stand-in"));
  }

  @Test
  void onceTheOtherFamilyWorksAtOneSiteNothingStandsIn() {
    network.sites.answersAfter("2001:db8::1", 20);
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(1));

    JsonObject own = explain(OWN).getJsonObject(0).getJsonObject("answers");

    assertThat(own.getJsonObject("AAAA").containsKey("stand-in")).isFalse();
  }

  @Test
  void thePastIsKnownAsFarAsItReachesAlsoAfterARestart() {
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(1));
    Instant healthy = network.timeline().now();
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(3));
    Instant dead = network.timeline().now();
    network.pass(Duration.ofSeconds(1));
    network.restart();

    JsonObject before = explain(OWN, Map.of("at", healthy.toString())).getJsonObject(0);
    JsonObject after = explain(OWN, Map.of("at", dead.toString())).getJsonObject(0);

    assertThat(site(before)).isEqualTo("newyork");
    assertThat(site(after)).isEqualTo("frankfurt");
    JsonObject failed = after.getJsonObject("answers").getJsonObject("A");
    assertThat(failed.getJsonArray("order").getJsonObject(2).getString("health")).isEqualTo("down");
    assertThat(failed.getJsonArray("order").getJsonObject(2).getJsonArray("failures")).isNotEmpty();
    assertThatThrownBy(() -> get(OWN, Map.of("at", dead.toString(), "without", "tokyo")))
        .hasMessageStartingWith("without: not together with at");
    AdminAnswer tooEarly = get(OWN, Map.of("at", "2025-01-01T00:00:00Z"));
    assertThat(tooEarly.status()).isEqualTo(404);
    assertThat(tooEarly.body().getString("detail"))
        .contains("as far as is known (changes are known since 2026-01-01T00:00:0");
  }

  @Test
  void whatThisMachineCannotProbeIsUnknownAndShownWithTheReasonWhichIsLoggedOnce() {
    String why = "this system does not allow ICMP sockets (expected ...)";
    network.sites.cannotBeProbed(Network.NEW_YORK, why);
    network.sites.cannotBeProbed(Network.FRANKFURT, why);
    try (LoggedErrors logged = LoggedErrors.warningsToo(OwnMeasurement.class)) {
      network.measuredOwnLabel();
      network.pass(Duration.ofMinutes(10));
      assertThat(logged.messages()).singleElement().asString().contains(why);
    }
    JsonArray order = network.explainedOrder();
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.TOKYO);
    for (int i = 1; i < 3; i++) {
      JsonObject site = order.getJsonObject(i);
      assertThat(site.getString("health")).isEqualTo("unknown");
      JsonArray failures = site.getJsonArray("failures");
      JsonObject last = failures.getJsonObject(failures.size() - 1);
      assertThat(last.getString("outcome")).isEqualTo("local_fault");
      assertThat(last.getString("detail")).isEqualTo(why);
    }
  }

  private static String site(JsonObject label) {
    return label.getJsonObject("answers").getJsonObject("A").getString("site");
  }

  private JsonArray explain(String name) {
    return explain(name, Map.of());
  }

  private JsonArray explain(String name, Map<String, String> more) {
    AdminAnswer answer = get(name, more);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body().getJsonArray("labels");
  }

  private AdminAnswer get(String name, Map<String, String> more) {
    Map<String, String> parameters = new HashMap<>(more);
    parameters.put("name", name);
    return network.get("/explain/:name", parameters);
  }
}
