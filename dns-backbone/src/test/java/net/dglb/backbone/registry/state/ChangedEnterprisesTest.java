package net.dglb.backbone.registry.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Objects;
import net.dglb.backbone.registry.wire.AuditRecord;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.EnterpriseRecord;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.PutEnterprise;
import org.junit.jupiter.api.Test;

class ChangedEnterprisesTest {

  private static final ByteString HASH = ByteString.copyFromUtf8("hash");

  private RegistryState state = RegistryState.EMPTY;

  @Test
  void whatAChangeDoesNotMentionStaysAsItIsWhenItIsStored() {
    take(foobar().setTokenHash(HASH).setIdentity("dglb://authority/foobar"));
    take(foobar().setMaxZones(7));
    assertThat(stored().getTokenHash()).isEqualTo(HASH);
    assertThat(stored().getIdentity()).isEqualTo("dglb://authority/foobar");
    assertThat(state.quota("foobar")).isEqualTo(new Quota(7, Quota.DEFAULT.services()));

    take(foobar().setTokenHash(ByteString.EMPTY));
    take(foobar().setMaxServices(9));
    assertThat(stored().getTokenHash()).as("a revoked token comes back by no change").isEmpty();
    assertThat(state.quota("foobar")).isEqualTo(new Quota(7, 9));
  }

  @Test
  void theAuditSaysWhatChangedWithoutSecrets() {
    take(foobar());
    take(foobar().setTokenHash(HASH).setPublicKey(HASH).setIdentity("dglb://authority/foobar"));
    take(foobar().setTokenHash(ByteString.EMPTY).setPublicKey(ByteString.EMPTY).setIdentity(""));
    take(foobar().setMaxZones(7).setMaxServices(0));
    assertThat(state.audit().records())
        .extracting(AuditRecord::getSubject)
        .containsExactly(
            "foobar",
            "foobar: new token, new signing-key, identity dglb://authority/foobar",
            "foobar: token revoked, signing-key revoked, identity revoked",
            "foobar: zones 7, services 0");
  }

  @Test
  void anOldLogIsReadByItsOwnRules() {
    take(foobar().setTokenHash(HASH));
    state = state.apply(command(foobar().setMaxZones(7)).toBuilder().setRules(3).build()).state();
    assertThat(stored().getTokenHash()).as("it said all anew").isEmpty();
    assertThat(state.quota("foobar")).isEqualTo(new Quota(7, 0));
    assertThat(state.audit().records().getLast().getSubject()).isEqualTo("foobar");
  }

  @Test
  void theSecondOfTwoThatAskForAnIdentityAtOnceIsRefusedByEveryNode() {
    PutEnterprise.Builder rival =
        PutEnterprise.newBuilder().setName("rival").setIdentity("dglb://authority/foobar");
    take(foobar().setIdentity("dglb://authority/foobar"));
    RegistryState.Step second = state.apply(command(rival));
    assertThat(second.outcome().getKind()).isEqualTo(Outcome.Kind.KIND_INVALID);
    assertThat(second.outcome().getText())
        .isEqualTo(
            "identity: dglb://authority/foobar (expected: one that is no other enterprise's)");
    assertThat(second.state().enterprises()).containsOnlyKeys("foobar");

    RegistryState.Step old = state.apply(command(rival).toBuilder().setRules(4).build());
    assertThat(old.state().enterprises()).as("as an old node took it").containsKey("rival");
  }

  private static PutEnterprise.Builder foobar() {
    return PutEnterprise.newBuilder().setName("foobar");
  }

  private static Command command(PutEnterprise.Builder put) {
    return Commands.quota("foobar", 0, 0).toBuilder().setPutEnterprise(put).build();
  }

  private void take(PutEnterprise.Builder put) {
    state = state.apply(command(put)).state();
  }

  private EnterpriseRecord stored() {
    return Objects.requireNonNull(state.enterprises().get("foobar"));
  }
}
