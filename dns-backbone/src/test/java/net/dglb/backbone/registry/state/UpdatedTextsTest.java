package net.dglb.backbone.registry.state;

import static net.dglb.backbone.registry.state.Commands.at;
import static net.dglb.backbone.registry.state.Commands.proved;
import static net.dglb.backbone.registry.state.Commands.put;
import static net.dglb.backbone.registry.state.Commands.remove;
import static net.dglb.backbone.registry.state.Commands.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import net.dglb.backbone.registry.wire.AuditRecord;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.Outcome.Kind;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.TextSet;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.backbone.registry.wire.ZoneVersion;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class UpdatedTextsTest {

  private static final String ZONE = "lb.foobar.test";

  private RegistryState state = RegistryState.EMPTY;

  @Test
  void textsHaveTheirOwnNumberAndTheVersionStaysThatOfTheDocument() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(at(2, proved(ZONE, "foobar", "b")), 2);

    assertStored(texts(3, ZONE, 2, 0, text("one")), 2);
    assertStored(texts(4, ZONE, 2, 1, text("two")), 2);

    assertThat(zone().getTextsNumber()).isEqualTo(2);
    assertThat(zone().getTextsList()).containsExactly(text("two"));
    assertThat(zone().getHistoryList())
        .as("what one may go back to")
        .extracting(ZoneVersion::getVersion, version -> version.getContent().toStringUtf8())
        .containsExactly(tuple(1L, "a"), tuple(2L, "b"));
  }

  @Test
  void anOwnersBaseHoldsOverAnUpdateOfTexts() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(texts(2, ZONE, 1, 0, text("challenge")), 1);

    PutZone change = put(ZONE, "foobar", "b", Proof.PROOF_NONE).toBuilder().setBase(1).build();
    assertStored(at(3, change), 2);
    assertThat(zone().getTextsList()).as("the document leaves them").hasSize(1);
    assertThat(zone().getTextsNumber()).isEqualTo(1);
  }

  @Test
  void ofTwoUpdatesOfTheSameTextsOneIsWorkedOutAnew() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(texts(2, ZONE, 1, 0, text("one")), 1);

    Outcome second = take(texts(2, ZONE, 1, 0, text("two")));
    assertThat(second.getKind()).isEqualTo(Kind.KIND_OLD_VERSION);
    assertThat(second.getText()).contains("TXT records number 0, but number 1 is stored");
    assertThat(zone().getTextsList()).containsExactly(text("one"));
  }

  @Test
  void anUpdateOfAddressesAloneLeavesTheNumberOfTheTexts() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(texts(2, ZONE, 1, 0, text("one")), 1);

    assertStored(withContent(texts(3, ZONE, 1, 1, text("one")), "b"), 2);
    assertThat(zone().getTextsNumber()).isEqualTo(1);
    assertStored(withContent(texts(4, ZONE, 2, 1, text("two")), "c"), 3);
    assertThat(zone().getTextsNumber()).isEqualTo(2);
    assertThat(state.audit().records())
        .extracting(AuditRecord::getAction)
        .containsExactly("put-zone", "update-texts", "update-zone", "update-zone");
  }

  @Test
  void theNumberGoesOnUnderAnotherOwnerSoThatNoSerialComesTwice() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);
    assertStored(texts(2, ZONE, 1, 0, text("one")), 1);
    assertStored(remove(3, ZONE), 1);

    assertStored(at(4 + Commands.DAY_MILLIS, proved(ZONE, "newowner", "b")), 2);
    assertThat(zone().getTextsNumber()).isEqualTo(1);
    assertThat(zone().getTextsList()).isEmpty();
  }

  @Test
  void anOldLogIsReadByItsOwnRules() {
    assertStored(at(1, proved(ZONE, "foobar", "a")), 1);

    assertStored(byTheFirstRules(texts(2, ZONE, 1, 0, text("one"))), 2);
    assertThat(zone().getTextsNumber()).isZero();
    assertStored(byTheFirstRules(withContent(texts(3, ZONE, 2, 0, text("one")), "b")), 3);

    assertStored(texts(4, ZONE, 3, 0, text("two")), 3);
    assertThat(zone().getTextsNumber()).isEqualTo(1);
  }

  private static Command byTheFirstRules(Command command) {
    return command.toBuilder().clearRules().build();
  }

  private static Command withContent(Command command, String content) {
    return command.toBuilder()
        .setUpdateZone(
            command.getUpdateZone().toBuilder()
                .setContent(ByteString.copyFromUtf8(content))
                .setServices(1))
        .build();
  }

  private static TextSet text(String data) {
    return TextSet.newBuilder()
        .setName("_acme-challenge." + ZONE)
        .setTtlSeconds(60)
        .addData(ByteString.copyFromUtf8(data))
        .build();
  }

  private ZoneRecord zone() {
    return state.served(DomainName.of(ZONE)).orElseThrow();
  }

  private Outcome take(Command command) {
    RegistryState.Step step = state.apply(command);
    state = step.state();
    assertThat(RegistryState.fromWire(state.toWire())).isEqualTo(state);
    return step.outcome();
  }

  private void assertStored(Command command, long version) {
    Outcome outcome = take(command);
    assertThat(outcome.getKind()).as(outcome.getText()).isEqualTo(Kind.KIND_STORED);
    assertThat(outcome.getVersion()).isEqualTo(version);
  }
}
