package net.dglb.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.dglb.config.ConfigException;
import net.dglb.mapping.convert.ZoneAssembler;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.Endpoint;
import net.dglb.net.Prefix;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A whole node over real sockets on loopback, with obedient peers. */
class BackboneNodeTest extends LoopbackBackbone {

  BackboneNodeTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void refersToALoadBalancerOnceItHasTheLabelAndAnswersFromItsJournalAfterARestart()
      throws Exception {
    BackboneNode node = start("");
    FakeAuthority authority = authority("foobar", Samples.aliased(1));
    await().atMost(PATIENCE).until(() -> authority.has(Frame::hasRegistered));
    await().atMost(PATIENCE).until(() -> authority.has(Frame::hasDelegation));
    FakeLoadBalancer balancer = loadBalancer("lb-nyc", "127.0.0.0/8");
    await().atMost(PATIENCE).until(() -> balancer.hasReceived(Frame::hasAnnounceAck));
    assertThat(balancer.hasReceived(Frame::hasBackboneNodes)).isTrue();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(answer(node, "www.lb.foobar.test."))
                .containsExactly("3600 lb-nyc.www.lb.foobar.test."));
    await().atMost(PATIENCE).until(() -> balancer.hasReceived(Frame::hasZoneUpdate));
    assertThat(ask(node, "b1.dglb.test.").getSection(Section.ANSWER)).isNotEmpty();
    assertThat(node.ready()).isTrue();

    node.close();
    balancer.close();
    authority.close();
    BackboneNode restarted = start("");

