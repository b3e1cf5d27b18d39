package net.dglb.backbone.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.Samples;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.map.AbsentMap;
import net.dglb.backbone.map.EntrySeal;
import net.dglb.backbone.map.EntryTable;
import net.dglb.backbone.map.MapKeys;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DutiesTest {

  private static final LabelSettings SETTINGS =
      new LabelSettings(1, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(5));
  private static final int TWO_REFERRAL_TTLS = 7200;

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final Set<String> connected = new HashSet<>(Set.of("lb-nyc", "lb-lon", "lb-tyo"));
  private final Set<String> trusted = new HashSet<>(Set.of("lb-nyc", "lb-lon", "lb-tyo"));
  private final List<String> sent = new ArrayList<>();
  private final Map<String, LabelDuty> orders = new HashMap<>();
  private final Map<String, byte[]> journal = new HashMap<>();
  private List<LoadBalancer> all = new ArrayList<>(Samples.loadBalancers());
  private List<EnterpriseZone> zones = List.of(Samples.aliased(7));
  private List<Integer> successors = List.of();
  private Duties duties = duties();

  @BeforeEach
  void aResolverNearNewYorkAsks() {
    settle();
    duties.demand(Samples.WWW, "lb-nyc");
    settle();
  }

  @Test
  void aLabelIsGivenToItsOwnLoadBalancerAndToTheNearestOther() {
    assertThat(sent).containsExactlyInAnyOrder("lb-nyc holds lb-nyc", "lb-lon backs up lb-nyc");
    assertThat(orderOf("lb-lon").place()).contains(Samples.NEW_YORK);
    assertThat(orderOf("lb-lon").zoneVersion()).isEqualTo(7);
  }

  @Test
  void nobodyIsNamedBeforeItAcknowledged() {
    assertThat(served().holders()).isEmpty();

    acknowledge("lb-lon");

    assertThat(served().holders()).containsExactly("lb-lon");
    assertThat(served().measured()).isFalse();

    acknowledge("lb-nyc");

    assertThat(served().holders()).containsExactly("lb-nyc", "lb-lon");
    assertThat(served().measured()).isTrue();
  }

  @Test
  void nobodyIsNamedBeforeItsAddressesWereSeenToAnswer() {
    trusted.remove("lb-nyc");
    acknowledge("lb-nyc");
    acknowledge("lb-lon");

    assertThat(served().holders()).containsExactly("lb-lon");

    trusted.add("lb-nyc");
    settle();

    assertThat(served().measured()).isTrue();
  }

  @Test
  void aHolderWhoseAddressesFailIsLeftOutUnlessNobodyElseIsThere() {
    bothServe();

    trusted.remove("lb-nyc");
    assertThat(served().holders()).containsExactly("lb-lon");
    assertThat(served().measured()).isTrue();

    trusted.remove("lb-lon");
    assertThat(served().holders()).containsExactly("lb-nyc", "lb-lon");
  }

  @Test
  void aDutyThatIsNotAcknowledgedIsSentAgain() {
    sent.clear();

    timeline.advance(Duration.ofSeconds(4));
    settle();
    assertThat(sent).isEmpty();

    timeline.advance(Duration.ofSeconds(2));
    settle();
    assertThat(sent).containsExactlyInAnyOrder("lb-nyc holds lb-nyc", "lb-lon backs up lb-nyc");
  }

  @Test
  void theNameServersOfADutyAreThoseThatResolversAreReferredTo() {
    assertThat(orderOf("lb-nyc").nameServers())
        .containsExactly(
            DomainName.of("lb-nyc.ns.lb.foobar.test"), DomainName.of("label.ns.lb.foobar.test"));

    bothServe();

    assertThat(orderOf("lb-nyc").nameServers())
        .containsExactly(
            DomainName.of("lb-nyc.ns.lb.foobar.test"), DomainName.of("lb-lon.ns.lb.foobar.test"));
    assertThat(orderOf("lb-nyc").nameServerTtl()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aDeadLoadBalancerIsNotNamedAndAnotherOneBacksItsLabelUp() {
    bothServe();

    alive("lb-lon", false);
    connected.remove("lb-lon");
    settle();

    assertThat(served().holders()).containsExactly("lb-nyc");
    assertThat(sent).contains("lb-tyo backs up lb-nyc");

    acknowledge("lb-tyo");

    assertThat(served().holders()).containsExactly("lb-nyc", "lb-tyo");
  }

  @Test
  void oneThatIsNotNeededAnyMoreIsReleasedOnlyAfterItsSuccessorServes() {
    bothServe();
    connected.remove("lb-lon");
    alive("lb-lon", false);
    settle();
    acknowledge("lb-tyo");
    assertThat(served().holders()).containsExactly("lb-nyc", "lb-tyo");

    connected.add("lb-lon");
    alive("lb-lon", true);
    settle();

    assertThat(served().holders()).containsExactly("lb-nyc", "lb-lon");
    assertThat(sent).contains("lb-tyo stops lb-nyc after " + TWO_REFERRAL_TTLS);
  }

  @Test
  void aWithdrawnLabelGoesToItsBackupsUntilNoResolverKnowsItWhateverTheClockShows() {
    bothServe();

    withdraw("lb-nyc");
    assertThat(duties.withdrawn("lb-nyc")).isEqualTo(TWO_REFERRAL_TTLS);
    settle();

    assertThat(served().measured()).isFalse();
    assertThat(served().holders()).containsExactly("lb-lon");

    timeline.setWallClock(Duration.ofHours(1));
    timeline.advance(Duration.ofSeconds(TWO_REFERRAL_TTLS - 1));
    settle();
    assertThat(duties.served()).hasSize(1);

    timeline.setWallClock(Duration.ofHours(-2));
    timeline.advance(Duration.ofSeconds(2));
    settle();
    assertThat(duties.served()).isEmpty();
    assertThat(sent).contains("lb-lon stops lb-nyc after " + TWO_REFERRAL_TTLS);
    assertThat(duties.demand(Samples.WWW, "lb-nyc")).isFalse();
  }

  @Test
  void acknowledgedLabelsAreKeptOverARestart() {
    bothServe();

    duties = duties();
    settle();

    assertThat(served().holders()).containsExactly("lb-nyc", "lb-lon");
  }

  @Test
  void aLoadBalancerThatLostItsStateMustAcknowledgeAgain() {
    bothServe();
    sent.clear();

    duties.connected("lb-nyc", true);
    settle();

    assertThat(served().holders()).containsExactly("lb-lon");
    assertThat(sent).contains("lb-nyc holds lb-nyc");
  }

  @Test
  void aLoadBalancerThatComesBackWithItsStateGoesOnAndIsToldAgain() {
    bothServe();
    sent.clear();

    duties.connected("lb-nyc", false);
    settle();

    assertThat(served().measured()).isTrue();
    assertThat(sent).contains("lb-nyc holds lb-nyc");
  }

  @Test
  void aNewVersionOfTheZoneIsToldWhereItChangesTheService() {
    bothServe();
    zones = List.of(Samples.withServices(Samples.aliased(8), Samples::withTwoAddresses));
    settle();

    assertThat(orderOf("lb-nyc").zoneVersion()).isEqualTo(8);
    assertThat(served().measured()).isTrue();
  }

  @Test
  void labelsOfARemovedZoneEndAndTheirHoldersAnswerUntilNoResolverComes() {
    bothServe();
    zones = List.of();
    settle();

    assertThat(sent)
        .contains(
            "lb-nyc stops lb-nyc after " + TWO_REFERRAL_TTLS,
            "lb-lon stops lb-nyc after " + TWO_REFERRAL_TTLS);

    assertThat(duties.served()).isEmpty();
    assertThat(journal).isEmpty();
  }

  @Test
  void anAcknowledgementOfSomethingElseIsAnsweredWithTheEndOfThatDuty() {
    sent.clear();
    duties.acknowledged("lb-tyo", Samples.WWW, "lb-nyc", 7);
    duties.acknowledged("lb-nyc", Samples.SHOP, "lb-nyc", 7);
    settle();

    assertThat(served().holders()).isEmpty();
    assertThat(sent)
        .containsExactly(
            "lb-tyo stops lb-nyc after " + TWO_REFERRAL_TTLS,
            "lb-nyc stops lb-nyc after " + TWO_REFERRAL_TTLS);
  }

  @Test
  void aNodeWithoutMemoryEndsTheDutiesOfItsFormerLife() {
    bothServe();
    journal.clear();
    duties = duties();
    settle();
    sent.clear();

    acknowledge("lb-nyc");
    acknowledge("lb-lon");

    assertThat(sent)
        .containsExactly(
            "lb-nyc stops lb-nyc after " + TWO_REFERRAL_TTLS,
            "lb-lon stops lb-nyc after " + TWO_REFERRAL_TTLS);
    assertThat(duties.served()).isEmpty();
  }

  @Test
  void oneThatMissedTheEndOfItsDutyIsToldHowLongIsLeft() {
    bothServe();
    withdraw("lb-nyc");
    duties.withdrawn("lb-nyc");
    settle();
    timeline.advance(Duration.ofSeconds(7000));
    sent.clear();

    duties.acknowledged("lb-nyc", Samples.WWW, "lb-nyc", 7);

    assertThat(sent).containsExactly("lb-nyc stops lb-nyc after " + (TWO_REFERRAL_TTLS - 7000));
  }

  @Test
  void theLabelOfOneThatLeftGoesToWhoIsNearestToItsResolversAndNotOnlyToItsNeighbour() {
    bothServe();
    successors = List.of(ordinal("lb-tyo"));
    withdraw("lb-nyc");
    duties.withdrawn("lb-nyc");
    settle();
    assertThat(sent).contains("lb-tyo backs up lb-nyc");
    assertThat(served().holders()).as("until it acknowledges").containsExactly("lb-lon");

    acknowledge("lb-tyo");

    assertThat(served().holders()).containsExactly("lb-tyo");
    assertThat(sent).contains("lb-lon stops lb-nyc after " + TWO_REFERRAL_TTLS);
  }

  private int ordinal(String id) {
    return all.stream().filter(lb -> lb.id().equals(id)).findFirst().orElseThrow().ordinal();
  }

  private void bothServe() {
    acknowledge("lb-nyc");
    acknowledge("lb-lon");
  }

  private void acknowledge(String holder) {
    duties.acknowledged(holder, Samples.WWW, "lb-nyc", 7);
    settle();
  }

  private void settle() {
    duties.world(all, zones, _ -> successors);
    duties.settle();
  }

  private ServedLabel served() {
    assertThat(duties.served()).hasSize(1);
    return duties.served().getFirst();
  }

  private LabelDuty orderOf(String holder) {
    LabelDuty order = orders.get(holder);
    assertThat(order).as("the last duty of %s", holder).isNotNull();
    return Objects.requireNonNull(order);
  }

  private void alive(String id, boolean live) {
    all = all.stream().map(lb -> lb.id().equals(id) ? Samples.live(lb, live) : lb).toList();
  }

  private void withdraw(String id) {
    all = all.stream().map(lb -> lb.id().equals(id) ? Samples.withdrawn(lb) : lb).toList();
  }

  private Duties duties() {
    return new Duties(
        SETTINGS, new Outbox(), new Trust(), new DutyJournal(journal), shared(), timeline);
  }

  private SharedLabels shared() {
    EntrySeal seal =
        new EntrySeal("labels", MapKeys.only(new SecretKeySpec(new byte[32], "HmacSHA256")));
    return new SharedLabels(
        "b1",
        new EntryTable("labels", seal, new AbsentMap(), new HashMap<>(), timeline),
        Duration.ofDays(30),
        timeline);
  }

  private final class Trust implements AddressTrust {

    @Override
    public boolean isTrusted(String loadBalancer) {
      return trusted.contains(loadBalancer);
    }

    @Override
    public boolean isFailing(String loadBalancer) {
      return !trusted.contains(loadBalancer);
    }
  }

  private final class Outbox implements DutyOutbox {

    @Override
    public boolean isConnected(String holder) {
      return connected.contains(holder);
    }

    @Override
    public void order(String holder, DomainName origin, Service service, LabelDuty order) {
      orders.put(holder, order);
      sent.add(holder + (order.backup() ? " backs up " : " holds ") + order.label());
    }

    @Override
    public void estimates(String holder, String place, Service service) {}

    @Override
    public void end(String holder, String label, DomainName service, int serveSeconds) {
      sent.add(holder + " stops " + label + " after " + serveSeconds);
    }

    @Override
    public void probers(String holder, Map<DomainName, Integer> loadBalancers) {
      throw new AssertionError("no service caps its probes");
    }
  }
}
