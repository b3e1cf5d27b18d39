package net.dglb.backbone.registry.state;

import static net.dglb.backbone.registry.state.Commands.at;
import static net.dglb.backbone.registry.state.Commands.giveUp;
import static net.dglb.backbone.registry.state.Commands.proved;
import static net.dglb.backbone.registry.state.Commands.put;
import static net.dglb.backbone.registry.state.Commands.quota;
import static net.dglb.backbone.registry.state.Commands.remove;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import net.dglb.backbone.registry.wire.AuditRecord;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.Outcome.Kind;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.PutKeys;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.RemoveEnterprise;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class RegistryStateTest {

  private static final String ZONE = "lb.foobar.test";

  private RegistryState state = RegistryState.EMPTY;

  @Test
  void aProvedZoneIsStoredAndItsVersionsGrow() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(at(2, proved(ZONE, "foobar", "b")), 2);

    assertThat(state.served(DomainName.of(ZONE)).orElseThrow().getHistoryList())
        .extracting(ZoneVersion::getVersion)
        .containsExactly(1L, 2L);
  }

  @Test
  void aZoneWithoutProofIsRefusedAndLeavesOnlyATrace() {
    Outcome outcome = take(at(1, put(ZONE, "foobar", "a", Proof.PROOF_NONE)));

    assertThat(outcome.getKind()).isEqualTo(Kind.KIND_UNPROVED);
    assertThat(outcome.getText()).contains(ZONE).contains("enterprise foobar").contains("TXT");
    assertThat(state.zones()).isEmpty();
    assertThat(state.audit().records())
        .singleElement()
        .extracting(AuditRecord::getOutcome)
        .asString()
        .startsWith("unproved: ");
  }

  @Test
  void theOwnerNeedsNoProofForAChange() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(at(2, put(ZONE, "foobar", "b", Proof.PROOF_NONE)), 2);
  }

  @Test
  void theSameAgainIsStoredAlreadyAndChangesNothing() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    RegistryState before = state;

    assertStored(at(2, proved(ZONE, "foobar", "a")), 1);
    assertThat(state).isEqualTo(before);
  }

  @Test
  void ofTwoEnterprisesThatProveTheSameZoneTheFirstHasIt() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);

    Outcome second = take(at(1, proved(ZONE, "evil", "b")));
    assertThat(second.getKind()).isEqualTo(Kind.KIND_OWNED);
    assertThat(second.getText()).contains(ZONE).contains("another enterprise");
  }

  @Test
  void nobodyRegistersAboveOrBelowAnothersZone() {
    assertStored(at(1, proved("lb.foobar.test", "foobar", "a")), 1);

    assertThat(take(at(2, proved("x.lb.foobar.test", "evil", "b"))).getKind())
        .isEqualTo(Kind.KIND_OWNED);
    assertThat(take(at(2, proved("foobar.test", "evil", "b"))).getKind())
        .isEqualTo(Kind.KIND_OWNED);
    assertStored(at(2, proved("lb-2.foobar.test", "evil", "b")), 1);
    assertStored(at(2, proved("x.lb.foobar.test", "foobar", "b")), 1);
  }

  @Test
  void aChangeToAnotherVersionThanTheServedOneIsRefused() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    PutZone changed = proved(ZONE, "foobar", "b");

    Outcome outcome = take(at(2, changed.toBuilder().setBase(0).build()));
    assertThat(outcome.getKind()).isEqualTo(Kind.KIND_OLD_VERSION);
    assertThat(outcome.getVersion()).isEqualTo(1);
    assertThat(outcome.getText()).contains("version 0").contains("version 1 is served");
    assertStored(at(3, changed.toBuilder().setBase(1).build()), 2);
  }

  @Test
  void aCommandThatComesAgainAfterASnapshotIsToldTheSameAndChangesNothing() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    PutZone changed = proved(ZONE, "foobar", "b").toBuilder().setBase(1).build();
    Command change = at(2, changed).toBuilder().setId(id(2)).build();
    Command removal = remove(3, ZONE).toBuilder().setId(id(3)).build();
    assertStored(change, 2);
    assertStored(removal, 2);
    state = RegistryState.fromWire(state.toWire());
    RegistryState before = state;

    assertStored(removal, 2);
    assertStored(change, 2);

    assertThat(state).isEqualTo(before);
    assertThat(state.audit().count()).isEqualTo(3);
    assertThat(take(removal.toBuilder().setId(id(4)).build()).getKind())
        .as("the same wish, another command")
        .isEqualTo(Kind.KIND_UNKNOWN);
  }

  @Test
  void aZoneOfTheBackbonesOwnHasKeysWithoutARegistrationAndTheFirstOfSeveralChangesWins() {
    assertThat(take(keys("dglb.test", 0, false)).getKind()).isEqualTo(Kind.KIND_UNKNOWN);
    assertStored(keys("dglb.test", 0, true), 1);
    assertThat(take(keys("dglb.test", 0, true)).getKind()).isEqualTo(Kind.KIND_OLD_VERSION);
    assertStored(keys("dglb.test", 1, true), 2);

    assertThat(state.ownKeys())
        .containsOnlyKeys(DomainName.of("dglb.test"))
        .allSatisfy((_, keys) -> assertThat(keys.getNumber()).isEqualTo(2));
    assertThat(state.zones()).isEmpty();
  }

  private static Command keys(String origin, long base, boolean own) {
    return Command.newBuilder()
        .setAtEpochMillis(1)
        .setPutKeys(
            PutKeys.newBuilder()
                .setOrigin(origin)
                .setBase(base)
                .setSealed(ByteString.copyFromUtf8("keys after " + base))
                .setOwn(own))
        .build();
  }

  @Test
  void whatCommandsWereToldIsForgottenInTime() {
    Command first = remove(1, ZONE).toBuilder().setId(id(0)).build();
    take(first);
    for (int i = 1; i <= ToldOutcomes.KEPT; i++) {
      take(remove(1, ZONE).toBuilder().setId(id(i)).build());
    }

    assertThat(state.told().latest()).hasSize(ToldOutcomes.KEPT);
    long audited = state.audit().count();
    take(first);
    assertThat(state.audit().count()).as("taken as a new one").isEqualTo(audited + 1);
  }

  private static ByteString id(int number) {
    return ByteString.copyFromUtf8("command " + number);
  }

  @Test
  void aVersionOfTheOwnersChoiceMustBeAboveTheStoredOne() {
    PutZone fifth = proved(ZONE, "foobar", "a").toBuilder().setVersion(5).build();
    assertStored(at(1, fifth), 5);

    PutZone fourth = proved(ZONE, "foobar", "b").toBuilder().setVersion(4).build();
    assertThat(take(at(2, fourth)).getKind()).isEqualTo(Kind.KIND_OLD_VERSION);
    assertStored(at(3, proved(ZONE, "foobar", "b")), 6);
  }

  @Test
  void aRemovedZoneIsForItsFormerOwnerAloneUntilTheQuarantineEnds() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(remove(2, ZONE), 1);
    assertThat(state.served(DomainName.of(ZONE))).isEmpty();

    Outcome early = take(at(3, proved(ZONE, "evil", "b")));
    assertThat(early.getKind()).isEqualTo(Kind.KIND_QUARANTINED);
    assertThat(early.getText()).contains("until 1970-01-02T00:00:00.002Z");
    assertThat(take(at(3, proved("www." + ZONE, "evil", "b"))).getKind())
        .as("a delegation below it may have been left behind too")
        .isEqualTo(Kind.KIND_QUARANTINED);

    assertStored(at(4, proved(ZONE, "foobar", "b")), 2);
    assertStored(remove(5, ZONE), 2);
    assertStored(at(5 + Commands.DAY_MILLIS, proved(ZONE, "newowner", "c")), 3);
    assertThat(state.served(DomainName.of(ZONE)).orElseThrow().getHistoryList())
        .as("another enterprise's history is not handed on")
        .hasSize(1);
  }

  @Test
  void theOperatorEndsAQuarantineButTakesNothingFromAnybody() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    PutZone approved = put(ZONE, "newowner", "b", Proof.PROOF_OPERATOR);
    assertThat(take(at(2, approved)).getKind()).isEqualTo(Kind.KIND_OWNED);

    assertStored(remove(3, ZONE), 1);
    assertStored(at(4, approved), 2);
  }

  @Test
  void whoGaveAZoneUpComesBackWithoutAProofWhileNobodyElseMayHaveIt() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(giveUp(2, ZONE), 1);
    long last = 1 + Commands.DAY_MILLIS;

    assertStored(at(last, put("deep." + ZONE, "foobar", "b", Proof.PROOF_NONE)), 1);
    assertStored(at(last, put(ZONE, "foobar", "a", Proof.PROOF_NONE)), 2);
    assertThat(proofOf(ZONE)).as("as it was proved").isEqualTo(Proof.PROOF_CHALLENGE);

    assertStored(giveUp(last, ZONE), 2);
    assertStored(giveUp(last, "deep." + ZONE), 1);
    assertThat(
            take(at(last + Commands.DAY_MILLIS, put(ZONE, "foobar", "a", Proof.PROOF_NONE)))
                .getKind())
        .as("the quarantine is over")
        .isEqualTo(Kind.KIND_UNPROVED);
    assertStored(at(last + Commands.DAY_MILLIS, put(ZONE, "foobar", "a", Proof.PROOF_OPERATOR)), 3);
    assertThat(proofOf(ZONE)).isEqualTo(Proof.PROOF_OPERATOR);
  }

  @Test
  void whomTheOperatorTookAZoneFromMustProveItAgain() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(remove(2, ZONE), 1);

    for (String name : List.of(ZONE, "deep." + ZONE)) {
      assertThat(take(at(3, put(name, "foobar", "a", Proof.PROOF_NONE))).getKind())
          .as(name)
          .isEqualTo(Kind.KIND_UNPROVED);
    }
  }

  @Test
  void whoHasAZoneNeedsNoProofBelowItAndOneAboveIt() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);

    assertStored(at(2, put("deep." + ZONE, "foobar", "b", Proof.PROOF_NONE)), 1);
    assertThat(proofOf("deep." + ZONE)).isEqualTo(Proof.PROOF_ABOVE);
    assertThat(take(at(2, put("foobar.test", "foobar", "c", Proof.PROOF_NONE))).getKind())
        .as("whoever was given a part does not have the whole")
        .isEqualTo(Kind.KIND_UNPROVED);
    assertThat(take(at(2, put("deep." + ZONE, "evil", "b", Proof.PROOF_NONE))).getKind())
        .isEqualTo(Kind.KIND_OWNED);
  }

  @Test
  void aZoneThatTheOperatorGaveToAnotherIsNotTakenBack() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(giveUp(2, ZONE), 1);
    assertStored(at(3, put(ZONE, "newowner", "b", Proof.PROOF_OPERATOR)), 2);

    assertThat(take(at(4, put(ZONE, "foobar", "a", Proof.PROOF_NONE))).getKind())
        .isEqualTo(Kind.KIND_OWNED);
    assertStored(giveUp(5, ZONE), 2);
    assertThat(take(at(6, put(ZONE, "foobar", "a", Proof.PROOF_NONE))).getKind())
        .isEqualTo(Kind.KIND_QUARANTINED);
  }

  @Test
  void whatAnEnterpriseGaveUpProvesNothingToALaterOneOfTheSameName() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(giveUp(2, ZONE), 1);
    take(quota("foobar", 2, 5));
    take(
        Command.newBuilder()
            .setRules(Rules.NOW)
            .setAtEpochMillis(3)
            .setRemoveEnterprise(RemoveEnterprise.newBuilder().setName("foobar"))
            .build());

    assertThat(take(at(4, put(ZONE, "foobar", "a", Proof.PROOF_NONE))).getKind())
        .isEqualTo(Kind.KIND_UNPROVED);
  }

  @Test
  void anOldLogIsReadByTheRulesOfProofThatItHad() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    Command below = at(2, put("deep." + ZONE, "foobar", "b", Proof.PROOF_NONE));

    assertThat(take(below.toBuilder().setRules(2).build()).getKind()).isEqualTo(Kind.KIND_UNPROVED);
    assertStored(below, 1);
  }

  private Proof proofOf(String origin) {
    return state.served(DomainName.of(origin)).orElseThrow().getProof();
  }

  @Test
  void aZoneThatIsNotThereCannotBeRemoved() {
    Outcome outcome = take(remove(1, ZONE));
    assertThat(outcome.getKind()).isEqualTo(Kind.KIND_UNKNOWN);
    assertThat(outcome.getText()).isEqualTo("zone lb.foobar.test is not registered");
  }

  @Test
  void aQuotaHoldsForZonesAndForServices() {
    take(quota("foobar", 2, 5));
    assertStored(at(1, proved("a.test", "foobar", "a")), 1);
    PutZone large = proved("b.test", "foobar", "b").toBuilder().setServices(5).build();
    Outcome outcome = take(at(2, large));
    assertThat(outcome.getKind()).isEqualTo(Kind.KIND_QUOTA);
    assertThat(outcome.getText())
        .contains("2 zones with 6 services (expected at most 2 zones and 5 services)");
    assertStored(at(3, proved("b.test", "foobar", "b")), 1);
    assertThat(take(at(4, proved("c.test", "foobar", "c"))).getKind()).isEqualTo(Kind.KIND_QUOTA);
    assertStored(at(5, proved("b.test", "foobar", "changed")), 2);
  }

  @Test
  void aCommandThatMakesNoSenseIsRefusedAndTheStateStays() {
    assertThat(take(at(1, proved("not a name", "foobar", "a"))).getKind())
        .isEqualTo(Kind.KIND_INVALID);
    assertThat(take(Command.getDefaultInstance()).getKind()).isEqualTo(Kind.KIND_INVALID);
    assertThat(state.zones()).isEmpty();
  }

  @Test
  void theHistoryKeepsTheLastVersionsWithinBounds() {
    for (int i = 1; i <= History.MAX_VERSIONS + 5; i++) {
      assertStored(at(i, proved(ZONE, "foobar", "content " + i)), i);
    }
    assertThat(history()).hasSize(History.MAX_VERSIONS);

    String large = "x".repeat((int) History.MAX_OCTETS * 2 / 3);
    for (int i = 0; i < 4; i++) {
      take(at(100, proved(ZONE, "foobar", large + i)));
    }
    assertThat(history()).hasSize(2);
  }

  @Test
  void theAuditShowsWhetherARecordWasChangedOrLeftOut() {
    for (int i = 0; i < AuditTrail.KEPT + 10; i++) {
      take(at(i, proved(ZONE, "foobar", "content " + i)));
    }
    AuditTrail audit = state.audit();
    assertThat(audit.records()).hasSize(AuditTrail.KEPT);
    assertThat(audit.firstBroken()).isZero();

    var records = new ArrayList<>(audit.records());
    records.set(5, records.get(5).toBuilder().setActor("nobody").build());
    assertThat(new AuditTrail(records, audit.count(), audit.hash()).firstBroken())
        .isEqualTo(records.get(5).getNumber());

    var shorter = new ArrayList<>(audit.records());
    shorter.remove(7);
    assertThat(new AuditTrail(shorter, audit.count(), audit.hash()).firstBroken()).isPositive();
  }

  @Test
  void recordsOfAnOldLogKeepTheHashesThatTheyHadAndTheChainGoesOn() {
    take(at(1, proved(ZONE, "foobar", "a")).toBuilder().setRules(1).build());
    take(at(2, proved(ZONE, "foobar", "b")));

    List<AuditRecord> records = state.audit().records();
    assertThat(records)
        .extracting(AuditRecord::getForm)
        .containsExactly(AuditRecord.Form.FORM_OCTETS, AuditRecord.Form.FORM_LINE);
    assertThat(state.audit().firstBroken()).isZero();

    AuditRecord asBefore = records.get(1).toBuilder().setForm(AuditRecord.Form.FORM_OCTETS).build();
    assertThat(
            new AuditTrail(List.of(records.get(0), asBefore), 2, state.audit().hash())
                .firstBroken())
        .as("a record is not of another form than it was")
        .isEqualTo(2);
  }

  private List<ZoneVersion> history() {
    return state.served(DomainName.of(ZONE)).orElseThrow().getHistoryList();
  }

  private Outcome take(Command command) {
    RegistryState.Step step = state.apply(command);
    state = step.state();
    assertThat(RegistryState.fromWire(ByteString.copyFrom(state.toWire().toByteArray())))
        .isEqualTo(state);
    return step.outcome();
  }

  private void assertStored(Command command, long version) {
    Outcome outcome = take(command);
    assertThat(outcome.getKind()).as(outcome.getText()).isEqualTo(Kind.KIND_STORED);
    assertThat(outcome.getVersion()).isEqualTo(version);
  }
}
