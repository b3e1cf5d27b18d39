package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** Where not everybody gets the same, the past too is explained to each asker as it was for him. */
class PastOrdersTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = latency",
        "kind = percentages, shares { newyork = 20, frankfurt = 30, tokyo = 50 }",
        "kind = hash",
        "kind = static, rules = [ { prefixes = [\"10.0.0.0/9\"], sites = [tokyo, frankfurt] },"
            + " { prefixes = [\"10.9.0.0/16\", \"2001:db8::/33\"], sites = [frankfurt] } ]",
        "kind = chain, steps = [ { kind = static, rules = ["
            + " { prefixes = [\"10.128.0.0/9\"], sites = [tokyo, newyork] } ] },"
            + " { kind = within, cost = 4 }, { kind = shed, from = 0.2, to = 0.9 },"
            + " { kind = percentages, shares { newyork = 1, frankfurt = 9, tokyo = 90 } } ]"
      })
  void ofThePastEachResolverIsShownItsOwnOrderOfThen(String policy) {
    network.measuredOwnLabel(
        SpreadExplanationsTest.zone("policy { " + policy + " }, answers { count = 2 }"));
    Random random = new Random(policy.hashCode());
    List<Asked> all = new ArrayList<>();
    for (int step = 0; step < 10; step++) {
      act(random);
      for (int i = 0; i < 10; i++) {
        String resolver =
            random.nextInt(4) == 0
                ? "2001:db8:%x::1".formatted(random.nextInt(65_536))
                : "10.%d.%d.1".formatted(random.nextInt(256), random.nextInt(256));
        JsonArray answered = SpreadExplanationsTest.addresses(network.ask(OWN, Type.A, resolver));
        JsonObject explained = explain(Map.of("resolver", resolver));
        all.add(new Asked(resolver, network.timeline().now(), answered, explained));
      }
      network.pass(Duration.ofSeconds(1));
    }
    network.restart();

    for (Asked one : all) {
      JsonObject then = explain(Map.of("resolver", one.resolver, "at", one.at.toString()));
      String what = policy + ": " + one + ": " + then.encode();
      assertThat(then.getJsonArray("addresses")).as(what).isEqualTo(one.answered);
      assertThat(then.getJsonArray("order").getJsonObject(0).getString("site"))
          .as(what)
          .isEqualTo(then.getString("site"));
      assertThat(then.containsKey("askers")).as(what).isFalse();
      assertThat(then.getJsonObject("asker", new JsonObject()))
          .as(what)
          .isEqualTo(one.explained.getJsonObject("asker", new JsonObject()));
    }
  }

  /** What a resolver was answered. */
  private record Asked(String resolver, Instant at, JsonArray answered, JsonObject explained) {}

  @Test
  void ofAPolicyWithTooManyPrefixesTheUsualOrderIsKeptAndThatIsSaid() {
    String prefixes =
        IntStream.range(0, 1_001)
            .mapToObj(i -> "\"10.%d.%d.0/24\"".formatted(i / 256, i % 256))
            .collect(Collectors.joining(", "));
    network.measuredOwnLabel(
        SpreadExplanationsTest.zone(
            "policy { kind = static, rules = [ { prefixes = [%s], sites = [tokyo] } ] }"
                .formatted(prefixes)));
    JsonObject then =
        explain(Map.of("resolver", "10.0.1.1", "at", network.timeline().now().toString()));

    assertThat(explain(Map.of("resolver", "10.0.1.1")).getString("site")).isEqualTo("tokyo");
    assertThat(then.getString("site")).isEqualTo("newyork");
    assertThat(then.getJsonObject("asker").getString("text"))
        .isEqualTo(
            "this is the order of those for whom no site is set: of each asker's own, 2 orders for"
                + " 1001 prefixes, nothing is kept");
  }

  private void act(Random random) {
    String address =
        List.of(Network.NEW_YORK, Network.FRANKFURT, Network.TOKYO).get(random.nextInt(3));
    switch (random.nextInt(4)) {
      case 0 -> network.sites.dies(address);
      case 1 -> network.sites.reportsLoad(address, random.nextInt(120) / 100.0);
      default -> network.sites.answersAfter(address, 1 + random.nextInt(300));
    }
    network.pass(Duration.ofSeconds(1 + random.nextInt(120)));
  }

  private JsonObject explain(Map<String, String> more) {
    return Explained.address(network, OWN, more);
  }
}
