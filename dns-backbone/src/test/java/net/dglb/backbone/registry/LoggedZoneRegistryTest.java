package net.dglb.backbone.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.dglb.backbone.Samples;
import net.dglb.backbone.registry.ZoneRegistry.Outcome;
import net.dglb.backbone.registry.ZoneRegistry.Reason;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.net.DomainName;
import net.dglb.service.DelegationForm;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.Test;

class LoggedZoneRegistryTest {

  private static final Caller AUTHORITY = new Caller("dglb://authority/foobar", "192.0.2.9");

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-11-20T00:00:00Z"));
  private final ImmediateLog log = new ImmediateLog();
  private final Map<String, byte[]> journal = new HashMap<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Runnable> waitingForTheDisk = new ArrayList<>();
  private int changes;
  private ZoneRegistry registry = open();

  private ZoneRegistry open() {
    RegistryTables tables = new RegistryTables();
    if (!log.away) {
      log.join(tables);
    }
    return open(log, tables);
  }

  private ZoneRegistry open(ImmediateLog from, RegistryTables tables) {
    ZoneRegistry opened =
        new LoggedZoneRegistry(
            from,
            tables,
            journal,
            DomainName.of("dglb.test"),
            () -> Duration.ofDays(30),
            waitingForTheDisk::add,
            timeline);
    opened.onChange(() -> changes++);
    return opened;
  }

  @Test
  void aRegistrationIsServedAndIsToldOnceTheJournalIsOnDisk() {
    register(Samples.aliased(0));

    assertThat(registry.list()).containsExactly(Samples.aliased(1));
    assertThat(changes).isEqualTo(1);
    assertThat(outcomes).as("the disk has not written yet").isEmpty();
    commit();
    assertThat(outcomes).containsExactly(new Outcome.Stored(1));
  }

