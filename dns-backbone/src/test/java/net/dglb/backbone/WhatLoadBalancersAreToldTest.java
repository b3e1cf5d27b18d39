package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementPages;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Neighbour;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import org.junit.jupiter.api.Test;

/** What a backbone node tells a load balancer unasked: services in advance, and its neighbours. */
class WhatLoadBalancersAreToldTest {

  private static final Location NEW_YORK = new Location(40.7, -74);
  private static final Location LONDON = new Location(51.5, -0.1);
  private static final Location TOKYO = new Location(35.7, 139.7);

  private final VirtualBackbone backbone = new VirtualBackbone();
  private final ControlPlane plane = backbone.start("b1", "198.18.0.1", false);

  @Test
  void oneThatWantsServicesInAdvanceGetsEachZoneAndItsDutiesBeforeAnyResolverAsks() {
    backbone.authority(plane, Samples.aliased(1));

    InMemorySession eager = announces("lb-lon", 1, LONDON, true, List.of());

    assertThat(eager.sent(Frame::hasZoneUpdate))
        .singleElement()
        .satisfies(
            it -> assertThat(it.getZoneUpdate().getZone().getOrigin()).isEqualTo("lb.foobar.test"));
    assertThat(eager.sent(Frame::hasDuty))
        .extracting(it -> it.getDuty().getLabel() + "." + it.getDuty().getService())
        .contains("lb-lon.www.lb.foobar.test");
    assertThat(eager.sent().indexOf(eager.sent(Frame::hasAnnounceAck).getFirst()))
        .as("the acknowledgement comes first")
        .isLessThan(eager.sent().indexOf(eager.sent(Frame::hasZoneUpdate).getFirst()));
  }

  @Test
  void oneThatDoesNotGetsNothingBeforeItIsNeeded() {
    backbone.authority(plane, Samples.aliased(1));

    InMemorySession patient = announces("lb-lon", 1, LONDON, false, List.of());

    assertThat(patient.sent()).noneMatch(Frame::hasZoneUpdate).noneMatch(Frame::hasDuty);
  }

  @Test
  void aNewVersionOfAZoneThatWasSentInAdvanceIsSentAtOnce() {
    InMemorySession authority = backbone.authority(plane, Samples.aliased(1));
    InMemorySession eager = announces("lb-lon", 1, LONDON, true, List.of());

    backbone.register(plane, authority, Samples.aliased(2));
    backbone.advance(Duration.ofSeconds(1));

    assertThat(eager.sent(Frame::hasZoneUpdate))
        .extracting(it -> it.getZoneUpdate().getZone().getVersion())
        .containsExactly(1L, 2L);
  }

  @Test
  void theNearestOthersWithAnEndpointAreNamedNearestFirstAndAgainWhenTheyChange() {
    InMemorySession london = announces("lb-lon", 1, LONDON, false, endpoint("198.18.1.2:8853"));
    assertThat(neighbours(london)).as("alone").isEmpty();

    announces("lb-tyo", 1, TOKYO, false, endpoint("198.18.1.3:8853"));
    InMemorySession newYork = announces("lb-nyc", 1, NEW_YORK, false, endpoint("198.18.1.1:8853"));

    assertThat(neighbours(london)).containsExactly("lb-nyc", "lb-tyo");
    assertThat(neighbours(newYork)).containsExactly("lb-lon", "lb-tyo");

    announce(newYork, "lb-nyc", 2, NEW_YORK, false, List.of());

    assertThat(neighbours(london)).as("without an endpoint now").containsExactly("lb-tyo");
    int told = london.sent(Frame::hasNeighbours).size();
    backbone.advance(Duration.ofSeconds(30));
    assertThat(london.sent(Frame::hasNeighbours)).as("nothing is said twice").hasSize(told);
  }

  /** The last list that it was told. */
  private static List<String> neighbours(InMemorySession session) {
    return session.sent(Frame::hasNeighbours).getLast().getNeighbours().getNeighboursList().stream()
        .map(Neighbour::getId)
        .toList();
  }

  private InMemorySession announces(
      String id, int version, Location location, boolean inAdvance, List<Endpoint> mapping) {
    InMemorySession session = new InMemorySession(NodeRole.LOAD_BALANCER, id);
    plane.reception().opened(session);
    announce(session, id, version, location, inAdvance, mapping);
    return session;
  }

  private void announce(
      InMemorySession session,
      String id,
      int version,
      Location location,
      boolean inAdvance,
      List<Endpoint> mapping) {
    Announcement said =
        new Announcement(
            id,
            new AnnouncementVersion(1, version),
            Optional.empty(),
            List.of(InetAddress.ofLiteral("198.18.2.1")),
            53,
            List.of(),
            List.of(),
            Optional.of(location),
            inAdvance,
            mapping);
    AnnouncementPages.split(said)
        .forEach(page ->
            plane
                .reception()
                .received(session, Frame.newBuilder().setCorrelation(1).setAnnounce(page).build()));
    backbone.advance(Duration.ofSeconds(1));
  }

  private static List<Endpoint> endpoint(String text) {
    return List.of(Endpoint.parse(text));
  }
}
