package net.dglb.backbone.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.map.AbsentMap;
import net.dglb.backbone.map.EntrySeal;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.MapKeys;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementPages;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class ResolverMapTest {

  private static final Instant MADE = Instant.parse("2025-12-31T23:59:59.123Z");
  private static final Duration EXPIRY = Duration.ofDays(30);

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final Map<String, byte[]> journal = new HashMap<>();
  private final ResolverMap map = map();

  @Test
  void anAnnouncementOfManyPagesOutlivesTheProcess() {
    Announcement large = announcement(1, 3 * AnnouncementPages.PREFIXES + 1);
    assertThat(map.announce(large)).isTrue();

    assertThat(map().all()).containsExactly(new StoredAnnouncement(large, false));
    assertThat(map().highest("lb-1")).isEqualTo(new AnnouncementVersion(1, 1));
  }

  @Test
  void theSameAgainIsAcceptedAndAnotherContentOfThatVersionIsNot() {
    map.announce(announcement(2, 10));

    assertThat(map.announce(announcement(2, 10))).isTrue();
    assertThat(map.announce(announcement(2, 11))).isFalse();
    assertThat(map.announce(announcement(1, 10))).isFalse();
    assertThat(map.announce(announcement(3, 11))).isTrue();
  }

  @Test
  void ofAWithdrawnOneOnlyItsPlaceAndTheResolversThatItHadCount() {
    map.announce(announcement(1, 10));
    assertThat(map.withdraw("lb-1", new AnnouncementVersion(1, 1))).isFalse();
    assertThat(map.withdraw("lb-1", new AnnouncementVersion(1, 2))).isTrue();
    assertThat(map.withdraw("lb-1", new AnnouncementVersion(1, 2))).as("said again").isTrue();

    StoredAnnouncement left = map().all().getFirst();
    assertThat(left.withdrawn()).isTrue();
    assertThat(left.addresses()).isEmpty();
    assertThat(left.resolverPrefixes()).isEmpty();
    assertThat(left.announcement().location()).contains(new Location(40, -74));
    assertThat(left.announcement().resolverPrefixes())
        .as("for choosing who succeeds it")
        .hasSize(10);
    assertThat(map.announce(announcement(2, 10))).as("not above the withdrawal").isFalse();
    assertThat(map.announce(announcement(3, 10))).as("it comes back").isTrue();
  }

  @Test
  void whenItWasAnnouncedIsPartOfItAndMayBeMissing() {
    map.announce(announcement(1, 1, Optional.empty()));
    assertThat(map().all().getFirst().announcement().announced()).isEmpty();

    map.announce(announcement(2, 1));
    map.renew("lb-1");
    assertThat(map().all().getFirst().announcement().announced()).contains(MADE);
  }

  private ResolverMap map() {
    EntrySeal seal =
        new EntrySeal("resolver-map", MapKeys.only(new SecretKeySpec(new byte[32], "HmacSHA256")));
    return new ResolverMap(
        new EntryTable("resolver-map", seal, new AbsentMap(), journal, timeline), EXPIRY, timeline);
  }

  private static Announcement announcement(long counter, int prefixes) {
    return announcement(counter, prefixes, Optional.of(MADE));
  }

  private static Announcement announcement(
      long counter, int prefixes, Optional<Instant> announced) {
    List<Prefix> resolvers = new ArrayList<>();
    for (int i = 0; i < prefixes; i++) {
      resolvers.add(Prefix.parse("10." + (i >> 8) + "." + (i & 255) + ".0/24"));
    }
    return new Announcement(
        "lb-1",
        new AnnouncementVersion(1, counter),
        announced,
        List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
        53,
        resolvers,
        List.of(Prefix.parse("198.51.100.0/24")),
        Optional.of(new Location(40, -74)),
        true,
        List.of(Endpoint.parse("192.0.2.1:8853")));
  }
}
