package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.backbone.Samples;
import net.dglb.backbone.map.AbsentMap;
import net.dglb.backbone.map.InMemorySharedMap;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedLabelsTest {

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemorySharedMap map = new InMemorySharedMap();
  private final Map<String, byte[]> labelJournal = new HashMap<>();
  private final DutyNode asked = new DutyNode("b1", map, labelJournal, new HashMap<>(), timeline);
  private final DutyNode other = new DutyNode("b2", map, timeline);

  @BeforeEach
  void oneNodeVerifiedTheHolders() {
    asked.hears("lb-nyc", "lb-lon", "lb-tyo");
    asked.turn();
    asked.asked();
    asked.acknowledges("lb-nyc");
    asked.acknowledges("lb-lon");
    assertThat(asked.served().measured()).isTrue();
  }

  @Test
  void aLabelThatIsInUseAtOneNodeIsInUseAtAll() {
    other.hears("lb-nyc", "lb-lon", "lb-tyo");

    other.turn();

    assertThat(other.sent).containsExactlyInAnyOrder("lb-nyc lb-nyc", "lb-lon lb-nyc");
  }

  @Test
  void aNodeThatWasNeverAskedKeepsTheLabelOfALostLoadBalancer() {
    asked.loses("lb-nyc");
    other.hears("lb-lon", "lb-tyo");
    other.loses("lb-nyc");

    assertThat(other.served().measured()).isTrue();
    assertThat(other.served().holders()).containsExactly("lb-lon");
  }

  @Test
  void whatAnotherNodeSawCountsUntilTheOwnCheckFails() {
    other.connected.add("lb-nyc");
    other.connected.add("lb-lon");
    other.turn();
    assertThat(other.served().holders()).containsExactly("lb-nyc", "lb-lon");

    other.failing.add("lb-nyc");
    assertThat(other.served().holders()).containsExactly("lb-lon");
    assertThat(other.served().measured()).isTrue();
  }

  @Test
  void aHolderThatNoLongerAnswersTheOtherNodeIsNotNamedOnItsWord() {
    asked.trusted.remove("lb-nyc");
    asked.turn();
    other.turn();

    assertThat(other.served().holders()).containsExactly("lb-lon");
    assertThat(other.served().measured()).isTrue();
  }

  @Test
  void aLoadBalancerThatLostItsStateMustBeSeenAgain() {
    other.connected.add("lb-nyc");
    other.turn();

    other.duties.connected("lb-nyc", true);
    assertThat(other.served().measured()).isFalse();

    asked.duties.connected("lb-nyc", true);
    asked.turn();
    other.turn();
    assertThat(other.served().measured()).isFalse();

    asked.acknowledges("lb-nyc");
    other.turn();
    assertThat(other.served().measured()).isTrue();
  }

  @Test
  void aWordThatIsMissingFromTheSharedMapStillCounts() {
    other.turn();
    map.held.clear();

    other.turn();

    assertThat(other.served().measured()).isTrue();
    assertThat(map.held).as("put back").isNotEmpty();
  }

  @Test
  void theWordOfOthersIsKeptOverARestartWithoutThem() {
    Map<String, byte[]> journal = new HashMap<>();
    new DutyNode("b3", map, new HashMap<>(), journal, timeline).turn();

    DutyNode restarted = new DutyNode("b3", new AbsentMap(), new HashMap<>(), journal, timeline);
    restarted.turn();

    assertThat(restarted.served().measured()).isTrue();
    assertThat(restarted.served().holders()).containsExactly("lb-nyc", "lb-lon");
  }

  @Test
  void aNodeThatLostItsDiskTakesItsOwnFormerWord() {
    DutyNode again = new DutyNode("b1", map, timeline);
    again.turn();
    again.turn();

    assertThat(again.served().measured()).isTrue();
    assertThat(again.served().holders()).containsExactly("lb-nyc", "lb-lon");
  }

  @Test
  void aNodeDoesNotBelieveItself() {
    asked.trusted.clear();
    asked.trusted.add("lb-lon");
    asked.turn();
    asked.turn();

    assertThat(asked.served().holders()).containsExactly("lb-lon");
  }

  @Test
  void labelsThatEndedAreNotTakenUpAgain() {
    other.turn();
    asked.removesAllZones();
    other.removesAllZones();
    other.turn();
    asked.turn();

    assertThat(other.duties.served()).isEmpty();
    assertThat(asked.table.entries()).allMatch(entry -> entry.deleted());
  }

  @Test
  void whatIsFoundBehindAWordIsInTheNextOne() {
    asked.duties.connected("lb-nyc", true);
    asked.turn();
    other.turn();
    assertThat(other.served().measured()).isFalse();
    asked.turn(); // after this it has heard all that the other one says

    asked.duties.acknowledged("lb-nyc", Samples.WWW, "lb-nyc", 7);
    asked.duties.served();
    asked.duties.share();
    asked.turn();
    other.turn();

    assertThat(asked.served().holders()).containsExactly("lb-nyc", "lb-lon");
    assertThat(other.served().measured()).isTrue();
  }

  @Test
  void theEndOfALabelBehindAWordIsInTheNextOne() {
    asked.duties.zones(List.of());
    asked.duties.share();
    asked.removesAllZones();

    assertThat(asked.table.entries()).allMatch(entry -> entry.deleted());
  }

  @Test
  void nothingIsSaidTwiceUntilItNearsItsExpiry() {
    long before = asked.table.checksum();
    asked.turn();
    assertThat(asked.table.checksum()).isEqualTo(before);

    timeline.advance(DutyNode.EXPIRY.dividedBy(2).plus(Duration.ofHours(1)));
    asked.turn();
    assertThat(asked.table.checksum()).isNotEqualTo(before);
  }
}
