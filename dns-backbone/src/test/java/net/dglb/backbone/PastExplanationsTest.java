package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Prefix;
import net.dglb.node.AdminAnswer;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Whatever happened to load balancers since, what a node explains of a moment of the past is what
 * it answered then.
 */
class PastExplanationsTest extends RandomHistory {

  private static final int STEPS = 40;
  private static final int QUESTIONS = 6;

  /** What was answered, as far as the backbone itself answered with addresses or an alias. */
  private record Answered(Asked asked, Instant at, int type, Message answer) {}

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void theWayAndTheEstimateOfThenAreExplained(long seed) {
    int byEstimate = compareAll(seed, zone -> zone);

    assertThat(byEstimate).as("answered by estimate").isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  void whatDirectServicesWereAnsweredIsExplained(long seed) {
    compareAll(seed, Samples::direct);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void eachAskersOwnOrderOfThenIsExplained(long seed) {
    compareAll(
        seed,
        zone ->
            Samples.direct(
                Samples.ranked(zone, seed % 2 == 0 ? Samples.HASH : Samples.PERCENTAGES)));
  }

  private int compareAll(long seed, UnaryOperator<EnterpriseZone> how) {
    Random random = new Random(seed);
    begin(random, how);
    List<Answered> answered = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      act(random);
      for (int i = 0; i < QUESTIONS; i++) {
        answered.add(answer(Asked.of(random), random.nextBoolean() ? Type.A : Type.AAAA));
        pass(Duration.ofMillis(100));
      }
    }
    int byEstimate = 0;
    for (Answered one : answered) {
      JsonObject explained = explained(one.asked.service(), one.asked.resolver(), parameters(one));
      String what = "seed " + seed + ": " + one + ": " + explained.encodePrettily();
      assertThat(explained.getJsonObject("way").getBoolean("known")).as(what).isTrue();
      compare(one, explained, what);
      byEstimate += explained.containsKey("referral") ? 0 : 1;
    }
    return byEstimate;
  }

  private Answered answer(Asked asked, int type) {
    return new Answered(
        asked,
        backbone.now(),
        type,
        ask(main, asked.service().toString(), type, asked.resolver(), asked.subnet()));
  }

  private static Map<String, String> parameters(Answered one) {
    String subnet = one.asked.subnet();
    return subnet == null
        ? Map.of("at", one.at.toString())
        : Map.of("at", one.at.toString(), "subnet", subnet);
  }

  private static void compare(Answered one, JsonObject explained, String what) {
    List<Record> records = one.answer.getSection(Section.ANSWER);
    if (!explained.containsKey("answers")) {
      JsonObject referral = explained.getJsonObject("referral");
      assertThat(records.getFirst().rdataToString())
          .as(what)
          .isEqualTo(referral.getString("label") + ".");
      assertThat(records.getFirst().getTTL()).as(what).isEqualTo(referral.getLong("ttl"));
      return;
    }
    JsonObject ranking = explained.getJsonObject("answers").getJsonObject(Type.string(one.type));
    JsonArray addresses = new JsonArray();
    for (Record record : records) {
      addresses.add(AddressLiteral.text(AddressLiteral.parse(record.rdataToString())));
      assertThat(record.getTTL()).as(what).isEqualTo(ranking.getLong("ttl"));
    }
    assertThat(addresses).as(what).isEqualTo(ranking.getJsonArray("addresses"));
    assertThat(ranking.getJsonArray("order").getJsonObject(0).getString("site"))
        .as(what)
        .isEqualTo(ranking.getString("site"));
    if (explained.containsKey("decided")) {
      assertThat(Instant.parse(explained.getString("decided"))).as(what).isBeforeOrEqualTo(one.at);
    }
  }

  @Test
  void whatWasAnsweredBeforeARestartIsKnownAndTheWayIsThenThatOfNow() {
    beginBesideTheFirst();
    report(Health.UP, 20, 90);
    Instant healthy = backbone.now();
    report(Health.DOWN, 20, 90);
    Instant dead = backbone.now();
    pass(Duration.ofSeconds(10));

    Instant restarted = backbone.now();
    restart();
    pass(Duration.ofSeconds(10));

    assertThat(ranking(healthy).getString("site")).isEqualTo("london");
    assertThat(ranking(dead).getString("site")).isEqualTo("tokyo");
    assertThat(ranking(dead).getJsonArray("order").getJsonObject(1).getString("health"))
        .isEqualTo("down");
    assertThat(ofThen(dead).getJsonObject("way").getString("text"))
        .isEqualTo("the way is that of now: what it was is known since " + restarted);
  }

  private void beginBesideTheFirst() {
    begin(new Random(1), Samples::direct);
    balancers.getFirst().announce(List.of(Prefix.parse("10.0.0.0/30")), List.of());
    pass(Duration.ofSeconds(2));
    ask(main, Samples.WWW.toString(), Type.A, "10.0.0.1", null);
    pass(Duration.ofSeconds(2));
  }

  /** What is measured at the first load balancer. */
  private void report(Health london, double londonMillis, double tokyoMillis) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    Service service = Samples.service(Samples.WWW);
    for (Site site : service.sites()) {
      boolean isLondon = site.id().equals("london");
      Estimate estimate = new Estimate(isLondon ? londonMillis : tokyoMillis, 0, 3, backbone.now());
      site.addresses()
          .forEach(address ->
              states.put(
                  service.target(address),
                  new SiteState(Optional.of(estimate), isLondon ? london : Health.UP)));
    }
    balancers.getFirst().report(states);
    pass(Duration.ofSeconds(10));
  }

