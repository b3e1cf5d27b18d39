package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Asked;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Five addresses are probed every 30 s; a service is idle after 30 min, then every 4 min. */
class IdleServicesTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final int ADDRESSES = 5;

  @TempDir private Path directory;
  private Network network;
  private InMemorySession session;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
    session = network.measuredOwnLabel();
  }

  private long probesWithin(Duration time) {
    long before = network.sites.probes();
    network.pass(time);
    return network.sites.probes() - before;
  }

  private long ttl() {
    return network.ask(OWN, Type.A).getSection(Section.ANSWER).getFirst().getTTL();
  }

  @Test
  void probesRarelyWhatNobodyAsksFor() {
    network.pass(Duration.ofMinutes(40));
    assertThat(network.loadBalancer().figures().idleServices()).isEqualTo(1);
    assertThat(probesWithin(Duration.ofMinutes(40))).isBetween(8L * ADDRESSES, 12L * ADDRESSES);
  }

  @Test
  void goesOnProbingWhatSomebodyAsksForNowAndThen() {
    for (int i = 0; i < 6; i++) {
      network.pass(Duration.ofMinutes(20));
      network.ask(OWN, Type.A);
    }
    assertThat(network.loadBalancer().figures().idleServices()).isZero();
    assertThat(probesWithin(Duration.ofMinutes(10))).isGreaterThan(18L * ADDRESSES);
  }

  @Test
  void aQuestionHasSitesProbedAtOnceAndTheAnswerBeforeThatIsKeptShortly() {
    network.pass(Duration.ofMinutes(43));
    assertThat(ttl()).isEqualTo(30);
    // All but those that happen to have been probed within the last interval.
    assertThat(probesWithin(Duration.ofSeconds(1))).isBetween(3L, (long) ADDRESSES);
    assertThat(ttl()).isEqualTo(300);
    assertThat(network.loadBalancer().figures().idleServices()).isZero();
  }

  private void askedAtTheBackbone(String... services) {
    Asked asked = Asked.newBuilder().addAllServices(List.of(services)).build();
    network.receive(session, Frame.newBuilder().setAsked(asked).build());
  }

  @Test
  void goesOnProbingWhatTheBackboneIsAskedForAndAnswersItself() {
    for (int i = 0; i < 6; i++) {
      network.pass(Duration.ofMinutes(20));
      askedAtTheBackbone(Network.SERVICE);
    }
    assertThat(network.loadBalancer().figures().idleServices()).isZero();
    assertThat(probesWithin(Duration.ofMinutes(10))).isGreaterThan(18L * ADDRESSES);
  }

  @Test
  void aQuestionAtTheBackboneHasSitesOfAnIdleServiceProbedAtOnce() {
    network.pass(Duration.ofMinutes(43));
    assertThat(network.loadBalancer().figures().idleServices()).isEqualTo(1);
    askedAtTheBackbone("unknown.foobar.test", Network.SERVICE);
    assertThat(probesWithin(Duration.ofSeconds(1))).isBetween(3L, (long) ADDRESSES);
    assertThat(network.loadBalancer().figures().idleServices()).isZero();
  }

  @Test
  void whatTheBackboneSaysOfOtherServicesWakesNothing() {
    network.pass(Duration.ofMinutes(43));
    askedAtTheBackbone("unknown.foobar.test");
    assertThat(probesWithin(Duration.ofSeconds(1))).isZero();
    assertThat(network.loadBalancer().figures().idleServices()).isEqualTo(1);
    askedAtTheBackbone("no..name");
    assertThat(session.sent().getLast().getError().getCode()).isEqualTo(ErrorCode.ERROR_MALFORMED);
  }

  @Test
  void askingForNameServersIsNoDemand() {
    for (int i = 0; i < 4; i++) {
      network.pass(Duration.ofMinutes(20));
      network.ask(OWN, Type.NS);
    }
    assertThat(network.loadBalancer().figures().idleServices()).isEqualTo(1);
  }
}
