package net.dglb.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Reason;
import net.dglb.net.DomainName;
import net.dglb.service.HealthCheck;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Ttls;
import org.junit.jupiter.api.Test;

/** What a rival must reach, as it is explained. */
class MarginTreeTest {

  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");

  private static final HealthCheck CHECK =
      new HealthCheck(
          HealthCheck.Kind.TCP,
          80,
          "",
          "",
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          2,
          3,
          List.of());

  private static final Service SERVICE =
      new Service(
          DomainName.of("www.example.org"),
          List.of(),
          Mode.ANSWER,
          List.of(new Site("one", List.of(ADDRESS), Optional.empty())),
          CHECK,
          new Policy.Latency(Duration.ofMillis(5), Duration.ofMinutes(5)),
          Ttls.DEFAULT,
          0);

  private static RankedSite probedEvery(int seconds, Health health) {
    Estimate estimate =
        new Estimate(
            20,
            0,
            0,
            10,
            Instant.EPOCH,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Duration.ofSeconds(seconds));
    return new RankedSite(
        "site",
        ADDRESS,
        health,
        Optional.empty(),
        false,
        Optional.of(estimate),
        false,
        OptionalDouble.of(20),
        OptionalDouble.empty(),
        Reason.LOWEST_SCORE,
        Optional.empty(),
        Optional.empty());
  }

  private static JsonObject margin(RankedSite... order) {
    return MarginTree.of(SERVICE, List.of(order)).orElseThrow();
  }

  @Test
  void goesByThePairAndNotByTheRarestOfAll() {
    JsonObject margin =
        margin(probedEvery(30, Health.UP), probedEvery(30, Health.UP), probedEvery(270, Health.UP));
    assertThat(margin.getDouble("lead-seconds")).isEqualTo(120);
    assertThat(margin.getDouble("lead-times-at-most")).isEqualTo(3);
    assertThat(margin.getString("text")).contains("exceeds 120.0 s; up to 3.0 times that");
  }

  @Test
  void countsTheOneThatIsAnsweredInEveryPair() {
    JsonObject margin =
        margin(
            probedEvery(270, Health.UP), probedEvery(30, Health.UP), probedEvery(270, Health.UP));
    assertThat(margin.getDouble("lead-seconds")).isEqualTo(360);
    assertThat(margin.containsKey("lead-times-at-most")).isFalse();
  }

  @Test
  void leavesOutWhoIsNoRival() {
    JsonObject margin =
        margin(
            probedEvery(30, Health.UP), probedEvery(30, Health.UP), probedEvery(270, Health.DOWN));
    assertThat(margin.getDouble("lead-seconds")).isEqualTo(120);
    assertThat(margin.containsKey("lead-times-at-most")).isFalse();
  }
}
