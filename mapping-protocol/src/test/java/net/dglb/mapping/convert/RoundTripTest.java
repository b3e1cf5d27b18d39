package net.dglb.mapping.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.dglb.decision.SiteState;
import net.dglb.decision.said.Sayings;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.Asked;
import net.dglb.mapping.wire.DownloadScore;
import net.dglb.mapping.wire.Estimates;
import net.dglb.mapping.wire.Probers;
import net.dglb.mapping.wire.ServiceProbers;
import net.dglb.mapping.wire.SiteSaying;
import net.dglb.mapping.wire.SitesSaid;
import net.dglb.mapping.wire.ZoneUpdate;
import net.dglb.mapping.wire.ZonesHeld;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again, over generated values. */
class RoundTripTest {

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void announcementsInPages(long seed) throws MalformedMessageException {
    Announcement announcement = new Samples(seed).announcement(40);
    List<Announce> pages = AnnouncementPages.split(announcement, 7);
    AnnouncementAssembler assembler = new AnnouncementAssembler(announcement.loadBalancer());
    for (Announce page : pages.subList(0, pages.size() - 1)) {
      assertThat(assembler.add(page)).isEmpty();
    }
    assertThat(assembler.add(pages.getLast())).contains(announcement);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void zonesInPages(long seed) throws MalformedMessageException {
    EnterpriseZone zone = new Samples(seed).zone(1 + (int) (seed % 9));
    ZoneAssembler assembler = new ZoneAssembler();
    Optional<EnterpriseZone> whole = Optional.empty();
    for (ZoneUpdate page : ZonePages.updates(zone, 500)) {
      assertThat(whole).isEmpty();
      whole = assembler.add(page);
    }
    assertThat(whole).contains(zone);
    assertThat(WireServices.fromWire(WireServices.toWire(zone))).isEqualTo(zone);
  }

  /** Rules that came later refuse documents; what is stored by then must go on being answered. */
  @Test
  void zonesThatNoDocumentMayAskForAnyMoreAreReadAsTheyWereStored()
      throws MalformedMessageException {
    var stored = WireServices.toWire(new Samples(1).zone(1)).toBuilder();
    DownloadScore counted = DownloadScore.newBuilder().setFloorMillis(100).build();
    stored.getServicesBuilder(0).setProbeCapPerSecond(1e-9);
    stored
        .getServicesBuilder(0)
        .getPolicyBuilder()
        .getSumBuilder()
        .setLatency(0)
        .setCost(1)
        .getAveragesBuilder()
        .setTimeConstantMillis(300_000)
        .setDownload(counted);
    stored.getServicesBuilder(0).getSitesBuilderList().forEach(site -> site.setCost(1));

    Service read = WireServices.fromWire(stored.build()).services().getFirst();
    assertThat(read.probeCapPerSecond()).isEqualTo(1e-9);
    assertThat(read.policy()).isEqualTo(Policy.Sum.cheapest(Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void estimates(long seed) throws MalformedMessageException {
    PlaceEstimates estimates = new Samples(seed).estimates(seed == 0 ? 2500 : (int) (seed % 20));
    Map<ProbeTarget, SiteState> read = new HashMap<>();
    for (Estimates message : WireEstimates.toWire(estimates)) {
      PlaceEstimates part = WireEstimates.fromWire(message);
      assertThat(part.place()).isEqualTo(estimates.place());
      read.putAll(part.states());
    }
    assertThat(read).isEqualTo(estimates.states());
  }

  @Test
  void timesOfAPeerWhoseClockIsWrongAreBroughtToThisOne() throws MalformedMessageException {
    PlaceEstimates estimates = new Samples(7).estimates(3);
    Instant sent = Instant.parse("2026-01-01T00:00:00Z");
    Estimates message = WireEstimates.toWire(estimates, sent).getFirst();

    assertThat(WireEstimates.fromWire(message, sent.plusSeconds(29))).isEqualTo(estimates);
    assertThat(WireEstimates.fromWire(message, sent.plusSeconds(3600)))
        .isEqualTo(estimates.later(Duration.ofHours(1)))
        .isNotEqualTo(estimates);
    assertThat(WireEstimates.fromWire(message, sent.minusSeconds(3600)))
        .isEqualTo(estimates.later(Duration.ofHours(-1)));
    Estimates silent = message.toBuilder().clearSentEpochMillis().build();
    assertThat(WireEstimates.fromWire(silent, sent.plusSeconds(3600))).isEqualTo(estimates);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void dutiesDelegationsAndNodes(long seed) throws MalformedMessageException {
    Samples samples = new Samples(seed);
    LabelDuty duty = samples.duty();
    assertThat(WireDuties.fromWire(WireDuties.toWire(duty))).isEqualTo(duty);
    ZoneDelegation delegation = samples.delegation();
    assertThat(WireDuties.fromWire(WireDuties.toWire(delegation))).isEqualTo(delegation);
    List<NodeEndpoints> backbone = List.of(samples.node(false), samples.node(false));
    assertThat(WireNodes.fromWire(WireNodes.backboneNodes(backbone))).isEqualTo(backbone);
    List<NodeEndpoints> neighbours = List.of(samples.node(true), samples.node(true));
    assertThat(WireNodes.fromWire(WireNodes.neighbours(neighbours))).isEqualTo(neighbours);
  }

  @Test
  void zonesHeldInMessagesOfABoundedLength() throws MalformedMessageException {
    EnterpriseZone zone = new Samples(1).zone(1);
    List<HeldZone> read = new ArrayList<>();
    for (ZonesHeld message : HeldZone.toWire(Collections.nCopies(2500, zone))) {
      read.addAll(HeldZone.fromWire(message));
    }
    assertThat(read).hasSize(2500).containsOnly(new HeldZone(zone.origin(), zone.version()));
    assertThat(HeldZone.toWire(List.of())).isEmpty();
  }

  @Test
  void load() throws MalformedMessageException {
    Map<String, Double> said = Map.of(WireLoad.CPU, 0.5, "of-a-later-version", 3.0);
    assertThat(WireLoad.fromWire(WireLoad.toWire(said))).isEqualTo(said);
  }

  @Test
  void sayingsInPagesThatEachHaveABound() throws MalformedMessageException {
    for (int count : new int[] {0, 1, WireSayings.PAGE, WireSayings.PAGE + 1, Sayings.MAX}) {
      NetworkSayings said = new Samples(count).sayings(count);
      WireSayings reader = new WireSayings();
      Optional<NetworkSayings> read = Optional.empty();
      for (SitesSaid page : WireSayings.toWire(said)) {
        assertThat(read).isEmpty();
        assertThat(page.getSayingsCount()).isLessThanOrEqualTo(WireSayings.PAGE);
        read = reader.add(page);
      }
      assertThat(read).contains(said);
      assertThat(WireSayings.fromWire(WireSayings.whole(said))).isEqualTo(said);
    }
  }

  @Test
  void aSayingThatCannotBeAndAMissingPageAreMalformed() {
    SiteSaying odd = SiteSaying.newBuilder().setPattern("a/b/c").setWho("ann").setWhy("x").build();
    SitesSaid page = SitesSaid.newBuilder().setVersion(1).setPages(1).addSayings(odd).build();
    assertThatThrownBy(() -> new WireSayings().add(page))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("sayings[0]: pattern");
    SitesSaid second = SitesSaid.newBuilder().setVersion(1).setPage(1).setPages(2).build();
    assertThatThrownBy(() -> new WireSayings().add(second))
        .isInstanceOf(MalformedMessageException.class);
    SiteSaying stateless =
        SiteSaying.newBuilder().setPattern("a").setWho("ann").setWhy("x").build();
    assertThatThrownBy(
            () -> new WireSayings().add(page.toBuilder().setSayings(0, stateless).build()))
        .hasMessageContaining("expected up, down or drain");
  }

  @Test
  void probersInMessagesOfABoundedLength() throws MalformedMessageException {
    Map<DomainName, Integer> counts = new HashMap<>();
    for (int i = 1; i <= 2500; i++) {
      counts.put(DomainName.of("s" + i + ".example"), i);
    }
    Map<DomainName, Integer> read = new HashMap<>();
    for (Probers message : WireProbers.toWire(counts)) {
      read.putAll(WireProbers.fromWire(message));
    }
    assertThat(read).isEqualTo(counts);
    Probers nobody =
        Probers.newBuilder()
            .addServices(ServiceProbers.newBuilder().setService("www.example"))
            .build();
    assertThatThrownBy(() -> WireProbers.fromWire(nobody))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("0 load balancers (expected 1 to");
  }

  @Test
  void servicesAskedForInMessagesOfABoundedLength() throws MalformedMessageException {
    Set<DomainName> services = new HashSet<>();
    for (int i = 1; i <= 2500; i++) {
      services.add(DomainName.of("s" + i + ".example"));
    }
    Set<DomainName> read = new HashSet<>();
    for (Asked message : WireAsked.toWire(services)) {
      read.addAll(WireAsked.fromWire(message));
    }
    assertThat(read).isEqualTo(services);
    assertThat(WireAsked.toWire(Set.of())).isEmpty();
  }
}
