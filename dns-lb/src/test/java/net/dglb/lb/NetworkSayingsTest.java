package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.mapping.convert.WireSayings;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** What operators said at the backbone, as a load balancer follows it. */
class NetworkSayingsTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path directory;
  private Network network;
  private InMemorySession session;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
    session = network.measuredOwnLabel();
  }

  private void said(InMemorySession from, long version, String... patternsAndStates) {
    Sayings sayings = Sayings.NONE;
    for (String each : patternsAndStates) {
      String[] words = each.split(" ", -1);
      sayings =
          sayings.with(
              new Saying(
                  SitePattern.parse(words[0]), Saying.state(words[1]), "ann", "fire", SINCE));
    }
    WireSayings.toWire(new NetworkSayings(version, sayings))
        .forEach(page -> network.receive(from, Frame.newBuilder().setSitesSaid(page).build()));
  }

  private String answer() {
    network.pass(Duration.ofSeconds(1));
    return network.answers(OWN, Type.A).getFirst();
  }

  @Test
  void aSiteThatIsTakenOutAtTheBackboneIsNotAnsweredAlsoAfterARestartWithoutTheBackbone() {
    assertThat(answer()).isEqualTo(Network.NEW_YORK);
    said(session, 3, "*/newyork down");
    assertThat(answer()).isEqualTo(Network.FRANKFURT);
    network.restart();
    assertThat(answer()).isEqualTo(Network.FRANKFURT);
    said(network.open("backbone-1"), 4);
    assertThat(answer()).as("taken back").isEqualTo(Network.NEW_YORK);
  }

  @Test
  void theHighestVersionOfAllNodesCounts() {
    said(session, 5, "newyork down");
    said(network.open("backbone-2"), 4);
    assertThat(answer()).isEqualTo(Network.FRANKFURT);
  }

  @Test
  void whatIsSaidHereStandsAboveItAndTheExplanationTellsBoth() {
    said(session, 3, "*/* drain", "newyork down");
    network.say("newyork", "up");
    assertThat(answer()).isEqualTo(Network.NEW_YORK);
    JsonArray order = network.explainedOrder();
    assertThat(order.getJsonObject(0).getJsonObject("said").getString("at")).isEqualTo("here");
    JsonObject second = order.getJsonObject(1).getJsonObject("said");
    assertThat(second.getString("at")).isEqualTo("the backbone");
    assertThat(second.getString("who")).isEqualTo("ann");
    assertThat(second.getString("why")).isEqualTo("fire");
    JsonObject listed = network.get("/sites/said", Map.of()).body();
    assertThat(listed.getJsonArray("network")).hasSize(2);
    assertThat(listed.getJsonArray("said")).hasSize(1);
    assertThat(listed.getLong("network-version")).isEqualTo(3);
  }
}
