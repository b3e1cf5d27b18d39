package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.dglb.backbone.Samples;
import net.dglb.backbone.map.InMemorySharedMap;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holders hear of a service that caps its probes. */
class ProbersToldTest {

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final DutyNode node = new DutyNode("b1", new InMemorySharedMap(), timeline);

  @BeforeEach
  void start() {
    node.hears("lb-nyc", "lb-lon", "lb-tyo");
    node.serves(capped(Samples.aliased(7)));
    node.asked();
    node.turn();
  }

  @Test
  void everyHolderHearsHowManyProbeBeforeANewcomerHearsOfItsDuty() {
    assertThat(node.sent)
        .containsSubsequence("lb-lon is one of 2", "lb-lon lb-nyc")
        .containsSubsequence("lb-nyc is one of 2", "lb-nyc lb-nyc");
    node.sent.clear();
    node.duties.demand(Samples.WWW, "lb-tyo");
    node.turn();
    assertThat(node.sent)
        .containsSubsequence("lb-nyc is one of 3", "lb-tyo lb-tyo")
        .containsSubsequence("lb-tyo is one of 3", "lb-tyo lb-tyo");
  }

  @Test
  void oneThatLeavesCountsForAsLongAsItGoesOnAnswering() {
    node.duties.demand(Samples.WWW, "lb-tyo");
    node.turn();
    node.withdraws("lb-tyo");
    assertThat(node.probers.get("lb-nyc")).containsEntry(Samples.WWW, 3);
    timeline.advance(Duration.ofHours(3));
    node.turn();
    node.turn();
    assertThat(node.probers.get("lb-nyc")).containsEntry(Samples.WWW, 2);
  }

  @Test
  void nothingIsSaidOfAServiceThatCapsNothing() {
    node.probers.clear();
    node.serves(Samples.aliased(8));
    assertThat(node.probers).isEmpty();
  }

  private static EnterpriseZone capped(EnterpriseZone zone) {
    return Samples.withServices(zone, ProbersToldTest::capped);
  }

  private static Service capped(Service service) {
    return new Service(
        service.name(),
        service.aliases(),
        service.mode(),
        service.sites(),
        service.check(),
        service.policy(),
        service.ttls(),
        0.5,
        service.allDown(),
        service.answering(),
        service.unannounced());
  }
}