  @Test
  void everyCommandHasAnIdOfItsOwn() {
    register(Samples.aliased(0));
    register(Samples.delegated(0));

    assertThat(log.commands())
        .extracting(Command::getId)
        .doesNotContain(ByteString.EMPTY)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsServedAlreadyIsStoredWithoutAnotherEntryEvenWithoutAMajority() {
    register(Samples.aliased(0));
    commit();
    log.away = true;

    register(Samples.aliased(0));
    register(Samples.aliased(1));

    assertThat(outcomes)
        .containsExactly(new Outcome.Stored(1), new Outcome.Stored(1), new Outcome.Stored(1));
    assertThat(log.size()).isEqualTo(1);
  }

  @Test
  void withoutAMajorityAChangeIsRefusedAndWhatWasServedIsServedOn() {
    register(Samples.aliased(0));
    commit();
    log.away = true;

    register(Samples.delegated(0));
    remove(Samples.aliased(1).origin());

    assertThat(outcomes.subList(1, 3))
        .containsExactly(
            new Outcome.Unavailable("no majority"), new Outcome.Unavailable("no majority"));
    assertThat(registry.list()).containsExactly(Samples.aliased(1));
  }

  @Test
  void aNodeThatStartsWithoutAMajorityServesItsJournalAndTheLogTakesOver() {
    register(Samples.aliased(0));
    register(Samples.delegated(0));
    log.away = true;

    registry = open();
    assertThat(registry.list()).containsExactly(Samples.aliased(1), Samples.delegated(1));
    assertThat(registry.answered()).isEqualTo(registry.list());

    log.away = false;
    registry = open();
    remove(Samples.delegated(1).origin());
    assertThat(registry.list()).containsExactly(Samples.aliased(1));
    assertThat(registry.get(Samples.SHOP)).isEmpty();
  }

  @Test
  void aRemovedZoneIsAnsweredForAsLongAsItsDelegationIsHeldAlsoOverRestarts() {
    EnterpriseZone zone = Samples.shortLived(1, "www.lb.foobar.test");
    register(zone);
    timeline.advance(Duration.ofHours(1));
    Instant end = timeline.now().plus(zone.services().getFirst().ttls().delegation());
    remove(zone.origin());

    assertThat(registry.list()).isEmpty();
    assertThat(registry.answered()).containsExactly(zone);
    assertThat(registry.leaving())
        .containsExactly(new ZoneRegistry.Leaving(zone.origin(), zone, end));
    for (boolean away : new boolean[] {false, true}) {
      log.away = away;
      registry = open();
      timeline.advance(Duration.ofSeconds(29));
      assertThat(registry.answered())
          .as("restarted %s the log", away ? "without" : "with")
          .containsExactly(zone);
    }
    int before = changes;
    timeline.advance(Duration.ofSeconds(3));

    assertThat(registry.answered()).isEmpty();
    assertThat(registry.leaving()).isEmpty();
    assertThat(changes).as("whoever compiles answers is told").isGreaterThan(before);
    log.away = false;
    registry = open();
    timeline.advance(Duration.ofSeconds(1));
    assertThat(registry.answered()).as("the log says when it ended").isEmpty();
  }

  @Test
  void keysOfTheBackbonesOwnZoneAreKnownAfterARestartAlsoWithoutTheLog() {
    DomainName own = DomainName.of("dglb.test");
    PutKeys put =
        PutKeys.newBuilder()
            .setOrigin(own.toString())
            .setSealed(ByteString.copyFromUtf8("sealed"))
            .setOwn(true)
            .build();
    registry.putKeys(put, new Caller("dglb://backbone/b1", "itself"), _ -> {});
    timeline.runDue();
    assertThat(registry.keys(own).getNumber()).isEqualTo(1);

    log.away = true;
    registry = open();
    assertThat(registry.keys(own).getSealed()).isEqualTo(put.getSealed());
    assertThat(registry.answered()).isEmpty();
  }

  @Test
  void itsOwnerTakesARemovedZoneOverAtOnce() {
    register(Samples.aliased(0));
    remove(Samples.aliased(1).origin());

    register(Samples.shortLived(0, "new.lb.foobar.test"));

    assertThat(registry.list()).containsExactly(Samples.shortLived(2, "new.lb.foobar.test"));
    assertThat(registry.answered(Samples.aliased(1).origin()).orElseThrow().services())
        .as("what resolvers still hold is answered beside it")
        .extracting(Service::name)
        .extracting(DomainName::toString)
        .containsExactlyInAnyOrder(
            "new.lb.foobar.test", "www.lb.foobar.test", "img.cdn.lb.foobar.test");
  }

  @Test
  void aServiceThatAVersionLeavesOutIsAnsweredOnFromItsLastForm() {
    register(Samples.shortLived(0, "a.lb.foobar.test", "b.lb.foobar.test"));
    register(Samples.shortLived(0, "a.lb.foobar.test"));

    assertThat(registry.list()).containsExactly(Samples.shortLived(2, "a.lb.foobar.test"));
    assertThat(registry.answered())
        .containsExactly(Samples.shortLived(2, "a.lb.foobar.test", "b.lb.foobar.test"));
    assertThat(registry.leaving())
        .extracting(ZoneRegistry.Leaving::name)
        .containsExactly(DomainName.of("b.lb.foobar.test"));

    registry = open();
    timeline.advance(Duration.ofSeconds(59));
    assertThat(registry.answered().getFirst().services()).hasSize(2);
    timeline.advance(Duration.ofSeconds(2));
    assertThat(registry.answered()).containsExactly(Samples.shortLived(2, "a.lb.foobar.test"));
  }

  @Test
  void aLogThatIsReadOnlyInPartTakesNothingAway() {
    register(Samples.aliased(0));
    register(Samples.delegated(0));
    ImmediateLog behind = new ImmediateLog();
    RegistryTables partly = new RegistryTables();
    registry = open(behind, partly);

    behind.join(partly);
    registry.register(Registration.granted(Samples.aliased(0), AUTHORITY), outcomes::add);
    timeline.runDue();

    assertThat(registry.list()).containsExactly(Samples.aliased(1), Samples.delegated(1));
  }

  @Test
  void aStateThatDoesNotKnowAZoneAtAllTakesNothingAway() {
    register(Samples.aliased(0));
    ImmediateLog stranger = new ImmediateLog();
    RegistryTables emptied = new RegistryTables();
    stranger.join(emptied);
    registry = open(stranger, emptied);

    register(Samples.delegated(0));
    register(Samples.delegated(0));

    assertThat(registry.list()).containsExactly(Samples.aliased(1), Samples.delegated(1));
  }

  @Test
  void whatCannotStandBesideTheNewVersionEndsAtOnce() {
    EnterpriseZone before = Samples.delegated(0);
    register(
        new EnterpriseZone(
            "foobar",
            before.origin(),
            DelegationForm.ALIASED,
            false,
            0,
            List.of(Samples.service(before.origin().child("www")))));
    register(before);

    assertThat(registry.answered()).containsExactly(Samples.delegated(2));
    assertThat(registry.leaving()).isEmpty();
  }

  @Test
  void theBackbonesOwnZoneCannotBeRegisteredOver() {
    EnterpriseZone zone = Samples.aliased(0);
    EnterpriseZone over =
        new EnterpriseZone(
            "foobar", DomainName.of("test"), zone.form(), zone.dnssec(), 0, zone.services());
    register(over);

    assertThat(outcomes)
        .containsExactly(
            new Outcome.Refused(
                Reason.OWNED, "zone test overlaps the backbone's own zone dglb.test"));
  }

  private void register(EnterpriseZone zone) {
    registry.register(Registration.granted(zone, AUTHORITY), outcomes::add);
    timeline.runDue();
  }

  private void remove(DomainName origin) {
    registry.remove(new Removal(origin, AUTHORITY, OptionalLong.empty(), true), outcomes::add);
    timeline.runDue();
  }

  private void commit() {
    List<Runnable> now = List.copyOf(waitingForTheDisk);
    waitingForTheDisk.clear();
    now.forEach(Runnable::run);
  }
}
