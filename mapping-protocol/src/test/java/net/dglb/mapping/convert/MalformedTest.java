package net.dglb.mapping.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.dglb.mapping.frame.GoldenFrames;
import net.dglb.mapping.wire.Address;
import net.dglb.mapping.wire.AddressCheck;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.Asked;
import net.dglb.mapping.wire.BackboneNodes;
import net.dglb.mapping.wire.Delegation;
import net.dglb.mapping.wire.Duty;
import net.dglb.mapping.wire.EndpointAddress;
import net.dglb.mapping.wire.EnterpriseZone;
import net.dglb.mapping.wire.Estimates;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Location;
import net.dglb.mapping.wire.Policy;
import net.dglb.mapping.wire.Prefix;
import net.dglb.mapping.wire.TargetEstimate;
import net.dglb.mapping.wire.Version;
import net.dglb.mapping.wire.ZoneUpdate;
import net.dglb.mapping.wire.ZonesHeld;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every content that cannot be is refused with a text that says where and why. */
class MalformedTest {

  private final Samples samples = new Samples(5);

  @Test
  void refusesAddressesOfOtherLengths() {
    refused(
        () -> WireAddresses.fromWire(Address.getDefaultInstance()),
        "address of 0 octets (expected 4 or 16)");
    refused(() -> WireAddresses.fromWire(address(5)), "address of 5 octets");
  }

  @Test
  void refusesTooManyHeldZonesAndWhatIsNoZone() {
    ZonesHeld.Builder many = ZonesHeld.newBuilder();
    for (int i = 0; i <= HeldZone.MAX_ZONES; i++) {
      many.addZonesBuilder().setOrigin("z" + i + ".test");
    }
    refused(() -> HeldZone.fromWire(many.build()), "zones: 1025 (expected at most 1024)");
    ZonesHeld.Builder bad = ZonesHeld.newBuilder();
    bad.addZonesBuilder().setOrigin("a..b");
    refused(() -> HeldZone.fromWire(bad.build()), "zones[0]: ");
  }

  @Test
  void refusesTooManyServicesAskedForAndWhatIsNoName() {
    Asked.Builder many = Asked.newBuilder();
    for (int i = 0; i <= WireAsked.SERVICES; i++) {
      many.addServices("s" + i + ".test");
    }
    refused(() -> WireAsked.fromWire(many.build()), "services: 1025 (expected at most 1024)");
    Asked bad = Asked.newBuilder().addServices("www.test").addServices("a..b").build();
    refused(() -> WireAsked.fromWire(bad), "services[1]: ");
  }

  @Test
  void refusesMeasuresOfLoadThatMakeNoSense() {
    refused(() -> WireLoad.fromWire(WireLoad.toWire(Map.of("a b", 1.0))), "metrics: \"a b\"");
    refused(
        () -> WireLoad.fromWire(WireLoad.toWire(Map.of("cpu", Double.NaN))), "metrics.cpu: NaN");
    Map<String, Double> many = new HashMap<>();
    for (int i = 0; i <= WireLoad.MAX_MEASURES; i++) {
      many.put("m" + i, 1.0);
    }
    refused(() -> WireLoad.fromWire(WireLoad.toWire(many)), "metrics: 33 (expected at most 32)");
  }

  @Test
  void refusesIpv4InSixteenOctets() {
    byte[] mapped = new byte[16];
    Arrays.fill(mapped, 10, 12, (byte) 0xff);
    refused(
        () ->
            WireAddresses.fromWire(
                Address.newBuilder().setOctets(ByteString.copyFrom(mapped)).build()),
        "IPv4 0.0.0.0 in 16 octets (expected its 4 octets)");
  }

  @Test
  void refusesPrefixesWithBitsPastTheirLengthOrTooLong() {
    ByteString octets = ByteString.copyFrom(new byte[] {10, 0, 0, 1});
    refused(
        () -> WireAddresses.fromWire(Prefix.newBuilder().setOctets(octets).setLength(8).build()),
        "10.0.0.1/8 has bits set past its length");
    refused(
        () -> WireAddresses.fromWire(Prefix.newBuilder().setOctets(octets).setLength(33).build()),
        "expected 0 to 32");
  }

  @Test
  void refusesPortsAndLocationsOutOfRange() {
    refused(
        () ->
            WireAddresses.fromWire(
                EndpointAddress.newBuilder().setAddress(address(4)).setPort(-1).build()),
        "port: 4294967295 (expected 1 to 65535)");
    refused(
        () -> WireAddresses.fromWire(Location.newBuilder().setLatitude(Double.NaN).build()),
        "latitude: NaN (expected -90 to 90)");
  }

