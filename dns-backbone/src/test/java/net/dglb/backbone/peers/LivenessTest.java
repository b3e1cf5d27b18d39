package net.dglb.backbone.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.map.EntrySeal;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.InMemorySharedMap;
import net.dglb.backbone.map.MapKeys;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class LivenessTest {

  private static final Liveness.Times TIMES =
      new Liveness.Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofDays(1));

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemorySharedMap map = new InMemorySharedMap();
  private final EntryTable table = table();
  private final Map<String, byte[]> journal = new HashMap<>();
  private final Liveness liveness = new Liveness("b1", table, TIMES, journal, timeline);

  @Test
  void aLoadBalancerIsLiveThenLostThenLongLost() {
    liveness.opened("lb");
    timeline.advance(Duration.ofDays(3));
    assertThat(liveness.presence("lb")).isEqualTo(Presence.LIVE);

    liveness.closed("lb");
    timeline.advance(Duration.ofSeconds(19));
    assertThat(liveness.presence("lb")).isEqualTo(Presence.LIVE);

    timeline.advance(Duration.ofSeconds(2));
    assertThat(liveness.presence("lb")).isEqualTo(Presence.LOST);

    timeline.advance(Duration.ofDays(1));
    assertThat(liveness.presence("lb")).isEqualTo(Presence.LONG_LOST);

    liveness.opened("lb");
    assertThat(liveness.presence("lb")).isEqualTo(Presence.LIVE);
  }

  @Test
  void oneThatWasNotHeardSinceTheStartCountsFromTheStart() {
    assertThat(liveness.presence("lb")).isEqualTo(Presence.PRESUMED);

    timeline.advance(Duration.ofSeconds(61));
    assertThat(liveness.presence("lb")).isEqualTo(Presence.LOST);

    timeline.advance(Duration.ofDays(1));
    assertThat(liveness.presence("lb")).isEqualTo(Presence.LONG_LOST);
  }

  @Test
  void aLongAbsenceDoesNotBeginAnewWhenTheNodeRestarts() {
    liveness.opened("lb");
    assertThat(liveness.remember(List.of("lb", "other"))).isTrue();
    liveness.closed("lb");
    Liveness restarted = liveness;
    for (int hours = 0; hours < 24; hours += 6) {
      timeline.advance(Duration.ofHours(6).minusSeconds(61));
      restarted = new Liveness("b1", table(), TIMES, journal, timeline);
      assertThat(restarted.presence("lb")).isEqualTo(Presence.PRESUMED);
      timeline.advance(Duration.ofSeconds(60));
      assertThat(restarted.presence("lb")).as("after %d h", hours).isEqualTo(Presence.LOST);
      assertThat(restarted.remember(List.of("lb"))).as("it is not heard").isFalse();
    }
    timeline.advance(Duration.ofSeconds(5));

    assertThat(restarted.presence("lb")).isEqualTo(Presence.LONG_LOST);
    assertThat(restarted.remember(List.of())).as("it is forgotten").isTrue();
    assertThat(journal).isEmpty();
  }

  @Test
  void oneThatAnotherNodeHearsIsNotLost() {
    EntryTable second = table();
    Liveness other = new Liveness("b2", second, TIMES, new HashMap<>(), timeline);
    other.opened("lb");
    for (int hours = 0; hours < 30; hours++) {
      timeline.advance(Duration.ofHours(1));
      other.say(0);
      table.scan();
      liveness.tick();
    }

    assertThat(liveness.presence("lb")).isEqualTo(Presence.LIVE);

    timeline.advance(Duration.ofSeconds(31));
    assertThat(liveness.presence("lb")).isEqualTo(Presence.LOST);
  }

  @Test
  void anotherNodeIsHeardWhoseClockIsAnHourBehindAndOneThatIsDeadIsNot() {
    VirtualTimeline behind = new VirtualTimeline(timeline.now().minus(Duration.ofHours(1)));
    Liveness other = new Liveness("b2", table(behind), TIMES, new HashMap<>(), behind);
    other.opened("lb");
    for (int i = 0; i < 3; i++) {
      other.say(0);
      table.scan();
      behind.advance(Duration.ofSeconds(2));
      timeline.advance(Duration.ofSeconds(2));
    }
    assertThat(liveness.isNodeHeard("b2")).isTrue();
    assertThat(liveness.heardNow()).containsExactly("lb");

    timeline.advance(Duration.ofHours(2));
    EntryTable afterRestart = table();
    Liveness restarted = new Liveness("b1", afterRestart, TIMES, journal, timeline);
    afterRestart.scan();

    assertThat(restarted.isNodeHeard("b2")).as("its last word of long ago").isFalse();
  }

  private EntryTable table() {
    return table(timeline);
  }

  private EntryTable table(VirtualTimeline timeline) {
    EntrySeal seal =
        new EntrySeal("live", MapKeys.only(new SecretKeySpec(new byte[32], "HmacSHA256")));
    return new EntryTable("live", seal, map, new HashMap<>(), timeline);
  }
}
