package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.dglb.backbone.Samples;
import net.dglb.backbone.map.InMemorySharedMap;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is looked at of a hundred labels, each with a backup, when little has changed. */
class SettledLabelsTest {

  private static final int LABELS = 100;
  private static final int TWO_REFERRAL_TTLS = 7200;

  private final EnterpriseZone zone = Samples.aliased(7).withServices(services(0, LABELS));
  private final DomainName changing = zone.services().get(42).name();
  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final DutyNode node = new DutyNode("b1", new InMemorySharedMap(), timeline);
  private long settledBefore;

  @BeforeEach
  void allLabelsOfNewYorkAreServed() {
    node.hears("lb-nyc", "lb-lon", "lb-tyo");
    node.serves(zone);
    for (Service service : zone.services()) {
      node.duties.demand(service.name(), "lb-nyc");
    }
    node.turn();
    for (Service service : zone.services()) {
      node.duties.acknowledged("lb-nyc", service.name(), "lb-nyc", 7);
      node.duties.acknowledged("lb-lon", service.name(), "lb-nyc", 7);
    }
    node.turn(); // they are verified, and orders name them from now on
    node.turn();
    assertThat(node.duties.served()).allMatch(it -> it.holders().size() == 2);
    fromNowOn();
  }

  @Test
  void nothingIsDoneWhenNothingHasChanged() {
    List<ServedLabel> served = node.duties.served();
    long said = node.table.checksum();

    for (int i = 0; i < 10; i++) {
      timeline.advance(Duration.ofSeconds(5));
      node.turn();
    }

    assertThat(settled()).isZero();
    assertThat(node.sent).isEmpty();
    assertThat(node.duties.served()).isSameAs(served);
    assertThat(node.table.checksum()).isEqualTo(said);
  }

  @Test
  void aNewLabelIsTheOnlyOneLookedAt() {
    node.duties.demand(changing, "lb-tyo");
    node.turn();

    assertThat(settled()).isEqualTo(1);
    assertThat(node.sent).containsExactlyInAnyOrder("lb-tyo lb-tyo", "lb-lon lb-tyo");
  }

  @Test
  void aServiceThatChangesTouchesOnlyItsOwnOrders() {
    node.serves(changed(zone.withVersion(8), Samples::withTwoAddresses));

    assertThat(settled()).isEqualTo(1);
    assertThat(node.sent).containsExactlyInAnyOrder("lb-nyc lb-nyc", "lb-lon lb-nyc");
  }

  @Test
  void aNewVersionOfAZoneThatLeavesItsServicesAsTheyAreTouchesNothing() {
    node.serves(zone.withVersion(8));

    assertThat(settled()).isZero();
    assertThat(node.sent).isEmpty();
  }

  @Test
  void aZoneThatWasGoneForAMomentIsToldAnewAlthoughItsServicesAreWhatTheyWere() {
    node.duties.zones(List.of());
    node.serves(zone.withVersion(8));

    assertThat(node.sent).hasSize(2 * zone.services().size());
    assertThat(node.duties.served()).allMatch(it -> it.holders().size() == 2);
  }

  @Test
  void whatWasMeasuredIsSentWithTheFirstDutyOfABackupAndOnceMoreForAnotherService() {
    assertThat(node.estimates).as("orders named others meanwhile").hasSize(zone.services().size());
    node.estimates.clear();

    node.serves(changed(zone.withVersion(8), Samples::withTwoAddresses));

    assertThat(node.estimates).containsExactly("lb-lon lb-nyc " + changing);
  }

  @Test
  void whatWasMeasuredIsSentAgainInAnotherSession() {
    node.estimates.clear();

    node.duties.connected("lb-lon", false);
    node.turn();

    assertThat(node.estimates).hasSize(zone.services().size());
  }