  @Test
  void refusesVersionsBeyondTheRange() {
    refused(
        () -> AnnouncementVersion.fromWire(Version.newBuilder().setCounter(-1).build()),
        "version.counter: 18446744073709551615 (expected at most 2^63-1)");
  }

  @Test
  void refusesAnnouncementsOfNoPossibleMoment() {
    for (long millis : new long[] {-1, Announcement.LATEST.toEpochMilli() + 1}) {
      Announce page =
          AnnouncementPages.split(samples.announcement(1)).getFirst().toBuilder()
              .setAnnouncedEpochMillis(millis)
              .build();
      refused(
          () -> new AnnouncementAssembler("lb-1").add(page),
          "announced: ",
          "(expected 1970-01-01T00:00:00Z to 9999-12-31T23:59:59.999Z)");
    }
  }

  @Test
  void refusesAPageThatIsMissing() {
    List<Announce> pages = AnnouncementPages.split(samples.announcement(100), 3);
    AnnouncementAssembler assembler = new AnnouncementAssembler("lb-1");
    accepted(() -> assembler.add(pages.get(0)));
    refused(() -> assembler.add(pages.get(2)), "page 2 of", "expected page 1 of");
    refused(() -> assembler.add(pages.get(1)), "expected page 0");
  }

  @Test
  void refusesAPageOfAnotherVersion() {
    List<Announce> pages = AnnouncementPages.split(samples.announcement(100), 3);
    AnnouncementAssembler assembler = new AnnouncementAssembler("lb-1");
    accepted(() -> assembler.add(pages.get(0)));
    Announce other =
        pages.get(1).toBuilder().setVersion(Version.newBuilder().setGeneration(99)).build();
    refused(() -> assembler.add(other), "announcement 99.0");
  }

  @Test
  void aNewFirstPageDropsWhatWasNotCompleted() throws MalformedMessageException {
    List<Announce> pages = AnnouncementPages.split(samples.announcement(100), 3);
    Announcement next = samples.announcement(0);
    AnnouncementAssembler assembler = new AnnouncementAssembler(next.loadBalancer());
    accepted(() -> assembler.add(pages.get(0)));
    assertThat(assembler.add(AnnouncementPages.split(next).getFirst())).contains(next);
  }

  @Test
  void refusesTooManyPagesAndPrefixesBeforeKeepingThem() {
    AnnouncementAssembler assembler = new AnnouncementAssembler("lb-1");
    Announce page = AnnouncementPages.split(samples.announcement(0)).getFirst();
    refused(
        () -> assembler.add(page.toBuilder().setPages(65).build()), "65 pages (expected 1 to 64)");
    Announce.Builder full = page.toBuilder();
    for (int i = 0; i <= AnnouncementPages.PREFIXES; i++) {
      full.addResolverPrefixes(WireAddresses.toWire(samples.prefix()));
    }
    refused(() -> assembler.add(full.build()), "4097 prefixes in one page (expected at most 4096)");
  }

  @Test
  void refusesAnAnnouncementWithoutAddressesOrVersion() {
    AnnouncementAssembler assembler = new AnnouncementAssembler("lb-1");
    Announce page = AnnouncementPages.split(samples.announcement(0)).getFirst();
    refused(
        () -> assembler.add(page.toBuilder().clearAddresses().build()),
        "number of addresses: 0 (expected 1 to 16)");
    refused(
        () -> assembler.add(page.toBuilder().clearVersion().build()),
        "version: 0.0 (expected above 0.0)");
  }

  @Test
  void refusesAZoneWithAPolicyThatItDoesNotKnow() {
    EnterpriseZone.Builder zone = WireServices.toWire(samples.zone(2)).toBuilder();
    zone.getServicesBuilder(1).setPolicy(Policy.getDefaultInstance());
    refused(
        () -> WireServices.fromWire(zone.build()),
        "services[1]: policy: unknown kind (expected latency, sum, failover or chain)");
  }

  @Test
  void refusesAZoneWithNumbersThatCannotBe() {
    EnterpriseZone.Builder zone = WireServices.toWire(samples.zone(1)).toBuilder();
    zone.getServicesBuilder(0).getCheckBuilder().setIntervalMillis(-1);
    refused(() -> WireServices.fromWire(zone.build()), "services[0]: check: interval_millis");
    zone.getServicesBuilder(0).getCheckBuilder().setIntervalMillis(1);
    refused(() -> WireServices.fromWire(zone.build()), "services[0]: check: interval");
    zone.getServicesBuilder(0).setModeValue(77);
    refused(() -> WireServices.fromWire(zone.build()), "services[0]: mode: UNRECOGNIZED");
  }

