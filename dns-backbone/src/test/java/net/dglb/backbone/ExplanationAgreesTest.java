package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.backbone.refer.Backbone;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.node.AdminAnswer;
import net.dglb.service.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Whatever happens to load balancers, what a node explains is what it answers: to random resolvers
 * with random client subnets, at random moments of random histories.
 */
class ExplanationAgreesTest extends RandomHistory {

  private static final int STEPS = 40;
  private static final int QUESTIONS = 6;
  private int byEstimate;

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5, 6, 7})
  void anExplanationSaysWhatDnsAnswers(long seed) {
    Random random = new Random(seed);
    begin(random);
    int fromLoadBalancers = 0;
    for (int step = 0; step < STEPS; step++) {
      act(random);
      for (int i = 0; i < QUESTIONS; i++) {
        fromLoadBalancers += compare(random, "seed " + seed + ", step " + step) ? 1 : 0;
      }
    }
    assertThat(fromLoadBalancers)
        .as("of %d referrals, to load balancers", STEPS * QUESTIONS)
        .isGreaterThan(STEPS);
    assertThat(byEstimate).as("answered by estimate").isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4})
  void anExplanationSaysWhatDnsAnswersOfDirectServices(long seed) {
    Random random = new Random(seed);
    begin(random, Samples::direct);
    for (int step = 0; step < STEPS; step++) {
      act(random);
      for (int i = 0; i < QUESTIONS; i++) {
        Asked asked = Asked.of(random);
        JsonObject explained = explain(asked.service(), asked.resolver(), asked.subnet());
        compareOwn(asked, explained, "seed " + seed + ", step " + step + ": " + asked);
      }
    }
    assertThat(byEstimate).as("answered by estimate").isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anExplanationShowsTheAskersOwnOrderWhereNotAllGetTheSame(long seed) {
    Policy policy = seed % 2 == 0 ? Samples.HASH : Samples.PERCENTAGES;
    Random random = new Random(seed);
    begin(random, zone -> Samples.direct(Samples.ranked(zone, policy)));
    Set<String> winners = new TreeSet<>();
    for (int step = 0; step < STEPS; step++) {
      act(random);
      for (int i = 0; i < QUESTIONS; i++) {
        Asked asked = Asked.of(random);
        JsonObject explained = explain(asked.service(), asked.resolver(), asked.subnet());
        compareOwnAddresses(asked, explained, "seed " + seed + ", step " + step + ": " + asked);
        winners.add(explained.getJsonObject("answers").getJsonObject("A").getString("site"));
      }
    }
    assertThat(winners).containsExactly("london", "tokyo");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsForetoldOfALostLoadBalancerHappens(long seed) {
    Random random = new Random(seed);
    begin(random, Samples::referring);
    List<String> resolvers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      resolvers.add(address(random, 10));
      ask(main, Samples.WWW.toString(), Type.A, resolvers.getLast(), null);
    }
    pass(Duration.ofSeconds(3));
    VirtualLoadBalancer victim = balancers.get(random.nextInt(balancers.size()));
    Map<String, JsonObject> foretold = new HashMap<>();
    resolvers.forEach(it -> foretold.put(it, explainLost(Samples.WWW, it, victim.id)));

    victim.die();
    pass(Duration.ofSeconds(12));

    int concerned = 0;
    for (String resolver : resolvers) {
      JsonObject then = foretold.getOrDefault(resolver, new JsonObject()).getJsonObject("referral");
      JsonObject now = explain(Samples.WWW, resolver, null).getJsonObject("referral");
      String what = "seed " + seed + ", " + victim.id + " lost: foretold " + then + ", is " + now;
      assertThat(now.getString("label")).as(what).isEqualTo(then.getString("label"));
      assertThat(servers(now)).as(what).doesNotContain(victim.id).containsAll(servers(then));
      concerned += then.getJsonArray("left-out").isEmpty() ? 0 : 1;
    }
    assertThat(concerned).as("referrals that lose one").isPositive();
  }

  @Test
  void whatCannotBeSupposedIsNamed() {
    begin(new Random(1));

    AdminAnswer noLoadBalancer = call(Samples.WWW, "10.0.0.1", Map.of("down", "lb-9"));
    AdminAnswer noSite = call(Samples.WWW, "10.0.0.1", Map.of("without", "paris"));

    assertThat(noLoadBalancer.status()).isEqualTo(400);
    assertThat(noLoadBalancer.body().getString("detail"))
        .isEqualTo("down: lb-9 (expected one of lb-0, lb-1, lb-2, lb-3, lb-4)");
    assertThat(noSite.body().getString("detail"))
        .isEqualTo("without: paris (expected one of london, tokyo)");
    assertThat(call(DomainName.of("www.example.org"), "10.0.0.1", Map.of()).status())
        .isEqualTo(404);
  }

  @Test
  void withoutASiteAnotherOneIsAnswered() {
    begin(new Random(1));
    JsonObject now = explain(Samples.WWW, "10.0.0.1", null).getJsonObject("answers");
    String first = now.getJsonObject("A").getString("site");

    JsonObject then =
        call(Samples.WWW, "10.0.0.1", Map.of("without", first)).body().getJsonObject("answers");

    assertThat(then.getJsonObject("A").getString("site"))
        .isEqualTo(first.equals("london") ? "tokyo" : "london");
  }

  /** Compares one question; returns whether it led to a load balancer. */
  private boolean compare(Random random, String when) {
    Asked asked = Asked.of(random);
    String resolver = asked.resolver();
    String subnet = asked.subnet();
    String what = when + ": " + asked;

    JsonObject explained = explain(asked.service(), resolver, subnet);
    JsonObject referral = explained.getJsonObject("referral");
    if (referral == null) {
      compareOwn(asked, explained, what);
      return false;
    }
    Message answer = ask(main, asked.service().toString(), Type.A, resolver, subnet);
    assertThat(answer.getSection(Section.ANSWER)).as(what).hasSize(1);
    Record alias = answer.getSection(Section.ANSWER).getFirst();
    assertThat(alias.rdataToString()).as(what).isEqualTo(referral.getString("label") + ".");
    assertThat(alias.getTTL()).as(what).isEqualTo(referral.getLong("ttl"));
    if (subnet != null) {
      assertThat(Backbone.scope(answer))
          .as(what)
          .isEqualTo(explained.getJsonObject("match").getInteger("scope"));
    }
    compareReferral(referral, resolver, what);
    compareAddresses(explained, resolver, what);
    return !explained.getJsonObject("load-balancers").getString("chosen").equals("label");
  }

  /** Compares an answer that the backbone gives itself. */
  private void compareOwn(Asked asked, JsonObject explained, String what) {
    for (Message answer : compareOwnAddresses(asked, explained, what)) {
      if (asked.subnet() != null) {
        assertThat(Backbone.scope(answer))
            .as(what)
            .isEqualTo(explained.getJsonObject("match").getInteger("scope"));
      }
    }
    byEstimate += explained.containsKey("referral") ? 0 : 1;
  }

  private List<Message> compareOwnAddresses(Asked asked, JsonObject explained, String what) {
    List<Message> answers = new ArrayList<>();
    for (int type : new int[] {Type.A, Type.AAAA}) {
      answers.add(ask(main, asked.service().toString(), type, asked.resolver(), asked.subnet()));
      compareAddresses(explained, type, answers.getLast(), what);
    }
    return answers;
  }

  private void compareReferral(JsonObject referral, String resolver, String what) {
    Message answer = ask(main, referral.getString("label"), Type.A, resolver, null);
    List<String> named = new ArrayList<>();
    for (Record record : answer.getSection(Section.AUTHORITY)) {
      assertThat(record.getTTL()).as(what).isEqualTo(referral.getLong("name-server-ttl"));
      named.add(record.rdataToString());
    }
    assertThat(named.stream().map(name -> name.substring(0, name.indexOf('.'))))
        .as(what)
        .containsExactlyInAnyOrderElementsOf(servers(referral));
  }

  private static List<String> servers(JsonObject referral) {
    return referral.getJsonArray("name-servers").stream()
        .map(server -> ((JsonObject) server).getString("id"))
        .toList();
  }

  private void compareAddresses(JsonObject explained, String resolver, String what) {
    String label = explained.getJsonObject("referral").getString("label");
    for (int type : new int[] {Type.A, Type.AAAA}) {
      compareAddresses(explained, type, ask(labels, label, type, resolver, null), what);
    }
  }

  private static void compareAddresses(
      JsonObject explained, int type, Message answer, String what) {
    JsonObject expected = explained.getJsonObject("answers").getJsonObject(Type.string(type));
    JsonArray addresses = new JsonArray();
    for (Record record : answer.getSection(Section.ANSWER)) {
      addresses.add(AddressLiteral.text(AddressLiteral.parse(record.rdataToString())));
      assertThat(record.getTTL()).as(what).isEqualTo(expected.getLong("ttl"));
    }
    assertThat(addresses).as(what).isEqualTo(expected.getJsonArray("addresses"));
    JsonObject winner = expected.getJsonArray("order").getJsonObject(0);
    assertThat(winner.getString("address")).as(what).isEqualTo(addresses.getString(0));
    assertThat(winner.getString("site")).as(what).isEqualTo(expected.getString("site"));
  }

  private JsonObject explainLost(DomainName service, String resolver, String lost) {
    return explained(service, resolver, Map.of("down", lost));
  }
}
