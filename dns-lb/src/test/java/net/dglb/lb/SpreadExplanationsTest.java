package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.dglb.net.Prefix;
import net.dglb.net.PrefixSlots;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Whatever the policy, what is explained to a resolver is what it is answered: the asker's own
 * order, with the terms that make up each score.
 */
class SpreadExplanationsTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final Map<String, String> ADDRESSES =
      Map.of("newyork", Network.NEW_YORK, "frankfurt", Network.FRANKFURT, "tokyo", Network.TOKYO);

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  /** Three sites and a service of these lines. */
  static EnterpriseZone zone(String lines) {
    return zone(lines, "");
  }

  private static EnterpriseZone zone(String lines, String checkLines) {
    return Zones.of(
        1,
        """
        "www.lb.foobar.test" {
          %s
          check { kind = http, load-header = X-Load
                  %s }
          sites {
            newyork { addresses = ["192.0.2.1"], latitude = 40.7, longitude = -74
                      cost = 9, weight = 1, capacity = 100 }
            frankfurt { addresses = ["192.0.2.2"], latitude = 50.1, longitude = 8.7
                        cost = 4, weight = 2, capacity = 300 }
            tokyo { addresses = ["192.0.2.3"], latitude = 35.7, longitude = 139.7
                    cost = 5, weight = 3, capacity = 600 }
          }
        }
        """
            .formatted(lines, checkLines));
  }

  private void serve(String lines) {
    network.measuredOwnLabel(zone(lines));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = latency",
        "kind = latency, score = download",
        "kind = sum, latency = 1, kilometres = 0.01, cost = 3, load = 50",
        "kind = proximity",
        "kind = cost",
        "kind = failover, order = [tokyo, frankfurt, newyork]",
        "kind = failover, order = [tokyo, frankfurt, newyork], failback-delay = 2m",
        "kind = failover, order = [tokyo, frankfurt, newyork], failback = manual",
        "kind = percentages, shares { newyork = 20, frankfurt = 30, tokyo = 50 }",
        "kind = hash",
        "kind = static, rules = [ { prefixes = [\"10.0.0.0/9\"], sites = [tokyo, frankfurt] },"
            + " { prefixes = [\"10.9.0.0/16\", \"2001:db8::/33\"], sites = [frankfurt] } ]",
        "kind = shed, from = 0.2, to = 0.9",
        "kind = within, latency = 100ms",
        "kind = first, count = 2",
        "kind = chain, steps = [ { kind = static, rules = ["
            + " { prefixes = [\"10.128.0.0/9\"], sites = [tokyo, newyork] } ] },"
            + " { kind = within, cost = 4 }, { kind = shed, from = 0.2, to = 0.9 },"
            + " { kind = percentages, shares { newyork = 1, frankfurt = 9, tokyo = 90 } } ]"
      })
  void winnersAreThoseThatEachResolverIsAnswered(String policy) {
    serve("policy { " + policy + " }, answers { count = 2 }");
    Random random = new Random(policy.hashCode());
    for (int step = 0; step < 20; step++) {
      act(random);
      for (int i = 0; i < 10; i++) {
        String resolver = resolver(random);
        Optional<Prefix> subnet =
            random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(
                    Prefix.containing(
                        InetAddress.ofLiteral(resolver(random)), 8 + random.nextInt(25)));
        compare(resolver, subnet, policy + ", step " + step);
      }
    }
  }

  private void act(Random random) {
    String address = List.copyOf(ADDRESSES.values()).get(random.nextInt(3));
    switch (random.nextInt(4)) {
      case 0 -> network.sites.dies(address);
      case 1 -> network.sites.reportsLoad(address, random.nextInt(120) / 100.0);
      default -> network.sites.answersAfter(address, 1 + random.nextInt(300));
    }
    network.pass(Duration.ofSeconds(1 + random.nextInt(120)));
  }

  private static String resolver(Random random) {
    return random.nextInt(4) == 0
        ? "2001:db8:%x::1".formatted(random.nextInt(65_536))
        : "10.%d.%d.1".formatted(random.nextInt(256), random.nextInt(256));
  }

  private void compare(String resolver, Optional<Prefix> subnet, String when) {
    JsonObject explained = explain(resolver, subnet);
    String what = "%s: %s, %s: %s".formatted(when, resolver, subnet, explained.encode());
    Message answer =
        subnet
            .map(it -> network.askFor(OWN, Type.A, resolver, it))
            .orElseGet(() -> network.ask(OWN, Type.A, resolver));
    assertThat(addresses(answer)).as(what).isEqualTo(explained.getJsonArray("addresses"));
    JsonObject winner = explained.getJsonArray("order").getJsonObject(0);
    assertThat(winner.getString("site")).as(what).isEqualTo(explained.getString("site"));
    assertThat(winner.getString("address"))
        .as(what)
        .isEqualTo(explained.getJsonArray("addresses").getString(0));
    if (explained.containsKey("asker")) {
      assertThat(winner.getDouble("share")).as(what).isPositive();
      compareNetwork(explained.getJsonObject("asker"), resolver, subnet, what);
    }
    for (Object site : explained.getJsonArray("order")) {
      compareTerms((JsonObject) site, what);
    }
  }

  private static void compareNetwork(
      JsonObject asker, String resolver, Optional<Prefix> subnet, String what) {
    InetAddress who = subnet.map(Prefix::address).orElseGet(() -> InetAddress.ofLiteral(resolver));
    if (asker.containsKey("network")) {
      assertThat(Prefix.parse(asker.getString("network")).contains(who)).as(what).isTrue();
    }
    if (asker.containsKey("rule") && subnet.isEmpty()) {
      assertThat(Prefix.parse(asker.getString("rule")).contains(who)).as(what).isTrue();
    }
  }

  private static void compareTerms(JsonObject site, String what) {
    double sum = 0;
    for (Object term : site.getJsonArray("terms", new JsonArray())) {
      sum += ((JsonObject) term).getDouble("contribution");
    }
    if (site.containsKey("score")) {
      assertThat(sum).as(what).isCloseTo(site.getDouble("score"), within(0.005));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"round-robin", "weighted, by = weight", "weighted, by = capacity"})
  void sharesByTurnAreThoseThatAreAnswered(String kind) {
    serve(
        "policy { kind = chain, steps = [ { kind = static, rules = [ { prefixes ="
            + " [\"10.0.0.0/9\"], sites = [tokyo, frankfurt] } ] }, { kind = "
            + kind
            + " } ] }");
    for (String resolver : List.of("10.1.2.3", "10.200.2.3")) {
      JsonObject explained = explain(resolver, Optional.empty());
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i < PrefixSlots.COUNT; i++) {
        JsonArray answered = addresses(network.ask(OWN, Type.A, resolver));
        counts.merge(answered.getString(0), 1, Integer::sum);
      }
      for (Object each : explained.getJsonArray("order")) {
        JsonObject site = (JsonObject) each;
        assertThat(counts.getOrDefault(site.getString("address"), 0))
            .as("%s: %s", resolver, explained)
            .isEqualTo((int) Math.round(site.getDouble("share", 0.0) * PrefixSlots.COUNT));
      }
      assertThat(explained.getJsonObject("asker").getString("text")).contains("take turns");
      assertThat(explained.getJsonObject("asker").containsKey("rule"))
          .isEqualTo(resolver.equals("10.1.2.3"));
    }
  }

  @Test
  void eachStepTellsItsBoundAndWhomItTookOutByHowMuch() {
    serve(
        "policy { kind = chain, steps = [ { kind = within, latency = 100ms }, { kind = first,"
            + " count = 1 }, { kind = shed, from = 0.5, to = 0.9 } ] }");
    JsonObject explained = explain("10.1.2.3", Optional.empty());

    JsonArray steps = explained.getJsonArray("steps");
    assertThat(steps.getJsonObject(0).getString("text"))
        .isEqualTo(
            "goes on with those that are worse than the best by at most 100.0 ms of latency");
    assertThat(steps.getJsonObject(0).getJsonArray("out"))
        .containsExactly("tokyo: worse by 150.0 ms of latency, at most 100.0 ms of latency");
    assertThat(steps.getJsonObject(1).getJsonArray("out")).containsExactly("frankfurt: number 2");
    assertThat(steps.getJsonObject(2).getJsonArray("out")).isEmpty();
    assertThat(explained.getJsonArray("order").getJsonObject(2).getJsonObject("taken-out"))
        .isEqualTo(new JsonObject().put("step", 1).put("value", 150.0).put("most", 100.0));
  }

  @Test
  void aSiteThatShedsTellsItsLoadAndWhetherThisPrefixIsConcerned() {
    serve("policy { kind = shed, from = 0.5, to = 0.9 }");
    network.sites.reportsLoad(Network.NEW_YORK, 0.7);
    network.pass(Duration.ofMinutes(30));
    int shed = 0;
    for (int i = 0; i < 250; i++) {
      JsonObject explained = explain("10.0." + i + ".1", Optional.empty());
      JsonObject newYork =
          explained.getJsonArray("order").stream()
              .map(JsonObject.class::cast)
              .filter(it -> it.getString("site").equals("newyork"))
              .findFirst()
              .orElseThrow();
      assertThat(newYork.getJsonObject("shed").getDouble("share")).isEqualTo(0.5);
      assertThat(newYork.getJsonObject("shed").getBoolean("here"))
          .isEqualTo(!explained.getString("site").equals("newyork"));
      shed += newYork.getJsonObject("shed").getBoolean("here") ? 1 : 0;
    }
    assertThat(shed).isBetween(90, 160);
  }

  @Test
  void nobodyIsSaidToGiveUpAPrefixThatAllWouldGiveUp() {
    serve("policy { kind = shed, from = 0.5, to = 0.9 }");
    ADDRESSES.values().forEach(address -> network.sites.reportsLoad(address, 0.95));
    network.pass(Duration.ofMinutes(30));
    JsonObject explained = explain("10.1.2.3", Optional.empty());
    assertThat(explained.getString("site")).isEqualTo("newyork");
    for (Object each : explained.getJsonArray("order")) {
      JsonObject shed = ((JsonObject) each).getJsonObject("shed");
      assertThat(shed.getDouble("share")).isEqualTo(1);
      assertThat(shed.getBoolean("here")).isFalse();
    }
  }

  @Test
  void aLoadThatIsReportedInNumbersCountsAsAShareOfTheConfiguredCapacity() {
    network.measuredOwnLabel(
        zone("policy { kind = shed, from = 0.5, to = 0.9 }", "load-unit = capacity"));
    network.sites.reportsLoad(Network.NEW_YORK, 70); // of 100
    network.sites.reportsLoad(Network.TOKYO, 70); // of 600
    network.pass(Duration.ofMinutes(30));

    for (Object each : explain("10.1.2.3", Optional.empty()).getJsonArray("order")) {
      JsonObject site = (JsonObject) each;
      JsonObject shed = site.getJsonObject("shed");
      switch (site.getString("site")) {
        case "newyork" -> {
          assertThat(shed.getDouble("load")).isEqualTo(0.7);
          assertThat(shed.getDouble("share")).isEqualTo(0.5);
        }
        case "tokyo" -> {
          assertThat(shed.getDouble("load")).isEqualTo(0.117);
          assertThat(shed.getDouble("share")).isZero();
        }
        default -> assertThat(shed.getDouble("load")).isZero();
      }
    }
    int newYorks = 0;
    for (int i = 0; i < 250; i++) {
      JsonArray answered = addresses(network.ask(OWN, Type.A, "10.0." + i + ".1"));
      newYorks += answered.contains(Network.NEW_YORK) ? 1 : 0;
    }
    assertThat(newYorks).as("half of the prefixes stay").isBetween(90, 160);
  }

  @ParameterizedTest
  @ValueSource(strings = {"last-good", "all", "fallback, addresses = [\"192.0.2.99\"]", "none"})
  void everythingDownIsExplainedByTheRuleThatCounts(String rule) {
    serve("all-down { answer = " + rule + " }");
    ADDRESSES.values().forEach(network.sites::dies);
    network.pass(Duration.ofMinutes(10));
    String expected =
        switch (rule.substring(0, 2)) {
          case "la" -> "the last good order goes on";
          case "al" -> "the addresses of all sites are answered";
          case "fa" -> "the fallback addresses are answered";
          default -> "no address is answered";
        };

    JsonObject explained = explain("10.1.2.3", Optional.empty());
    Message answer = network.ask(OWN, Type.A, "10.1.2.3");

    assertThat(explained.getString("basis-reason")).isEqualTo("every site is down: " + expected);
    assertThat(explained.getJsonArray("order").getJsonObject(0).getString("reason"))
        .endsWith(expected);
    assertThat(addresses(answer)).isEqualTo(explained.getJsonArray("addresses"));
    assertThat(answer.getOPT().toString()).contains("every site is down: " + expected);
    assertThat(explained.containsKey("margin")).isFalse();
  }

  @Test
  void manualFailbackIsExplainedInWords() {
    serve("policy { kind = failover, order = [newyork, frankfurt, tokyo], failback = manual }");
    assertThat(explain("10.1.2.3", Optional.empty()).getJsonObject("margin").getString("text"))
        .contains("stays until it fails, is taken out, or an operator fails back")
        .contains("dglb site failback www.lb.foobar.test");
  }

  static JsonArray addresses(Message answer) {
    JsonArray addresses = new JsonArray();
    for (Record record : answer.getSection(Section.ANSWER)) {
      addresses.add(record.rdataToString());
    }
    return addresses;
  }

  private JsonObject explain(String resolver, Optional<Prefix> subnet) {
    Map<String, String> parameters = new HashMap<>(Map.of("resolver", resolver));
    subnet.ifPresent(it -> parameters.put("subnet", it.toString()));
    return Explained.address(network, OWN, parameters);
  }
}
