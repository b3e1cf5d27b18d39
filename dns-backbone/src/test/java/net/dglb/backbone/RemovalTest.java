package net.dglb.backbone;

import static net.dglb.backbone.refer.Backbone.query;
import static net.dglb.backbone.refer.Backbone.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.HeldZone;
import net.dglb.mapping.convert.WireAddresses;
import net.dglb.mapping.convert.WireLoad;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Unregister;
import net.dglb.mapping.wire.Version;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What resolvers and load balancers see while zones and services leave. */
class RemovalTest {

  private static final String WWW = "www.lb.foobar.test";
  private static final String OLD = "old.lb.foobar.test";
  private static final Duration DELEGATION = Duration.ofSeconds(60);

  private final VirtualBackbone backbone = new VirtualBackbone();

  @Test
  void everyNodeAnswersARemovedZoneUntilNoResolverHoldsItsDelegation() {
    backbone.members = 2;
    ControlPlane first = backbone.start("b1", "198.18.0.1", true);
    ControlPlane second = backbone.start("b2", "198.18.0.2", true);
    InMemorySession authority = backbone.authority(first, Samples.shortLived(1, WWW));
    backbone.afterTheNextScan();
    unregister(first, authority);

    assertThat(authority.sent())
        .as("the authority is told at once")
        .anyMatch(Frame::hasUnregistered);
    int delegations = Told.delegations(authority).size();
    assertThat(answer(first, WWW)).isEqualTo(answer(second, WWW)).hasSize(1);
    backbone.advance(DELEGATION.minusSeconds(2));
    assertThat(answer(first, WWW)).isEqualTo(answer(second, WWW)).hasSize(1);
    ControlPlane restarted = backbone.start("b1", "198.18.0.1", true);
    assertThat(answer(restarted, WWW)).as("after a restart").hasSize(1);

    backbone.advance(Duration.ofSeconds(4));

    assertThat(ask(restarted, WWW).getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(ask(second, WWW).getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(Told.delegations(authority)).as("nobody is to delegate to it").hasSize(delegations);
  }

  @Test
  void loadBalancersKeepTheirDutiesUntilThenAndServeOnAfterwards() {
    ControlPlane only = backbone.start("b1", "198.18.0.1", false);
    InMemorySession authority = backbone.authority(only, Samples.shortLived(1, WWW));
    InMemorySession balancer = balancer(only);
    assertThat(answer(only, WWW)).isNotEmpty();
    backbone.advance(Duration.ofSeconds(1));
    assertThat(balancer.sent()).anyMatch(Frame::hasDuty);
    unregister(only, authority);

    backbone.advance(DELEGATION.minusSeconds(5));
    assertThat(balancer.sent()).noneMatch(Frame::hasZoneRemoved).noneMatch(Frame::hasDutyEnd);

    backbone.advance(Duration.ofSeconds(8));
    assertThat(balancer.sent())
        .filteredOn(Frame::hasZoneRemoved)
        .singleElement()
        .satisfies(it -> assertThat(it.getZoneRemoved().getServeSeconds()).isEqualTo(40));
    assertThat(balancer.sent()).anyMatch(Frame::hasDutyEnd);
  }

  @Test
  void aServiceThatAVersionLeavesOutIsAnsweredOnAndThenDenied() {
    ControlPlane only = backbone.start("b1", "198.18.0.1", false);
    InMemorySession authority = backbone.authority(only, Samples.shortLived(1, WWW, OLD));
    backbone.register(only, authority, Samples.shortLived(2, WWW));
    backbone.advance(DELEGATION.minusSeconds(2));

    assertThat(answer(only, OLD)).hasSize(1);
    assertThat(leaving(only)).contains("name=" + OLD);
    backbone.advance(Duration.ofSeconds(4));

    assertThat(ask(only, OLD).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(answer(only, WWW)).hasSize(1);
    assertThat(leaving(only)).isEqualTo("[]");
  }

  @Test
  void aLoadBalancerThatWasAwayIsToldByEveryNodeAlsoAfterARestart() {
    ControlPlane only = backbone.start("b1", "198.18.0.1", false);
    InMemorySession authority = backbone.authority(only, Samples.shortLived(1, WWW));
    unregister(only, authority);
    backbone.advance(DELEGATION.plusSeconds(20));
    ControlPlane restarted = backbone.start("b1", "198.18.0.1", false);

    InMemorySession balancer = balancer(restarted);
    restarted
        .reception()
        .received(
            balancer,
            Frame.newBuilder()
                .setZonesHeld(HeldZone.toWire(List.of(Samples.shortLived(1, WWW))).getFirst())
                .build());

    assertThat(balancer.sent())
        .filteredOn(Frame::hasZoneRemoved)
        .singleElement()
        .satisfies(it -> assertThat(it.getZoneRemoved().getServeSeconds()).isBetween(15, 25));
  }

  @Test
  void whatALoadBalancerSaysOfItsLoadShowsInStatusAndNonsenseIsRefused() {
    ControlPlane only = backbone.start("b1", "198.18.0.1", false);
    InMemorySession balancer = balancer(only);

    load(only, balancer, Map.of("queries-per-second", 1500.0, "cpu", 0.25));
    load(only, balancer, Map.of("cpu", -1.0));

    assertThat(String.valueOf(only.view().tree().get("load-balancers")))
        .contains("load={cpu=0.25, queries-per-second=1500.0}");
    assertThat(balancer.sent())
        .filteredOn(Frame::hasError)
        .singleElement()
        .satisfies(it ->
            assertThat(it.getError().getText())
                .isEqualTo("metrics.cpu: -1.0 (expected 0 or more)"));
  }

  private static void load(ControlPlane plane, InMemorySession from, Map<String, Double> said) {
    plane.reception().received(from, Frame.newBuilder().setLoad(WireLoad.toWire(said)).build());
  }

  private InMemorySession balancer(ControlPlane plane) {
    InMemorySession session = new InMemorySession(NodeRole.LOAD_BALANCER, "lb-nyc");
    plane.reception().opened(session);
    plane
        .reception()
        .received(
            session,
            Frame.newBuilder()
                .setAnnounce(
                    Announce.newBuilder()
                        .setVersion(Version.newBuilder().setGeneration(1).setCounter(1))
                        .setPages(1)
                        .setDnsPort(53)
                        .addAddresses(WireAddresses.toWire(InetAddress.ofLiteral("198.18.1.1")))
                        .addResolverPrefixes(WireAddresses.toWire(Prefix.parse("203.0.113.0/24"))))
                .build());
    backbone.advance(Duration.ofSeconds(1));
    return session;
  }

  private void unregister(ControlPlane plane, InMemorySession authority) {
    plane
        .reception()
        .received(
            authority,
            Frame.newBuilder()
                .setCorrelation(9)
                .setUnregister(Unregister.newBuilder().setOrigin("lb.foobar.test"))
                .build());
    backbone.advance(Duration.ofSeconds(1));
  }

  private static String leaving(ControlPlane plane) {
    return String.valueOf(plane.view().tree().get("leaving"));
  }

  private static List<String> answer(ControlPlane plane, String name) {
    return records(ask(plane, name), Section.ANSWER);
  }

  private static Message ask(ControlPlane plane, String name) {
    try {
      return new Message(
          new InProcessServer(plane.mainCatalog())
              .ask(
                  query(name, Type.A, null).toWire(),
                  InetAddress.ofLiteral("203.0.113.53"),
                  Transport.UDP));
    } catch (IOException e) {
      throw new AssertionError("an answer that dnsjava cannot read", e);
    }
  }
}
