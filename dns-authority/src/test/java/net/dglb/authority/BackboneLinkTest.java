package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Unregistered;
import net.dglb.net.DomainName;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.HealthCheck;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Ttls;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class BackboneLinkTest implements BackboneLink.Side {

  private static final DomainName LB = DomainName.of("lb.foobar.test");

  private final List<EnterpriseZone> zones = new ArrayList<>(List.of(zone("lb.foobar.test", 1)));
  private final Set<DomainName> leaving = new TreeSet<>();
  private final List<DomainName> removed = new ArrayList<>();
  private final BackboneLink link = new BackboneLink(this);
  private final InMemorySession session = new InMemorySession(NodeRole.BACKBONE, "b1");

  @Test
  void registersEachZoneOnceOnASessionAndAgainOnlyWhatChanged() {
    link.opened(session);
    link.registerAll();
    assertThat(said()).containsExactly("register lb.foobar.test 1");

    zones.add(zone("shop.foobar.test", 1));
    link.registerAll();
    zones.set(0, zone("lb.foobar.test", 2));
    link.registerAll();

    assertThat(said())
        .containsExactly(
            "register lb.foobar.test 1",
            "register shop.foobar.test 1",
            "register lb.foobar.test 2");
  }

  @Test
  void registersAgainWhatWasRefused() {
    link.opened(session);
    refuseLast();
    assertThat(link.refusals()).containsEntry(LB, "not yours");

    link.registerAll();

    assertThat(said()).containsExactly("register lb.foobar.test 1", "register lb.foobar.test 1");
  }

  @Test
  void registersAgainOnItsOwnOnlyWhatWasNotTakenForWantOfAMajority() {
    link.opened(session);
    link.registerAgain();
    assertThat(said()).hasSize(1);
    refuseLast(ErrorCode.ERROR_NOT_PERMITTED);
    link.registerAgain();
    assertThat(said()).hasSize(1);

    link.registerAll();
    refuseLast(ErrorCode.ERROR_UNAVAILABLE);
    link.registerAgain();
    link.registerAgain();
    assertThat(said()).as("once for each refusal").hasSize(3);
  }

  @Test
  void asksAgainEachMinuteForWhatWasNotGrantedUntilItIs() {
    VirtualTimeline timeline = new VirtualTimeline(Instant.EPOCH);
    Duration minute = Duration.ofMinutes(1);
    timeline.every(minute, minute, link::registerWhatWasForbidden);
    link.opened(session);
    refuseLast(ErrorCode.ERROR_NOT_PERMITTED);
    timeline.advance(Duration.ofSeconds(59));
    assertThat(said()).hasSize(1);

    timeline.advance(Duration.ofSeconds(1));
    assertThat(said()).hasSize(2);
    timeline.advance(minute.multipliedBy(3));

    assertThat(said()).as("nothing more while it is not refused again").hasSize(2);
  }

  @Test
  void removesAZoneThatLeavesAndSaysSoOnceItIsAcknowledged() {
    link.opened(session);
    zones.clear();
    leaving.add(LB);
    link.registerAll();
    link.registerAll();
    assertThat(said()).containsExactly("register lb.foobar.test 1", "unregister lb.foobar.test");
    assertThat(removed).isEmpty();

    acknowledgeRemoval();
    acknowledgeRemoval();

    assertThat(removed).as("once, however many nodes say so").containsExactly(LB);
  }

  @Test
  void anAcknowledgementOfARemovalThatIsNoLongerWantedRemovesNothing() {
    link.opened(session);
    leaving.add(LB);
    link.registerAll();
    leaving.clear();
    link.registerAll();

    acknowledgeRemoval();

    assertThat(removed).isEmpty();
    assertThat(said()).last().isEqualTo("register lb.foobar.test 1");
  }

  @Test
  void asksForARemovalAgainOnTheNextSession() {
    link.opened(session);
    zones.clear();
    leaving.add(LB);
    link.registerAll();
    link.closed(session, "gone");
    InMemorySession next = new InMemorySession(NodeRole.BACKBONE, "b1");

    link.opened(next);

    assertThat(next.sent()).singleElement().matches(Frame::hasUnregister);
  }

  private void acknowledgeRemoval() {
    link.received(
        session,
        Frame.newBuilder()
            .setUnregistered(Unregistered.newBuilder().setOrigin(LB.toString()).setVersion(2))
            .build());
  }

  private void refuseLast() {
    refuseLast(ErrorCode.ERROR_NOT_PERMITTED);
  }

  private void refuseLast(ErrorCode code) {
    link.received(
        session,
        Frame.newBuilder()
            .setCorrelation(session.sent().getLast().getCorrelation())
            .setError(Error.newBuilder().setCode(code).setText("not yours"))
            .build());
  }

  private List<String> said() {
    return session.sent().stream()
        .map(frame ->
            frame.hasUnregister()
                ? "unregister " + frame.getUnregister().getOrigin()
                : "register "
                    + frame.getRegister().getZone().getOrigin()
                    + " "
                    + frame.getRegister().getZone().getVersion())
        .toList();
  }

  private static EnterpriseZone zone(String origin, long version) {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.HTTP,
            80,
            "/",
            "www." + origin,
            HealthCheck.USUAL_INTERVAL,
            HealthCheck.USUAL_TIMEOUT,
            2,
            3,
            HealthCheck.USUAL_STATUSES);
    Service service =
        new Service(
            DomainName.of("www." + origin),
            List.of(),
            Mode.ANSWER,
            List.of(
                new Site("only", List.of(InetAddress.ofLiteral("192.0.2.1")), Optional.empty())),
            check,
            Policy.Latency.DEFAULT,
            Ttls.DEFAULT,
            0);
    return new EnterpriseZone(
        "foobar", DomainName.of(origin), DelegationForm.ALIASED, false, version, List.of(service));
  }

  @Override
  public Collection<EnterpriseZone> zones() {
    return zones;
  }

  @Override
  public Set<DomainName> leaving() {
    return leaving;
  }

  @Override
  public void delegated(ZoneDelegation delegation) {}

  @Override
  public void removed(DomainName origin) {
    removed.add(origin);
    leaving.remove(origin);
  }

  @Override
  public void learned(List<NodeEndpoints> nodes) {}
}
