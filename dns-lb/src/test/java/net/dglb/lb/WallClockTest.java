package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.dglb.mapping.session.InMemorySession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Somebody sets the system's clock by an hour, back or on, while a load balancer runs. */
class WallClockTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final String OTHER = "lb-tyo-1." + Network.SERVICE;

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void answersStayAndFollowWhatIsMeasuredThen(int hours) {
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(5));

    network.timeline().setWallClock(Duration.ofHours(hours));
    for (int seconds = 0; seconds < 60; seconds++) {
      network.pass(Duration.ofSeconds(1));
      assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK);
    }
    network.sites.answersAfter(Network.NEW_YORK, 500);
    network.pass(Duration.ofMinutes(5));

    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void aSiteThatDiesIsLeftAsSoonAsEver(int hours) {
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(5));

    network.timeline().setWallClock(Duration.ofHours(hours));
    network.sites.dies(Network.NEW_YORK);
    network.pass(Duration.ofMinutes(2));

    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.FRANKFURT);
  }

  @Test
  void aLabelThatEndsIsAnsweredForItsTimeAtLeastAndThenNotForEver() {
    InMemorySession session = network.measuredOwnLabel();
    network.end(session, "lb-nyc-1", 7200);
    network.timeline().setWallClock(Duration.ofHours(1));
    network.pass(Duration.ofSeconds(7199));
    assertThat(network.answers(OWN, Type.A)).as("the clock was set on").hasSize(1);
    network.pass(Duration.ofSeconds(2));
    assertThat(network.ask(OWN, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);

    network.assign(session, "lb-nyc-1");
    network.pass(Duration.ofSeconds(10));
    network.end(session, "lb-nyc-1", 7200);
    network.timeline().setWallClock(Duration.ofHours(-1));
    network.pass(Duration.ofSeconds(7199));
    assertThat(network.answers(OWN, Type.A)).as("the clock was set back").hasSize(1);
    network.pass(Duration.ofHours(1).plusSeconds(2));
    assertThat(network.ask(OWN, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void anotherPlacesEstimatesCountAlsoWhenItsClockIsWrong(int hours) {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    for (String best : List.of(Network.TOKYO, Network.FRANKFURT)) {
      Instant there = network.timeline().now().plus(Duration.ofHours(hours));
      network.tokyoMeasured(session, there, best, 5, Network.NEW_YORK, 150);
      network.pass(Duration.ofSeconds(2));
      assertThat(network.answers(OTHER, Type.A)).containsExactly(best);
    }
  }

  @Test
  void anotherPlacesEstimatesAreTakenAgainSoonAfterClocksThatWereAheadAreSetRight() {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    network.timeline().setWallClock(Duration.ofHours(1));
    network.tokyoMeasured(session, Network.TOKYO, 5, Network.NEW_YORK, 150);
    network.pass(Duration.ofSeconds(2));
    assertThat(network.answers(OTHER, Type.A)).containsExactly(Network.TOKYO);

    network.timeline().setWallClock(Duration.ofHours(-1));
    for (int minutes = 0; minutes < 12; minutes++) {
      network.tokyoMeasured(session, Network.FRANKFURT, 5, Network.TOKYO, 150);
      network.pass(Duration.ofMinutes(1));
    }

    assertThat(network.answers(OTHER, Type.A)).containsExactly(Network.FRANKFURT);
  }
}
