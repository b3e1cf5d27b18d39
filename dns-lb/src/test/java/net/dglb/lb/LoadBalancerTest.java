package net.dglb.lb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.AnnounceAck;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class LoadBalancerTest {

  private static final String OWN = "lb-nyc-1." + Network.SERVICE;
  private static final String OTHER = "lb-tyo-1." + Network.SERVICE;

  @TempDir private Path directory;
  private Network network;

  @BeforeEach
  void start() {
    network = new Network(directory).started();
  }

  @Test
  void answersFromDiskBeforeAnySessionIsUp() {
    InMemorySession session = network.measuredOwnLabel();
    network.assign(session, "lb-tyo-1");
    network.tokyoMeasured(session, Network.TOKYO, 5, Network.NEW_YORK, 150);
    network.pass(Duration.ofMinutes(1));
    network.restart();
    Message answer = network.ask(OWN, Type.A);
    assertThat(answer.getSection(Section.ANSWER).getFirst().rdataToString())
        .isEqualTo(Network.NEW_YORK);
    assertThat(answer.getSection(Section.ANSWER).getFirst().getTTL()).isEqualTo(300);
    assertThat(network.answers(OTHER, Type.A)).containsExactly(Network.TOKYO);
    assertThat(network.loadBalancer().labelsNotReady()).isEmpty();
  }

  @Test
  void remembersOverARestartThatALabelIsEnding() {
    InMemorySession session = network.measuredOwnLabel();
    network.end(session, "lb-nyc-1", 60);
    network.pass(Duration.ofSeconds(10));
    network.restart();
    assertThat(network.answers(OWN, Type.A)).hasSize(1);
    network.pass(Duration.ofSeconds(51));
    assertThat(network.ask(OWN, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void publishesTheTextOfAnAddressCheckAndThenAcknowledgesIt() {
    InMemorySession session = network.open("backbone-1");
    network.check(session, "4711._dglb.lb.foobar.test", "3fb2");
    assertThat(session.sent(Frame::hasAddressCheckAck)).isEmpty();
    network.pass(Duration.ofSeconds(1));
    assertThat(network.answers("4711._dglb.lb.foobar.test", Type.TXT)).containsExactly("3fb2");
    Frame ack = session.sent(Frame::hasAddressCheckAck).getFirst();
    assertThat(ack.getCorrelation()).isEqualTo(5);
    assertThat(ack.getAddressCheckAck().getName()).isEqualTo("4711._dglb.lb.foobar.test");
  }

  @Test
  void reportsEverythingToANewSessionAndThenChanges() {
    network.measuredOwnLabel();
    network.pass(Duration.ofSeconds(10));
    InMemorySession late = network.open("backbone-2");
    PlaceEstimates all = Network.estimates(late.sent(Frame::hasEstimates).getFirst());
    assertThat(all.place()).isEqualTo("lb-nyc-1");
    assertThat(all.states()).hasSize(3);
    late.clear();
    network.pass(Duration.ofSeconds(40));
    assertThat(late.sent(Frame::hasEstimates)).isNotEmpty();
  }

  @Test
  void saysAgainOnceAMinuteWhatWasNotGrantedUntilItIs() {
    InMemorySession session = network.open("backbone-1");
    Frame said = session.sent(Frame::hasAnnounce).getLast();
    Error error = Error.newBuilder().setCode(ErrorCode.ERROR_NOT_PERMITTED).setText("no").build();
    Frame refusal =
        Frame.newBuilder().setCorrelation(said.getCorrelation()).setError(error).build();
    network.receive(session, refusal);
    assertThat(session.sent(Frame::hasAnnounce)).containsExactly(said);

    network.pass(Duration.ofMinutes(1));
    assertThat(session.sent(Frame::hasAnnounce)).as("the very same").containsExactly(said, said);
    network.receive(session, refusal);
    network.pass(Duration.ofMinutes(1));
    assertThat(session.sent(Frame::hasAnnounce)).hasSize(3);

    AnnounceAck ack = AnnounceAck.newBuilder().setVersion(said.getAnnounce().getVersion()).build();
    network.receive(session, Frame.newBuilder().setAnnounceAck(ack).build());
    network.pass(Duration.ofMinutes(3));
    assertThat(session.sent(Frame::hasAnnounce)).as("stored now").hasSize(3);
  }

  @Test
  void keepsAnsweringAfterItWithdrewForAsLongAsTheBackboneAsks() {
    InMemorySession session = network.measuredOwnLabel();
    AtomicBoolean gone = new AtomicBoolean();
    network.loadBalancer().leave(() -> gone.set(true));
    network.acknowledgeWithdrawal(session, 600);
    network.pass(Duration.ofSeconds(599));
    assertThat(gone).as("gone too early").isFalse();
    assertThat(network.answers(OWN, Type.A)).hasSize(1);
    network.pass(Duration.ofSeconds(2));
    assertThat(gone).isTrue();
  }

  @Test
  void leavesAtOnceWhenItHoldsNoLabel() {
    InMemorySession session = network.open("backbone-1");
    AtomicBoolean gone = new AtomicBoolean();
    network.loadBalancer().leave(() -> gone.set(true));
    network.acknowledgeWithdrawal(session, 600);
    network.pass(Duration.ofSeconds(1));
    assertThat(gone).isTrue();
  }

  @Test
  void servesOnAsLongAsReferralsAreCachedWhenNobodyCanSayHowLong() {
    network.close(network.measuredOwnLabel());
    AtomicBoolean gone = new AtomicBoolean();
    network.loadBalancer().leave(() -> gone.set(true));
    network.pass(Duration.ofSeconds(3599));
    assertThat(gone).isFalse();
    network.pass(Duration.ofSeconds(10));
    assertThat(gone).isTrue();
  }

  @Test
  void keepsSessionsToConfiguredNodesAndToThoseItIsToldOf() {
    assertThat(network.peers).hasSize(1);
    InMemorySession session = network.open("backbone-1");
    network.receive(
        session,
        Frame.newBuilder()
            .setBackboneNodes(
                net.dglb.mapping.convert.WireNodes.backboneNodes(
                    List.of(
                        new net.dglb.mapping.convert.NodeEndpoints(
                            "backbone-2",
                            List.of(net.dglb.net.Endpoint.parse("127.0.0.9:8853")),
                            Optional.empty()))))
            .build());
    assertThat(network.peers).hasSize(2);
    network.pass(Duration.ofSeconds(5));
    network.restart();
    assertThat(network.peers).as("after a restart").hasSize(2);
  }

  @Test
  void tellsEveryBackboneNodeHowBusyItIsNowAndThen() {
    InMemorySession first = network.open("backbone-1");
    network.pass(Duration.ofSeconds(21));
    InMemorySession second = network.open("backbone-2");

    assertThat(first.sent(Frame::hasLoad))
        .hasSize(2)
        .allSatisfy(it ->
            assertThat(it.getLoad().getMetricsMap()).containsEntry("queries-per-second", 12.5));
    assertThat(second.sent(Frame::hasLoad)).as("when its session opens").hasSize(1);
  }
}