  @Test
  void aServiceThatIsGoneTakesOnlyItsOwnLabel() {
    List<Service> others = new ArrayList<>(zone.services());
    others.removeIf(service -> service.name().equals(changing));
    node.serves(zone.withVersion(8).withServices(others));

    assertThat(settled()).isEqualTo(1);
    assertThat(node.sent).containsExactlyInAnyOrder("lb-nyc ends lb-nyc", "lb-lon ends lb-nyc");
    assertThat(node.duties.served()).hasSize(others.size());
  }

  @Test
  void anOrderWithoutAnAnswerIsLookedAtWhenItsTimeHasCome() {
    node.duties.demand(changing, "lb-tyo");
    node.turn();
    node.duties.acknowledged("lb-tyo", changing, "lb-tyo", 7);
    node.turn();
    fromNowOn();

    timeline.advance(Duration.ofSeconds(4));
    node.turn();
    assertThat(settled()).isZero();

    timeline.advance(Duration.ofSeconds(2));
    node.turn();
    assertThat(settled()).isEqualTo(1);
    assertThat(node.sent).containsExactly("lb-lon lb-tyo");
  }

  @Test
  void aLoadBalancerThatIsLostTouchesNothingThatItDoesNotHold() {
    node.duties.demand(changing, "lb-tyo");
    node.turn();
    fromNowOn();

    node.loses("lb-tyo");

    assertThat(settled()).isEqualTo(1);
    assertThat(node.sent).isEmpty();
  }

  @Test
  void labelsOfOneThatLeftAreAtRestUntilNoResolverComes() {
    node.withdraws("lb-nyc");
    for (Service service : zone.services()) {
      node.duties.acknowledged("lb-lon", service.name(), "lb-nyc", 7);
    }
    node.turn();
    node.turn();
    fromNowOn();

    timeline.advance(Duration.ofSeconds(TWO_REFERRAL_TTLS - 1));
    node.turn();
    assertThat(settled()).isZero();

    timeline.advance(Duration.ofSeconds(1));
    node.turn();
    assertThat(node.duties.served()).isEmpty();
  }

  @Test
  void ofManyAsManyAreSettledAtOnceAsThereIsTimeFor() {
    List<Service> many = new ArrayList<>(zone.services());
    many.addAll(services(LABELS, 4 * LABELS));
    node.onOrder = () -> timeline.spend(Duration.ofMillis(1)); // so a hundred labels take 200 ms
    node.serves(zone.withVersion(8).withServices(many));
    many.forEach(service -> node.duties.demand(service.name(), "lb-nyc"));

    for (int step = 1; step <= 3; step++) {
      assertThat(node.duties.isSettled()).as("before step %d", step).isFalse();
      node.turn();
      assertThat(settled()).isEqualTo((long) step * LABELS);
      assertThat(node.sent).hasSize(2 * step * LABELS);
    }
    assertThat(node.duties.isSettled()).isTrue();
  }

  @Test
  void aLabelWhoseOrderCouldNotBeSentIsLookedAtAgain() {
    node.onOrder =
        () -> {
          throw new IllegalStateException("no order is sent as the test wants it");
        };
    node.duties.demand(changing, "lb-tyo");
    assertThatThrownBy(node::turn).isInstanceOf(IllegalStateException.class);

    node.onOrder = () -> {};
    node.turn();

    assertThat(node.sent).containsExactlyInAnyOrder("lb-tyo lb-tyo", "lb-lon lb-tyo");
  }

  private static List<Service> services(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Samples.service(DomainName.of("s" + i + ".lb.foobar.test")))
        .toList();
  }

  private EnterpriseZone changed(EnterpriseZone of, UnaryOperator<Service> change) {
    return Samples.withServices(of, it -> it.name().equals(changing) ? change.apply(it) : it);
  }

  private void fromNowOn() {
    settledBefore = node.duties.settled();
    node.sent.clear();
  }

  private long settled() {
    return node.duties.settled() - settledBefore;
  }
}
