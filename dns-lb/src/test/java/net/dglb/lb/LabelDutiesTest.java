package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class LabelDutiesTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final Duration ROUND = Duration.ofSeconds(2);

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  @Test
  void acknowledgesItsOwnLabelOnlyAfterTheFirstRoundOfProbes() {
    InMemorySession session = network.open("backbone-1");
    network.update(session, Zones.zone(1));
    network.assign(session, "lb-nyc-1");
    network.pass(Duration.ofMillis(100));
    assertThat(session.sent(Frame::hasDutyAck)).as("before Tokyo has answered").isEmpty();
    network.pass(ROUND);
    Frame ack = session.sent(Frame::hasDutyAck).getFirst();
    assertThat(ack.getCorrelation()).isEqualTo(77);
    assertThat(ack.getDutyAck().getLabel()).isEqualTo("lb-nyc-1");
    assertThat(ack.getDutyAck().getZoneVersion()).isEqualTo(1);
  }

  @Test
  void namesTheZonesThatItKeepsWheneverASessionOpensAndDropsWhatIsGone() {
    InMemorySession first = network.measuredOwnLabel();
    assertThat(first.sent(Frame::hasZonesHeld)).as("it kept nothing").isEmpty();
    network.close(first);
    network.restart();

    InMemorySession again = network.open("backbone-1");
    assertThat(again.sent(Frame::hasZonesHeld))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.getZonesHeld().getZones(0).getOrigin()).isEqualTo("lb.foobar.test");
          assertThat(it.getZonesHeld().getZones(0).getVersion()).isEqualTo(1);
        });
    network.removeZone(again, 1, 0);
    network.pass(ROUND);
    assertThat(network.ask(OWN, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(network.open("backbone-2").sent(Frame::hasZonesHeld)).isEmpty();
  }

  @Test
  void acknowledgesToEachBackboneNodeThatAsks() {
    InMemorySession first = network.measuredOwnLabel();
    InMemorySession second = network.open("backbone-2");
    network.assign(second, "lb-nyc-1");
    network.pass(ROUND);
    assertThat(first.sent(Frame::hasDutyAck)).hasSize(1);
    assertThat(second.sent(Frame::hasDutyAck)).hasSize(1);
  }

  @Test
  void repeatsTheAcknowledgementOfEveryDutyToTheNodeThatGaveIt() {
    InMemorySession first = network.measuredOwnLabel();
    network.assign(first, "lb-tyo-1");
    network.pass(ROUND);
    network.close(first);
    InMemorySession again = network.open("backbone-1");
    InMemorySession other = network.open("backbone-2");
    network.pass(ROUND);
    assertThat(again.sent(Frame::hasDutyAck))
        .extracting(frame -> frame.getDutyAck().getLabel())
        .containsExactlyInAnyOrder("lb-nyc-1", "lb-tyo-1");
    assertThat(other.sent(Frame::hasDutyAck)).as("to one that gave no duty").isEmpty();
  }

  @Test
  void repeatsAcknowledgementsAfterItsOwnRestartOnceItsLabelsAreMeasured() {
    network.measuredOwnLabel();
    network.pass(Duration.ofMinutes(2));
    network.restart();
    InMemorySession session = network.open("backbone-1");
    network.pass(ROUND);
    assertThat(session.sent(Frame::hasDutyAck))
        .singleElement()
        .satisfies(frame -> assertThat(frame.getDutyAck().getZoneVersion()).isEqualTo(1));
  }

  @Test
  void aDutyThatItsNodeDoesNotKnowAnyMoreEnds() {
    InMemorySession session = network.measuredOwnLabel();
    network.close(session);
    InMemorySession again = network.open("backbone-1");
    network.pass(ROUND);
    assertThat(again.sent(Frame::hasDutyAck)).hasSize(1);
    network.end(again, "lb-nyc-1", 7200);
    network.pass(Duration.ofSeconds(7199));
    assertThat(network.answers(OWN, Type.A)).as("for NS TTL and CNAME TTL").hasSize(1);
    network.pass(Duration.ofSeconds(2));
    assertThat(network.ask(OWN, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void waitsForTheServiceOfADuty() {
    InMemorySession session = network.open("backbone-1");
    network.assign(session, "lb-nyc-1");
    network.pass(ROUND);
    assertThat(session.sent(Frame::hasDutyAck)).isEmpty();
    network.update(session, Zones.zone(1));
    network.pass(ROUND);
    assertThat(session.sent(Frame::hasDutyAck)).hasSize(1);
  }

  @Test
  void takesInAZoneOfManyPages() {
    InMemorySession session = network.open("backbone-1");
    network.update(session, Zones.largeZone(1));
    network.assign(session, "lb-nyc-1");
    network.pass(ROUND);
    assertThat(session.sent(Frame::hasError)).isEmpty();
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK);
  }

  @Test
  void losingASessionTakesNothingAway() {
    InMemorySession session = network.measuredOwnLabel();
    network.close(session);
    network.pass(Duration.ofHours(5));
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK);
  }

  @Test
  void servesALabelWhileAnyBackboneNodeWantsIt() {
    InMemorySession first = network.measuredOwnLabel();
    InMemorySession second = network.open("backbone-2");
    network.assign(second, "lb-nyc-1");
    network.end(first, "lb-nyc-1", 60);
    network.pass(Duration.ofHours(1));
    assertThat(network.answers(OWN, Type.A)).hasSize(1);
    network.end(second, "lb-nyc-1", 60);
    network.pass(Duration.ofSeconds(59));
    assertThat(network.answers(OWN, Type.A)).as("for the time to serve on").hasSize(1);
    network.pass(Duration.ofSeconds(2));
    assertThat(network.ask(OWN, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void aDutyThatComesBackIsNotEnded() {
    InMemorySession session = network.measuredOwnLabel();
    network.end(session, "lb-nyc-1", 60);
    network.assign(session, "lb-nyc-1");
    network.pass(Duration.ofHours(1));
    assertThat(network.answers(OWN, Type.A)).hasSize(1);
  }

  @Test
  void servesOnWhenAZoneIsRemovedAndThenStops() {
    InMemorySession session = network.measuredOwnLabel();
    network.removeZone(session, 2, 90);
    network.pass(Duration.ofSeconds(89));
    assertThat(network.answers(OWN, Type.A)).hasSize(1);
    network.pass(Duration.ofSeconds(2));
    assertThat(network.ask(OWN, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void aServiceThatItsZoneDroppedIsAnsweredUntilItsDutyEnds() {
    InMemorySession session = network.measuredOwnLabel();
    network.update(session, Zones.zone(2, "other.lb.foobar.test"));
    network.pass(ROUND);
    network.restart();
    assertThat(network.answers(OWN, Type.A)).containsExactly(Network.NEW_YORK);
  }

  @Test
  void anOlderZoneChangesNothing() {
    InMemorySession session = network.open("backbone-1");
    network.update(session, Zones.zone(5));
    network.update(session, Zones.zone(4, "other.lb.foobar.test"));
    network.assign(session, "lb-nyc-1");
    network.pass(ROUND);
    assertThat(network.answers(OWN, Type.A)).hasSize(1);
  }

  @Test
  void aDutyThatCannotBeEndsTheSessionAndTheOthersStay() {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "not a label");
    Frame error = session.sent(Frame::hasError).getFirst();
    assertThat(error.getError().getCode()).isEqualTo(ErrorCode.ERROR_MALFORMED);
    assertThat(error.getError().getText()).contains("not a label");
    assertThat(session.isOpen()).isFalse();
    assertThat(network.answers(OWN, Type.A)).hasSize(1);
  }

  @Test
  void probesTheSitesOfServicesThatItHasLabelsOfAndNoOthers() {
    InMemorySession session = network.open("backbone-1");
    network.update(session, Zones.zone(1));
    network.pass(Duration.ofMinutes(1));
    assertThat(network.sites.probes()).isZero();
    network.assign(session, "lb-tyo-1");
    network.pass(Duration.ofMillis(100));
    assertThat(network.sites.probes()).isEqualTo(5);
  }

  @Test
  void isReadyOnlyWhenItsLabelsAreMeasured() {
    InMemorySession session = network.open("backbone-1");
    network.update(session, Zones.zone(1));
    network.assign(session, "lb-nyc-1");
    assertThat(network.loadBalancer().labelsNotReady()).isNotEmpty();
    network.pass(ROUND);
    assertThat(network.loadBalancer().labelsNotReady()).isEmpty();
  }
}
