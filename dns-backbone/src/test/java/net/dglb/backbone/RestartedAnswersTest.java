package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.net.Prefix;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A restart of a node changes nothing of what it answers itself. */
class RestartedAnswersTest extends RandomHistory {

  private static final String RESOLVER = "10.0.0.1";
  private static final String LONDON = "192.0.2.1";
  private static final String TOKYO = "192.0.2.2";

  private void begin(Policy policy) {
    begin(new Random(1), zone -> Samples.direct(Samples.ranked(zone, policy)));
    balancers.getFirst().announce(List.of(Prefix.parse("10.0.0.0/30")), List.of());
    pass(Duration.ofSeconds(2));
    answer();
    pass(Duration.ofSeconds(2));
  }

  private String answer() {
    return ask(main, Samples.WWW.toString(), Type.A, RESOLVER, null)
        .getSection(Section.ANSWER)
        .getFirst()
        .rdataToString();
  }

  /** What is measured at the first load balancer. */
  private void report(Health london, double londonMillis, double tokyoMillis) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    Service service = Samples.service(Samples.WWW);
    for (Site site : service.sites()) {
      boolean isLondon = site.id().equals("london");
      Estimate estimate = new Estimate(isLondon ? londonMillis : tokyoMillis, 0, 3, backbone.now());
      Health health = isLondon ? london : Health.UP;
      site.addresses()
          .forEach(address ->
              states.put(service.target(address), new SiteState(Optional.of(estimate), health)));
    }
    balancers.getFirst().report(states);
    pass(Duration.ofSeconds(10));
  }

  private JsonObject first() {
    return explain(Samples.WWW, RESOLVER, null)
        .getJsonObject("answers")
        .getJsonObject("A")
        .getJsonArray("order")
        .getJsonObject(0);
  }

  @Test
  void aSiteThatIsKeptByTheMarginIsKept() {
    begin(Policy.Latency.DEFAULT);
    report(Health.UP, 20, 90);
    report(Health.UP, 20, 19);
    assertThat(answer()).as("kept by the margin").isEqualTo(LONDON);

    restart();

    assertThat(answer()).as("at once").isEqualTo(LONDON);
    pass(Duration.ofSeconds(30));
    assertThat(answer()).as("later").isEqualTo(LONDON);
    assertThat(first().getString("reason")).startsWith("answered before");
  }

  @Test
  void aSiteThatStandsInUntilAnOperatorFailsBackDoesSo() {
    begin(
        new Policy.Failover(
            List.of("london", "tokyo"), false, Duration.ZERO, Duration.ofMinutes(5)));
    report(Health.UP, 20, 90);
    assertThat(answer()).isEqualTo(LONDON);
    report(Health.DOWN, 20, 90);
    report(Health.UP, 20, 90);
    assertThat(answer()).as("until an operator fails back").isEqualTo(TOKYO);

    restart();
    pass(Duration.ofSeconds(30));

    assertThat(answer()).isEqualTo(TOKYO);
  }

  @ParameterizedTest
  @ValueSource(strings = {LONDON, TOKYO})
  void anOrderWhoseMeasurementsAreTooOldGoesOn(String winner) {
    begin(Policy.Latency.DEFAULT);
    report(Health.UP, winner.equals(LONDON) ? 20 : 200, winner.equals(LONDON) ? 200 : 20);
    pass(Duration.ofMinutes(15));
    assertThat(answer()).isEqualTo(winner);
    assertThat(first().getString("reason")).contains("the last known order goes on");

    restart();

    assertThat(answer()).as("at once").isEqualTo(winner);
    pass(Duration.ofSeconds(30));
    assertThat(answer()).as("later").isEqualTo(winner);
    assertThat(first().getString("reason")).contains("the last known order goes on");
  }
}
