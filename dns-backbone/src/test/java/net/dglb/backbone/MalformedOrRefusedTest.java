package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.WireAddresses;
import net.dglb.mapping.convert.WireServices;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Estimates;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Mode;
import net.dglb.mapping.wire.Prefix;
import net.dglb.mapping.wire.Register;
import net.dglb.mapping.wire.Service;
import net.dglb.mapping.wire.TargetEstimate;
import net.dglb.mapping.wire.Unregister;
import net.dglb.mapping.wire.Version;
import org.junit.jupiter.api.Test;

/** A malformed message ends its session; a request that is refused does not; neither costs data. */
class MalformedOrRefusedTest {

  private static final int CORRELATION = 7;

  private final VirtualBackbone backbone = new VirtualBackbone();
  private final ControlPlane plane = backbone.start("b1", "198.18.0.1", false);
  private final InMemorySession balancer = new InMemorySession(NodeRole.LOAD_BALANCER, "lb-nyc");

  @Test
  void aPrefixLengthThatCannotBeEndsTheSessionAndTheStoredAnnouncementStays() {
    plane.reception().opened(balancer);
    receive(balancer, Frame.newBuilder().setAnnounce(announcement(1, "203.0.113.0/24")));
    Prefix wrong =
        Prefix.newBuilder()
            .setOctets(ByteString.copyFrom(new byte[] {(byte) 198, 51, 100, 0}))
            .setLength(99)
            .build();

    receive(
        balancer,
        Frame.newBuilder().setAnnounce(announcement(2).toBuilder().addResolverPrefixes(wrong)));

    assertMalformed(balancer, "prefix");
    assertThat(plane.view().index().sizes()[0]).as("announced prefixes").isEqualTo(1);
  }

  @Test
  void anImpossibleNumberEndsTheSession() {
    plane.reception().opened(balancer);

    receive(
        balancer,
        Frame.newBuilder()
            .setAnnounce(announcement(1, "203.0.113.0/24").toBuilder().setDnsPort(70_000)));

    assertMalformed(balancer, "70000");
  }

  @Test
  void anEstimateThatCannotBeEndsTheSession() {
    plane.reception().opened(balancer);

    receive(
        balancer,
        Frame.newBuilder()
            .setEstimates(
                Estimates.newBuilder()
                    .setPlace("lb-nyc")
                    .addTargets(TargetEstimate.newBuilder().setMeasured(true).setLoss(7))));

    assertMalformed(balancer, "estimates of \"lb-nyc\"");
  }

  @Test
  void aNameThatIsNoneEndsTheSessionAndTheRegisteredZoneStays() {
    InMemorySession authority = backbone.authority(plane, Samples.aliased(1));

    receive(
        authority,
        Frame.newBuilder().setUnregister(Unregister.newBuilder().setOrigin("not a name")));

    assertMalformed(authority, "not a name");
    assertThat(plane.view().registry().list()).hasSize(1);
  }

  @Test
  void anAnnouncementThatIsNotPermittedIsRefusedAndTheSessionGoesOn() {
    plane.reception().opened(balancer);

    receive(balancer, Frame.newBuilder().setAnnounce(announcement(1, "10.0.0.0/8")));

    assertRefused(balancer, ErrorCode.ERROR_NOT_PERMITTED);
    receive(balancer, Frame.newBuilder().setAnnounce(announcement(2, "203.0.113.0/24")));
    assertThat(balancer.sent()).anyMatch(Frame::hasAnnounceAck);
  }

  @Test
  void anOldVersionIsRefusedAndTheSessionGoesOn() {
    plane.reception().opened(balancer);
    receive(balancer, Frame.newBuilder().setAnnounce(announcement(2, "203.0.113.0/24")));

    receive(balancer, Frame.newBuilder().setAnnounce(announcement(1, "203.0.113.0/24")));

    assertRefused(balancer, ErrorCode.ERROR_OLD_VERSION);
  }

  @Test
  void aZoneAgainstTheRulesOfTheModelIsRefusedAndTheSessionGoesOn() {
    InMemorySession authority = backbone.authority(plane, Samples.aliased(1));
    net.dglb.mapping.wire.EnterpriseZone zone = WireServices.toWire(Samples.aliased(2));
    Service withoutSites = zone.getServices(0).toBuilder().clearSites().build();

    register(authority, zone.toBuilder().setServices(0, withoutSites));

    assertRefused(authority, ErrorCode.ERROR_INVALID);
    register(authority, zone.toBuilder());
    assertThat(authority.sent()).filteredOn(Frame::hasRegistered).hasSize(2);
  }

  @Test
  void aModeOfANewerSenderIsRefusedAndTheSessionGoesOn() {
    InMemorySession authority = backbone.authority(plane, Samples.aliased(1));
    net.dglb.mapping.wire.EnterpriseZone zone = WireServices.toWire(Samples.aliased(2));
    Service newer = zone.getServices(0).toBuilder().setModeValue(99).build();
    assertThat(newer.getMode()).isEqualTo(Mode.UNRECOGNIZED);

    register(authority, zone.toBuilder().setServices(0, newer));

    assertRefused(authority, ErrorCode.ERROR_INVALID);
  }

  private static void assertMalformed(InMemorySession session, String words) {
    Error error = error(session);
    assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_MALFORMED);
    assertThat(error.getFatal()).isTrue();
    assertThat(error.getText()).contains(words);
    assertThat(session.isOpen()).isFalse();
  }

  private static void assertRefused(InMemorySession session, ErrorCode code) {
    Error error = error(session);
    assertThat(error.getCode()).as(error.getText()).isEqualTo(code);
    assertThat(error.getFatal()).isFalse();
    assertThat(session.isOpen()).isTrue();
    assertThat(session.sent(Frame::hasError).getLast().getCorrelation()).isEqualTo(CORRELATION);
  }

  private static Error error(InMemorySession session) {
    List<Frame> errors = session.sent(Frame::hasError);
    assertThat(errors).hasSize(1);
    return errors.getFirst().getError();
  }

  private void receive(InMemorySession session, Frame.Builder frame) {
    plane.reception().received(session, frame.setCorrelation(CORRELATION).build());
    backbone.advance(Duration.ofSeconds(1));
  }

  private void register(
      InMemorySession session, net.dglb.mapping.wire.EnterpriseZone.Builder zone) {
    receive(session, Frame.newBuilder().setRegister(Register.newBuilder().setZone(zone)));
  }

  private static Announce announcement(int counter, String... prefixes) {
    Announce.Builder announcement =
        Announce.newBuilder()
            .setVersion(Version.newBuilder().setGeneration(1).setCounter(counter))
            .setPages(1)
            .setDnsPort(53)
            .addAddresses(WireAddresses.toWire(InetAddress.ofLiteral("198.18.1.1")));
    for (String prefix : prefixes) {
      announcement.addResolverPrefixes(WireAddresses.toWire(net.dglb.net.Prefix.parse(prefix)));
    }
    return announcement.build();
  }
}
