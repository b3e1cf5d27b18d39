package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Unregister;
import org.junit.jupiter.api.Test;

class WhatNodesTellOfTheBackboneTest {

  private static final String B1 = "b1.dglb.test 198.18.0.1";
  private static final String B2 = "b2.dglb.test 198.18.0.2";

  private final VirtualBackbone backbone = new VirtualBackbone();

  @Test
  void aNodeWithAnEmptyDiskNamesNobodyBeforeItHasReadTheSharedMapWithTheOthers() {
    ControlPlane first = backbone.start("b1", "198.18.0.1", true);
    InMemorySession session = backbone.authority(first, Samples.aliased(1));
    backbone.afterTheNextScan();
    assertThat(session.sent()).anyMatch(Frame::hasRegistered);
    assertThat(Told.delegations(session)).as("it knows only itself").isEmpty();
    assertThat(Told.backboneNodes(session)).isEmpty();

    backbone.start("b2", "198.18.0.2", true);
    backbone.members = 2;
    backbone.afterTheNextScan();

    assertThat(Told.delegations(session)).containsExactly(B1 + ", " + B2);
    assertThat(Told.backboneNodes(session)).containsExactly("b1, b2");
  }

  @Test
  void aNodeOfThreeWaitsForTheThird() {
    ControlPlane first = backbone.start("b1", "198.18.0.1", true);
    InMemorySession session = backbone.authority(first, Samples.aliased(1));
    backbone.members = 3;
    backbone.start("b2", "198.18.0.2", true);
    backbone.afterTheNextScan();
    assertThat(Told.delegations(session)).isEmpty();

    backbone.start("b3", "198.18.0.3", true);
    backbone.afterTheNextScan();

    assertThat(Told.backboneNodes(session)).containsExactly("b1, b2, b3");
  }

  @Test
  void aNodeThatStaysAloneInItsClusterNamesItselfOnceTheStartGraceIsOver() {
    ControlPlane first = backbone.start("b1", "198.18.0.1", true);
    InMemorySession session = backbone.authority(first, Samples.aliased(1));
    backbone.advance(VirtualBackbone.GRACE.minusSeconds(1));
    assertThat(Told.delegations(session)).isEmpty();

    backbone.advance(Duration.ofSeconds(10));

    assertThat(Told.delegations(session)).containsExactly(B1);
    assertThat(Told.backboneNodes(session)).containsExactly("b1");
  }

  @Test
  void aNodeWithoutAClusterNamesItselfAtOnce() {
    ControlPlane only = backbone.start("b1", "198.18.0.1", false);

    InMemorySession session = backbone.authority(only, Samples.aliased(1));

    assertThat(Told.delegations(session)).containsExactly(B1);
    assertThat(Told.backboneNodes(session)).containsExactly("b1");
  }

  @Test
  void aNodeThatStartsFromItsJournalNamesAllThatItKnewAtOnceAlsoWithTheGridAway() {
    backbone.start("b1", "198.18.0.1", true);
    backbone.start("b2", "198.18.0.2", true);
    backbone.afterTheNextScan();
    backbone.away(true);
    backbone.members = 0;

    ControlPlane restarted = backbone.start("b1", "198.18.0.1", true);
    InMemorySession session = backbone.authority(restarted, Samples.aliased(1));

    assertThat(Told.delegations(session)).containsExactly(B1 + ", " + B2);
    assertThat(Told.backboneNodes(session)).containsExactly("b1, b2");
  }

  @Test
  void aChangedDnsAddressOfAnotherNodeIsDelegatedToAgain() {
    backbone.members = 2;
    ControlPlane first = backbone.start("b1", "198.18.0.1", true);
    backbone.start("b2", "198.18.0.2", true);
    InMemorySession session = backbone.authority(first, Samples.aliased(1));
    backbone.afterTheNextScan();
    assertThat(Told.delegations(session)).containsExactly(B1 + ", " + B2);

    backbone.restartWithOtherDnsAddress("b2", "198.18.0.2", "198.18.7.7");
    backbone.afterTheNextScan();

    assertThat(Told.delegations(session))
        .containsExactly(B1 + ", " + B2, B1 + ", b2.dglb.test 198.18.7.7");
    assertThat(Told.backboneNodes(session)).as("endpoints are the same").containsExactly("b1, b2");
  }

  @Test
  void everySessionHearsOfANewNodeAlsoIfAnotherOneOpensInBetween() {
    backbone.members = 2;
    ControlPlane first = backbone.start("b1", "198.18.0.1", true);
    backbone.start("b2", "198.18.0.2", true);
    InMemorySession session = backbone.authority(first, Samples.aliased(1));
    backbone.afterTheNextScan();
    backbone.start("b3", "198.18.0.3", true);
    backbone.shared.values().forEach(map -> map.hint());
    first.reception().opened(new InMemorySession(NodeRole.LOAD_BALANCER, "lb-1"));
    backbone.afterTheNextScan();

    assertThat(Told.backboneNodes(session)).containsExactly("b1, b2", "b1, b2, b3");
  }

  @Test
  void aZoneThatWasRemovedAndRegisteredAgainIsDelegatedAgain() {
    ControlPlane only = backbone.start("b1", "198.18.0.1", false);
    InMemorySession session = backbone.authority(only, Samples.aliased(1));
    only.reception()
        .received(
            session,
            Frame.newBuilder()
                .setUnregister(Unregister.newBuilder().setOrigin("lb.foobar.test"))
                .build());
    backbone.advance(Duration.ofSeconds(1));
    assertThat(session.sent()).anyMatch(Frame::hasUnregistered);

    backbone.register(only, session, Samples.aliased(2));

    assertThat(Told.delegations(session)).containsExactly(B1, B1);
  }
}