  @Test
  void refusesPagesOfDifferentZones() {
    List<ZoneUpdate> one = ZonePages.updates(samples.zone(3), 1);
    ZoneAssembler assembler = new ZoneAssembler();
    accepted(() -> assembler.add(one.get(0)));
    ZoneUpdate.Builder other = one.get(1).toBuilder();
    other.getZoneBuilder().setOrigin("lb.other.example");
    refused(() -> assembler.add(other.build()), "lb.other.example");
  }

  @Test
  void refusesEstimatesThatCannotBe() {
    Estimates.Builder message = WireEstimates.toWire(samples.estimates(1)).getFirst().toBuilder();
    TargetEstimate.Builder target = message.getTargetsBuilder(0);
    target.setMeasured(true).setSamples(1).setLoss(0).setLatencyMillis(Double.POSITIVE_INFINITY);
    refused(() -> WireEstimates.fromWire(message.build()), "targets[0]: latency: Infinity");
    target.setLatencyMillis(1).setLoss(1.5);
    refused(() -> WireEstimates.fromWire(message.build()), "targets[0]: loss: 1.5");
    Estimates.Builder empty = Estimates.newBuilder().setPlace("lb-1").setSentEpochMillis(-1);
    refused(() -> WireEstimates.fromWire(empty.build(), Instant.EPOCH), "sent_epoch_millis: -1 (");
  }

  @Test
  void refusesSmallMessagesThatCannotBe() {
    refused(
        () -> WireDuties.fromWire(Duty.newBuilder().setLabel("ns").setService("a.b").build()),
        "duty \"ns.a.b\"",
        "id: \"ns\"");
    refused(() -> WireDuties.fromWire(Delegation.getDefaultInstance()), "origin");
    refused(
        () -> WireDuties.nameOf(AddressCheck.newBuilder().setName("a.example").build()),
        "text of 0 octets (expected 1 to 255)");
    refused(
        () ->
            WireNodes.fromWire(
                BackboneNodes.newBuilder()
                    .addNodes(net.dglb.mapping.wire.BackboneNode.newBuilder().setId("b1"))
                    .build()),
        "nodes[0]: node b1: no endpoint");
  }

  @Test
  void mutatedMessagesAreReadOrRefusedButNeverEndOtherwise() {
    Random random = new Random(20261122);
    List<byte[]> seeds = GoldenFrames.all().stream().map(GoldenFrames.Golden::bytes).toList();
    int read = 0;
    int refused = 0;
    for (int run = 0; run < 100_000; run++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size()));
      byte[] body = Arrays.copyOfRange(bytes, 4, bytes.length);
      for (int i = random.nextInt(3); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        readAll(Frame.parseFrom(body));
        read++;
      } catch (InvalidProtocolBufferException | MalformedMessageException e) {
        refused++;
      }
    }
    assertThat(read).isGreaterThan(1000);
    assertThat(refused).isGreaterThan(1000);
  }

  private static void readAll(Frame frame) throws MalformedMessageException {
    switch (frame.getMessageCase()) {
      case ANNOUNCE -> new AnnouncementAssembler("lb-nyc-1").add(frame.getAnnounce());
      case ZONE_UPDATE -> new ZoneAssembler().add(frame.getZoneUpdate());
      case REGISTER -> new ZoneAssembler().add(frame.getRegister());
      case ESTIMATES -> WireEstimates.fromWire(frame.getEstimates());
      case DUTY -> WireDuties.fromWire(frame.getDuty());
      case DELEGATION -> WireDuties.fromWire(frame.getDelegation());
      case NEIGHBOURS -> WireNodes.fromWire(frame.getNeighbours());
      case BACKBONE_NODES -> WireNodes.fromWire(frame.getBackboneNodes());
      case ADDRESS_CHECK -> WireDuties.nameOf(frame.getAddressCheck());
      case HELLO -> AnnouncementVersion.fromWire(frame.getHello().getHighestVersion());
      default -> {}
    }
  }

  private static Address address(int octets) {
    return Address.newBuilder().setOctets(ByteString.copyFrom(new byte[octets])).build();
  }

  private static void accepted(ThrowingCallable call) {
    org.assertj.core.api.Assertions.assertThatCode(call).doesNotThrowAnyException();
  }

  private static void refused(ThrowingCallable call, String... words) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
  }
}
