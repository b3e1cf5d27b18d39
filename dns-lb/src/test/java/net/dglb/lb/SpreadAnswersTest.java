package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.dns.share.SiteShare;
import net.dglb.net.AddressFamily;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Services whose policy does not give everybody the same. New York is the fastest site. */
class SpreadAnswersTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  private void serve(String policy) {
    network.measuredOwnLabel(Zones.zone(1, Network.SERVICE, "policy { " + policy + " }"));
  }

  private String answered(String resolver) {
    return network.ask(OWN, Type.A, resolver).getSection(Section.ANSWER).getFirst().rdataToString();
  }

  private Map<String, Integer> answeredTo(int prefixes) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < prefixes; i++) {
      counts.merge(answered("10." + i / 250 + "." + i % 250 + ".1"), 1, Integer::sum);
    }
    return counts;
  }

  private SiteShare share(String site) {
    return network.loadBalancer().shares().stream()
        .filter(it -> it.site().equals(site))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void givesEachSiteItsPercentageAndShowsWhatWasDecidedAndWhatWasAnswered() {
    serve("kind = percentages, shares { newyork = 20, frankfurt = 80 }");
    Map<String, Integer> counts = answeredTo(2_000);
    int frankfurt = counts.getOrDefault(Network.FRANKFURT, 0);
    assertThat(frankfurt).isBetween(1_500, 1_700);
    assertThat(counts).doesNotContainKey(Network.TOKYO);
    network.pass(Duration.ofSeconds(2));
    assertThat(share("frankfurt").decided().get(AddressFamily.IPV4)).isEqualTo(0.8, within(1e-9));
    assertThat(share("frankfurt").observed()).isEqualTo(frankfurt);
  }

  @Test
  void movesTheShareOfASiteThatDies() {
    serve("kind = percentages, shares { newyork = 20, frankfurt = 80 }");
    String newYorks = "";
    String frankfurts = "";
    for (int i = 0; newYorks.isEmpty() || frankfurts.isEmpty(); i++) {
      String resolver = "10.9." + i + ".1";
      if (answered(resolver).equals(Network.NEW_YORK)) {
        newYorks = resolver;
      } else {
        frankfurts = resolver;
      }
    }
    network.sites.dies(Network.FRANKFURT);
    network.pass(Duration.ofMinutes(2));
    assertThat(answered(newYorks)).isEqualTo(Network.NEW_YORK);
    assertThat(answered(frankfurts)).isEqualTo(Network.NEW_YORK);
    network.sites.answersAfter(Network.FRANKFURT, 80);
    network.pass(Duration.ofMinutes(2));
    assertThat(answered(newYorks)).isEqualTo(Network.NEW_YORK);
    assertThat(answered(frankfurts)).isEqualTo(Network.FRANKFURT);
  }

  @Test
  void givesAPrefixTheSiteThatIsSetForIt() {
    serve(
        "kind = static, rules = [ { prefixes = [\"198.51.100.0/24\"], sites = [tokyo, frankfurt] }"
            + " ]");
    assertThat(answered("198.51.100.7")).isEqualTo(Network.TOKYO);
    assertThat(answered("203.0.113.7")).isEqualTo(Network.NEW_YORK);
    network.sites.dies(Network.TOKYO);
    network.pass(Duration.ofMinutes(2));
    assertThat(answered("198.51.100.7")).isEqualTo(Network.FRANKFURT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind = percentages, shares { newyork = 20, frankfurt = 80 }",
        "kind = static, rules = [ { prefixes = [\"10.0.0.0/9\"], sites = [tokyo, frankfurt] } ]"
      })
  void isExplainedForEachResolverAsItIsAnswered(String policy) {
    serve(policy);
    Random random = new Random(1);
    Set<String> given = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      String resolver = "10.%d.%d.1".formatted(random.nextInt(256), random.nextInt(256));
      JsonObject explained =
          network
              .get("/explain/:name", Map.of("name", OWN, "resolver", resolver))
              .body()
              .getJsonArray("labels")
              .getJsonObject(0)
              .getJsonObject("answers")
              .getJsonObject("A");
      assertThat(explained.getJsonArray("addresses"))
          .as("%s: %s", resolver, explained)
          .isEqualTo(new JsonArray(List.of(answered(resolver))));
      given.add(explained.getString("site"));
    }
    assertThat(given).hasSize(2);
  }

  @Test
  void failsBackWhenAnOperatorSaysSo() {
    serve("kind = failover, order = [newyork, frankfurt, tokyo], failback = manual");
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(2));
    network.sites.answersAfter(Network.NEW_YORK, 10);
    network.pass(Duration.ofMinutes(10));
    assertThat(answered("198.51.100.7")).isEqualTo(Network.FRANKFURT);
    JsonObject about = new JsonObject().put("service", Network.SERVICE).put("why", "checked");
    assertThat(network.post("/sites/failback", about).status()).isEqualTo(200);
    network.pass(Duration.ofSeconds(1));
    assertThat(answered("198.51.100.7")).isEqualTo(Network.NEW_YORK);
    JsonObject other = about.copy().put("service", "other.lb.foobar.test");
    assertThat(network.post("/sites/failback", other).status()).isEqualTo(404);
  }

  @Test
  void takesTurns() {
    serve("kind = round-robin");
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      counts.merge(answered("198.51.100.7"), 1, Integer::sum);
    }
    assertThat(counts.keySet())
        .containsExactlyInAnyOrder(Network.NEW_YORK, Network.FRANKFURT, Network.TOKYO);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(990, 1_010));
  }

  @Test
  void keepsItsCompiledAnswersWhileNothingButEstimatesChanges() {
    serve("kind = hash");
    answeredTo(10);
    long before = network.loadBalancer().figures().catalogs();
    network.pass(Duration.ofMinutes(10));
    assertThat(network.loadBalancer().figures().catalogs()).isEqualTo(before);
  }

  @Test
  void answersAsManyAddressesAsTheServiceSays() {
    network.measuredOwnLabel(Zones.zone(1, Network.SERVICE, "answers { count = 2 }"));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK, Network.FRANKFURT);
    network.sites.dies(Network.FRANKFURT);
    network.sites.dies(Network.TOKYO);
    network.pass(Duration.ofMinutes(2));
    assertThat(network.answers(OWN, Type.A)).isEqualTo(List.of(Network.NEW_YORK));
  }
}
