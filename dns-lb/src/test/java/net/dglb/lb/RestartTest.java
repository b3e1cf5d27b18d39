package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/** A restart changes no answer by itself, and what was under way goes on. */
class RestartTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final Duration STEP = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private Network network(String name, String policy) throws IOException {
    Path own = Files.createDirectory(directory.resolve(name));
    Network network = new Network(own, "probe.idle.after = 0s").started();
    network.measuredOwnLabel(Zones.zone(1, Network.SERVICE, policy));
    network.pass(Duration.ofMinutes(5));
    return network;
  }

  private static String answer(Network network) {
    return network.answers(OWN, Type.A).getFirst();
  }

  /** How long it takes until another address is answered, to half a minute. */
  private static Duration untilChange(Network network, Duration most) {
    String before = answer(network);
    Duration passed = Duration.ZERO;
    while (answer(network).equals(before)) {
      assertThat(passed).as("%s is answered all the time", before).isLessThan(most);
      network.pass(STEP);
      passed = passed.plus(STEP);
    }
    return passed;
  }

  private static int freshSeconds(Network network) {
    return network.explainedOrder().getJsonObject(0).getInteger("fresh-seconds");
  }

  @Test
  void theSiteThatIsAnsweredStaysWithinItsMarginAndWhatSpeaksForItsRivalGoesOn()
      throws IOException {
    Duration soon = Duration.ofMinutes(30);
    Network through = network("through", "");
    through.sites.answersAfter(Network.FRANKFURT, 8);
    through.pass(soon);
    Network restarted = network("restarted", "");
    restarted.sites.answersAfter(Network.FRANKFURT, 8);
    restarted.pass(soon);
    assertThat(answer(restarted)).isEqualTo(Network.NEW_YORK);
    assertThat(restarted.explainedOrder().getJsonObject(1).containsKey("lead")).isTrue();

    restarted.restart();
    assertThat(answer(restarted)).as("before anything is measured").isEqualTo(Network.NEW_YORK);
    assertThat(freshSeconds(restarted)).as("of a saved estimate").isEqualTo(7 * 24 * 3600);
    restarted.pass(Duration.ofMinutes(1));
    assertThat(freshSeconds(restarted)).as("of a new one").isEqualTo(300);
    assertThat(answer(restarted)).as("after the first round").isEqualTo(Network.NEW_YORK);

    Duration most = Duration.ofHours(2);
    Duration left = untilChange(restarted, most).plusMinutes(1);
    assertThat(left).isBetween(untilChange(through, most).minusMinutes(3), most);
    assertThat(answer(restarted)).isEqualTo(answer(through)).isEqualTo(Network.FRANKFURT);
  }

  @Test
  void aFailbackDelayThatHasBegunGoesOn() throws IOException {
    Network network =
        network(
            "failover",
            """
            policy {
              kind = failover, order = [newyork, frankfurt, tokyo], failback-delay = 30m
            }
            """);
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(5));
    network.sites.answersAfter(Network.NEW_YORK, 10);
    network.pass(Duration.ofMinutes(10));
    network.restart();
    assertThat(answer(network)).isEqualTo(Network.FRANKFURT);
    network.pass(Duration.ofMinutes(15));
    assertThat(answer(network)).as("25 minutes after its return").isEqualTo(Network.FRANKFURT);
    assertThat(untilChange(network, Duration.ofMinutes(10)))
        .as("not 30 minutes after the restart")
        .isLessThanOrEqualTo(Duration.ofMinutes(7));
    assertThat(answer(network)).isEqualTo(Network.NEW_YORK);
  }

  @Test
  void theLastGoodOrderOutlivesARestartWhileEverySiteIsDown() throws IOException {
    Network network = network("down", "");
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(5));
    network.sites.dies(Network.FRANKFURT);
    network.sites.dies(Network.TOKYO);
    network.pass(Duration.ofMinutes(5));
    String lastGood = answer(network);
    assertThat(lastGood).isNotEqualTo(Network.NEW_YORK);
    network.restart();
    assertThat(answer(network)).isEqualTo(lastGood);
    network.pass(Duration.ofMinutes(5));
    assertThat(answer(network)).isEqualTo(lastGood);
  }

  @Test
  void anUnreadableRankingIsLeftOut() throws IOException {
    Network network = network("broken", "");
    network.disk.getOrDefault("rankings", Map.of()).replaceAll((_, _) -> new byte[] {1, 2, 3});
    network.restart();
    assertThat(answer(network)).isEqualTo(Network.NEW_YORK);
  }
}