    assertThat(answer(restarted, "www.lb.foobar.test."))
        .containsExactly("3600 lb-nyc.www.lb.foobar.test.");
  }

  @Test
  void aZoneOfManyPagesIsTakenInAndGivenToWhoeverHoldsALabelOfIt() throws Exception {
    BackboneNode node = start("");
    authority("foobar", Samples.large(1));
    FakeLoadBalancer balancer = loadBalancer("lb-nyc", "127.0.0.0/8");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(answer(node, "s1999.lb.foobar.test."))
                .containsExactly("3600 lb-nyc.s1999.lb.foobar.test."));

    ZoneAssembler pages = new ZoneAssembler();
    List<EnterpriseZone> whole = new ArrayList<>();
    for (Frame frame : balancer.received) {
      if (frame.hasZoneUpdate()) {
        assertThat(frame.getZoneUpdate().getPages()).isGreaterThan(1);
        pages.add(frame.getZoneUpdate()).ifPresent(whole::add);
      }
    }
    assertThat(whole).containsExactly(Samples.large(1));
  }

  @Test
  void aWithdrawnLabelIsReferredToTheLabelAddressAndNotDenied() throws Exception {
    BackboneNode node = start("");
    authority("foobar", Samples.aliased(1));
    FakeLoadBalancer balancer = loadBalancer("lb-nyc", "127.0.0.0/8");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(answer(node, "www.lb.foobar.test."))
                .containsExactly("3600 lb-nyc.www.lb.foobar.test."));

    balancer.withdraw();

    await().atMost(PATIENCE).until(() -> balancer.hasReceived(Frame::hasWithdrawAck));
    assertThat(
            balancer.received.stream()
                .filter(Frame::hasWithdrawAck)
                .map(frame -> frame.getWithdrawAck().getServeSeconds()))
        .containsExactly(7200);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(answer(node, "www.lb.foobar.test."))
                .containsExactly("20 label.www.lb.foobar.test."));
    assertThat(ask(node, "lb-nyc.www.lb.foobar.test.").getSection(Section.AUTHORITY))
        .extracting(Record::rdataToString)
        .containsExactly("label.ns.lb.foobar.test.");
  }

  @Test
  void aForbiddenPrefixRefusesTheWholeAnnouncementAndNamesIt() throws Exception {
    BackboneNode node = start("");
    authority("foobar", Samples.aliased(1));
    FakeLoadBalancer balancer = loadBalancer("lb-nyc", "127.0.0.0/8", "198.51.100.0/24");

    await().atMost(PATIENCE).until(() -> balancer.hasReceived(Frame::hasError));

    assertThat(balancer.received.stream().filter(Frame::hasError).map(Frame::getError))
        .singleElement()
        .satisfies(error -> {
          assertThat(error.getCode()).isEqualTo(ErrorCode.ERROR_NOT_PERMITTED);
          assertThat(error.getText()).contains("resolver prefix 198.51.100.0/24");
        });
    assertThat(node.status().toJson().getJsonArray("load-balancers")).isEmpty();
  }

  @Test
  void aForbiddenAnnouncementLeavesTheStoredOneAndTheAnswersAsTheyAre() throws Exception {
    BackboneNode node = start("");
    authority("foobar", Samples.aliased(1));
    FakeLoadBalancer balancer = loadBalancer("lb-nyc", "127.0.0.0/8");
    awaitAnswer(node, "3600 lb-nyc.www.lb.foobar.test.");
    var stored = node.status().toJson().getJsonObject("resolver-map");

    balancer.announce(2, Stream.of("127.0.0.0/16", "198.51.100.0/24").map(Prefix::parse).toList());
    await().atMost(PATIENCE).until(() -> balancer.hasReceived(Frame::hasError));

    assertThat(node.status().toJson().getJsonObject("resolver-map")).isEqualTo(stored);
    assertThat(answer(node, "www.lb.foobar.test."))
        .containsExactly("3600 lb-nyc.www.lb.foobar.test.");
  }

  @Test
  void aZoneThatWasNotGrantedAndAnOldVersionAreRefused() throws Exception {
    start("");
    FakeAuthority authority = authority("foobar", Samples.aliased(5));
    await().atMost(PATIENCE).until(() -> authority.has(Frame::hasRegistered));

    authority.register(Samples.aliased(4));
    await().atMost(PATIENCE).until(() -> authority.has(Frame::hasError));
    assertThat(authority.lastError().getCode()).isEqualTo(ErrorCode.ERROR_OLD_VERSION);
    assertThat(authority.lastError().getStoredVersion().getGeneration()).isEqualTo(5);

    FakeAuthority stranger = authority("stranger", Samples.aliased(9));
    await().atMost(PATIENCE).until(() -> stranger.has(Frame::hasError));
    assertThat(stranger.lastError().getCode()).isEqualTo(ErrorCode.ERROR_NOT_PERMITTED);
    assertThat(stranger.lastError().getText()).contains("zone lb.foobar.test");
  }

  @Test
  void everyProblemOfTheConfigurationIsNamedAtOnce() throws Exception {
    Path config = folder.resolve("bad.conf");
    Files.writeString(
        config,
        """
        node { id = b1, state = state }
        dns { listen = ["127.0.0.1:53"], label-listen = ["127.0.0.1:5301"], nonsense = 1 }
        cluster.enabled = false
        """);

    assertThatThrownBy(() -> BackboneNode.open(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bad.conf:2")
        .hasMessageContaining("label-listen")
        .hasMessageContaining("nonsense")
        .hasMessageContaining("infrastructure-zone")
        .hasMessageContaining("map.key")
        .hasMessageContaining("identity");
  }

  @Test
  void aNodeOfAClusterMustSayWithWhomItAgreesOnRegistrations() throws Exception {
    String cluster =
        "cluster { enabled = true, name = n, address = 127.0.0.1, members = [\"127.0.0.2:5701\"] }";

    assertThatThrownBy(() -> start("b1", mapping, cluster))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("registry.peers: missing")
        .hasMessageContaining("127.0.0.2:5701");
  }

  @Test
  void twoNodesShareZonesAndLoadBalancersAndEachGoesOnAlone() throws Exception {
    Endpoint grid1 = OwnEndpoint.next();
    Endpoint grid2 = OwnEndpoint.next();
    Endpoint mapping2 = OwnEndpoint.next();
    BackboneNode first = start("b1", mapping, clustered(grid1, grid2));
    BackboneNode second = start("b2", mapping2, clustered(grid2, grid1));
    FakeAuthority authority = authority("foobar", Samples.aliased(1));
    FakeLoadBalancer balancer = loadBalancer("lb-nyc", "127.0.0.0/8");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(answer(first, "www.lb.foobar.test."))
                .containsExactly("3600 lb-nyc.www.lb.foobar.test."));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(answer(second, "www.lb.foobar.test."))
                .as("the second node has no session: it takes the first one's word")
                .containsExactly("3600 lb-nyc.www.lb.foobar.test."));
    await()
        .atMost(PATIENCE)
        .until(() -> balancer.hasReceived(frame -> frame.getBackboneNodes().getNodesCount() == 2));
    await()
        .atMost(PATIENCE)
        .until(() -> authority.has(frame -> frame.getDelegation().getNameServersCount() == 2));

    first.close();
    second.close();
    BackboneNode alone = start("b2", mapping2, clustered(grid2, grid1));
    assertThat(answer(alone, "www.lb.foobar.test."))
        .as("the first one's word is in the second one's journal")
        .containsExactly("3600 lb-nyc.www.lb.foobar.test.");
  }
}
