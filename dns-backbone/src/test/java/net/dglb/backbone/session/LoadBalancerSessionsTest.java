package net.dglb.backbone.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.dglb.backbone.Samples;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.registry.Admission;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.Dismissal;
import net.dglb.backbone.registry.KeyWish;
import net.dglb.backbone.registry.Refusal;
import net.dglb.backbone.registry.Registration;
import net.dglb.backbone.registry.Removal;
import net.dglb.backbone.registry.SiteWish;
import net.dglb.backbone.registry.Update;
import net.dglb.backbone.registry.VoterWish;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.log.LogStatus;
import net.dglb.backbone.registry.state.RegistryState;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.SealedKeys;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.decision.AdminState;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.HeldZone;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Ttls;
import net.dglb.service.ZoneTexts;
import net.dglb.time.VirtualTimeline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadBalancerSessionsTest implements ZoneRegistry {

  private static final DomainName ORIGIN = DomainName.of("lb.foobar.test");

  private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

  private final Map<DomainName, EnterpriseZone> zones = new TreeMap<>();
  private final EstimateTable estimates = new EstimateTable();
  private final LoadBalancerSessions sessions =
      new LoadBalancerSessions(
          this, estimates, new SecureLabels(new HashMap<>(), new VirtualTimeline(NOW)), () -> NOW);
  private final InMemorySession balancer = new InMemorySession(NodeRole.LOAD_BALANCER, "lb-nyc");
  private @Nullable EnterpriseZone removed;
  private Duration endedAgo = Duration.ZERO;

  @Test
  void aRemovedZoneIsAnsweredForAsLongAsTheLongestReferralOfItMayBeCachedTwice() {
    sessions.add(balancer);
    give(zone(1, Duration.ofHours(1), Duration.ofHours(6)));

    remove();

    assertThat(serveSeconds()).containsExactly(2 * 6 * 3600);
  }

  @Test
  void aShorterTtlOfALaterVersionDoesNotShortenWhatResolversHold() {
    sessions.add(balancer);
    give(zone(1, Duration.ofHours(6)));
    give(zone(2, Duration.ofMinutes(1)));

    remove();

    assertThat(serveSeconds()).containsExactly(2 * 6 * 3600);
  }

  @Test
  void aShortTtlIsNotServedLongerThanItMayBeCached() {
    sessions.add(balancer);
    give(zone(1, Duration.ofMinutes(1)));

    remove();

    assertThat(serveSeconds()).containsExactly(120);
  }

  @Test
  void aRemovalIsToldOnceAndOnlyToWhoeverHasTheZone() {
    InMemorySession stranger = new InMemorySession(NodeRole.LOAD_BALANCER, "lb-lon");
    sessions.add(balancer);
    sessions.add(stranger);
    give(zone(1, Duration.ofHours(1)));

    remove();
    sessions.zonesChanged();

    assertThat(serveSeconds()).hasSize(1);
    assertThat(stranger.sent()).isEmpty();
  }

  @Test
  void oneThatWasAwayLearnsAtItsNextSessionThatAZoneIsGone() {
    removed = zone(5, Duration.ofHours(1));
    endedAgo = Duration.ofMinutes(30);
    sessions.add(balancer);
    sessions.held("lb-nyc", List.of(new HeldZone(ORIGIN, 3)));

    assertThat(balancer.sent())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.getZoneRemoved().getVersion()).isEqualTo(5);
          assertThat(it.getZoneRemoved().getServeSeconds()).isEqualTo(7200 - 1800);
        });
  }

  @Test
  void aRemovalOfLongAgoLeavesNothingToServe() {
    removed = zone(5, Duration.ofHours(1));
    endedAgo = Duration.ofDays(3);
    sessions.add(balancer);
    sessions.held("lb-nyc", List.of(new HeldZone(ORIGIN, 9)));

    assertThat(serveSeconds()).containsExactly(0);
    assertThat(balancer.sent().getFirst().getZoneRemoved().getVersion())
        .as("a version above the stored one cannot keep it")
        .isEqualTo(9);
  }

  @Test
  void aZoneThatIsNotKnownHereAtAllIsLeftAlone() {
    sessions.add(balancer);
    sessions.held("lb-nyc", List.of(new HeldZone(ORIGIN, 3)));

    assertThat(balancer.sent()).isEmpty();
  }

  @Test
  void whatIsHeldIsNotSentAgainButItsRemovalIs() {
    sessions.add(balancer);
    zones.put(ORIGIN, zone(3, Duration.ofHours(1)));
    sessions.held("lb-nyc", List.of(new HeldZone(ORIGIN, 3)));
    give(zone(3, Duration.ofHours(1)));
    assertThat(balancer.sent()).noneMatch(Frame::hasZoneUpdate);

    remove();
    assertThat(serveSeconds()).containsExactly(7200);
  }

  @Test
  void anOldVersionThatIsHeldIsReplacedAtOnce() {
    sessions.add(balancer);
    zones.put(ORIGIN, zone(3, Duration.ofHours(1)));
    sessions.held("lb-nyc", List.of(new HeldZone(ORIGIN, 2)));

    assertThat(balancer.sent())
        .extracting(it -> it.getZoneUpdate().getZone().getVersion())
        .containsExactly(3L);
  }

  @Test
  void whatOperatorsSayGoesToWhoeverIsThereWhenItChangesAndToWhoeverComesLater() {
    sessions.add(balancer);
    said = new NetworkSayings(7, Sayings.NONE.with(saying("tokyo")));
    sessions.zonesChanged();
    sessions.zonesChanged();
    InMemorySession late = new InMemorySession(NodeRole.LOAD_BALANCER, "lb-lon");
    sessions.add(late);

    assertThat(balancer.sent()).as("once").hasSize(1).isEqualTo(late.sent());
    assertThat(late.sent().getFirst().getSitesSaid().getVersion()).isEqualTo(7);
    said = new NetworkSayings(8, Sayings.NONE);
    sessions.zonesChanged();
    assertThat(late.sent().getLast().getSitesSaid().getSayingsCount()).as("taken back").isZero();
    assertThat(late.sent()).hasSize(2);
  }

  @Test
  void whoBacksUpManyServicesIsGivenWhatIsKnownOfEachOnce() {
    EnterpriseZone zone = zone(1, Collections.nCopies(50, Duration.ofHours(1)));
    zones.put(ORIGIN, zone);
    Map<ProbeTarget, SiteState> known = new HashMap<>();
    zone.services().stream()
        .flatMap(Service::targets)
        .forEach(target -> known.put(target, new SiteState(Optional.empty(), Health.UP)));
    estimates.put("lb-lon", known);
    sessions.add(balancer);

    zone.services().forEach(service -> sessions.estimates("lb-nyc", "lb-lon", service));

    assertThat(balancer.sent(Frame::hasEstimates))
        .as("not all of the place for each duty")
        .extracting(it -> it.getEstimates().getTargetsCount())
        .hasSize(50)
        .containsOnly(4);
  }

  private static Saying saying(String pattern) {
    return new Saying(SitePattern.parse(pattern), AdminState.DOWN, "ann", "fire", NOW);
  }

  private NetworkSayings said = NetworkSayings.NONE;

  @Override
  public NetworkSayings said() {
    return said;
  }

  @Override
  public void say(SiteWish wish, Consumer<Outcome> outcome) {
    throw new UnsupportedOperationException();
  }

  private void give(EnterpriseZone zone) {
    zones.put(ORIGIN, zone);
    sessions.order(
        "lb-nyc",
        ORIGIN,
        zone.services().getFirst(),
        new LabelDuty(
            "lb-nyc",
            Samples.WWW,
            zone.version(),
            false,
            Optional.empty(),
            List.of(),
            Duration.ofMinutes(1)));
  }

  private void remove() {
    zones.clear();
    sessions.zonesChanged();
  }

  private List<Integer> serveSeconds() {
    return balancer.sent().stream()
        .filter(Frame::hasZoneRemoved)
        .map(frame -> frame.getZoneRemoved().getServeSeconds())
        .toList();
  }

  /** A zone with a service for each referral TTL. */
  private static EnterpriseZone zone(long version, Duration... referrals) {
    return zone(version, List.of(referrals));
  }

  private static EnterpriseZone zone(long version, List<Duration> referrals) {
    List<Service> services = new ArrayList<>();
    for (Duration referral : referrals) {
      Service base = Samples.service(ORIGIN.child("s" + services.size()));
      services.add(
          new Service(
              base.name(),
              base.aliases(),
              base.mode(),
              base.sites(),
              base.check(),
              base.policy(),
              new Ttls(Duration.ofDays(1), referral, Duration.ofMinutes(1)),
              0));
    }
    return new EnterpriseZone("foobar", ORIGIN, DelegationForm.ALIASED, false, version, services);
  }

  @Override
  public SealedKeys keys(DomainName origin) {
    return SealedKeys.getDefaultInstance();
  }

  @Override
  public void putKeys(PutKeys keys, Caller caller, Consumer<Outcome> outcome) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<EnterpriseZone> get(DomainName origin) {
    return Optional.ofNullable(zones.get(origin));
  }

  @Override
  public List<EnterpriseZone> list() {
    return List.copyOf(zones.values());
  }

  @Override
  public Optional<EnterpriseZone> answered(DomainName origin) {
    return get(origin);
  }

  @Override
  public List<EnterpriseZone> answered() {
    return list();
  }

  @Override
  public Optional<Leaving> removed(DomainName origin) {
    return Optional.ofNullable(removed).map(zone -> new Leaving(origin, zone, NOW.minus(endedAgo)));
  }

  @Override
  public List<Leaving> leaving() {
    return List.of();
  }

  @Override
  public Outcome dryRun(Registration registration) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void register(Registration registration, Consumer<Outcome> outcome) {
    throw new UnsupportedOperationException("nobody registers here");
  }

  @Override
  public void remove(Removal removal, Consumer<Outcome> outcome) {
    throw new UnsupportedOperationException("nobody removes here");
  }

  @Override
  public void admit(Admission admission, Consumer<Outcome> outcome) {
    throw new UnsupportedOperationException("nobody is admitted here");
  }

  @Override
  public void dismiss(Dismissal dismissal, Consumer<Outcome> outcome) {
    throw new AssertionError();
  }

  @Override
  public void update(Update update, Consumer<Outcome> outcome) {
    throw new UnsupportedOperationException("nobody updates here");
  }

  @Override
  public void key(KeyWish wish, Consumer<Outcome> outcome) {
    throw new UnsupportedOperationException("nobody has keys here");
  }

  @Override
  public CompletableFuture<Void> noteCounted() {
    throw new UnsupportedOperationException("nobody is refused here");
  }

  @Override
  public void refused(Refusal refusal) {
    throw new UnsupportedOperationException("nobody is refused here");
  }

  @Override
  public ZoneTexts texts(DomainName origin) {
    return ZoneTexts.NONE;
  }

  @Override
  public void change(VoterWish wish, Consumer<Outcome> outcome) {
    throw new UnsupportedOperationException("nobody is admitted here");
  }

  @Override
  public void onApplied(Runnable listener) {
    throw new UnsupportedOperationException("nobody follows the log here");
  }

  @Override
  public RegistryState state() {
    throw new UnsupportedOperationException("nobody looks at the state here");
  }

  @Override
  public LogStatus log() {
    throw new UnsupportedOperationException("there is no log here");
  }

  @Override
  public void onChange(Runnable listener) {}
}