  private JsonObject ofThen(Instant moment) {
    return explained(Samples.WWW, "10.0.0.1", Map.of("at", moment.toString()));
  }

  private JsonObject ranking(Instant moment) {
    return ofThen(moment).getJsonObject("answers").getJsonObject("A");
  }

  @Test
  void ofWhatIsNotKnownTheReachIsTold() {
    begin(new Random(1), Samples::direct);

    AdminAnswer early = call(Samples.WWW, "10.0.0.1", Map.of("at", "2025-01-01T00:00:00Z"));
    AdminAnswer wrong = call(Samples.WWW, "10.0.0.1", Map.of("at", "yesterday"));
    AdminAnswer both =
        call(Samples.WWW, "10.0.0.1", Map.of("at", backbone.now().toString(), "down", "lb-1"));

    assertThat(early.status()).isEqualTo(404);
    assertThat(early.body().getString("detail"))
        .isEqualTo(
            "what www.lb.foobar.test was answered then is not known (no change is known yet)");
    assertThat(wrong.body().getString("detail"))
        .isEqualTo("at: yesterday (expected a moment such as 2026-01-31T12:00:00Z)");
    assertThat(both.body().getString("detail")).startsWith("down: not together with at");
  }

  @Test
  void aChangeShowsTheValuesThatDecidedAndNotThoseOfNow() {
    beginBesideTheFirst();
    report(Health.UP, 20, 90);
    report(Health.UP, 200, 80);
    Instant changed = backbone.now();
    report(Health.UP, 200, 70);

    assertThat(ranking(changed).getString("site")).isEqualTo("tokyo");
    assertThat(ranking(changed).getJsonArray("order").getJsonObject(0).getDouble("latency-ms"))
        .isEqualTo(80);
    assertThat(
            ranking(backbone.now()).getJsonArray("order").getJsonObject(0).getDouble("latency-ms"))
        .as("decided then, and not since")
        .isEqualTo(80);
  }

  @Test
  void whatIsAnsweredForTheFirstTimeOrAgainAfterARestartTakesNoRoom() {
    beginBesideTheFirst();
    report(Health.UP, 20, 90);
    report(Health.UP, 22, 95);
    Map<String, byte[]> kept = backbone.disk("b1", "decisions");
    assertThat(kept.keySet().stream().map(it -> it.substring(17)))
        .as("as it was before anything was measured, and then")
        .containsExactlyInAnyOrder("www.lb.foobar.test at lb-0", "www.lb.foobar.test at lb-0");

    restart();
    pass(Duration.ofSeconds(10));
    explained(Samples.WWW, "10.0.0.1", Map.of("at", backbone.now().toString()));

    assertThat(kept).as("answered as before").hasSize(2);
  }

  @Test
  void whatNeverChangedIsExplainedByTheValuesOfNow() {
    begin(new Random(1), Samples::direct);
    balancers.getFirst().announce(List.of(Prefix.parse("10.0.0.0/30")), List.of());
    report(Health.UP, 20, 90);
    ask(main, Samples.WWW.toString(), Type.A, "10.0.0.1", null);
    pass(Duration.ofSeconds(10));
    Instant then = backbone.now();
    report(Health.UP, 21, 90);

    JsonObject explained = ofThen(then);

    assertThat(ranking(then).getString("site")).isEqualTo("london");
    assertThat(explained.getString("values-of")).isEqualTo(backbone.now().toString());
    assertThat(Instant.parse(explained.getString("decided"))).isBefore(then);
  }
}
