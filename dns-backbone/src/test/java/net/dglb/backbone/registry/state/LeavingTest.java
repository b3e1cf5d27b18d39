package net.dglb.backbone.registry.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.LeavingService;
import net.dglb.backbone.registry.wire.Outcome;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.ZoneRecord;
import net.dglb.mapping.wire.EnterpriseZone;
import net.dglb.mapping.wire.Service;
import net.dglb.mapping.wire.Ttls;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class LeavingTest {

  private static final String ZONE = "lb.foobar.test";
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long START = 1_000_000 * HOUR;

  private RegistryState state = RegistryState.EMPTY;

  @Test
  void aRemovedZoneIsAnsweredForItsLongestDelegation() {
    put(START, ZONE, "foobar", service("a.lb.foobar.test", 60), service("b.lb.foobar.test", 7200));
    remove(START + HOUR, ZONE);

    assertThat(answeredUntil(ZONE)).isEqualTo(START + HOUR + 2 * HOUR);
  }

  @Test
  void aShorterDelegationOfALaterVersionDoesNotShortenWhatResolversHold() {
    put(START, ZONE, "foobar", service("a.lb.foobar.test", 7200));
    put(START + HOUR, ZONE, "foobar", service("a.lb.foobar.test", 60));
    remove(START + HOUR + MINUTE, ZONE);

    assertThat(answeredUntil(ZONE)).isEqualTo(START + HOUR + 2 * HOUR);
  }

  @Test
  void aServiceComesBackAndNoLongerLeaves() {
    put(START, ZONE, "foobar", service("a.lb.foobar.test", 60), service("b.lb.foobar.test", 60));
    put(START + 1, ZONE, "foobar", service("a.lb.foobar.test", 60));
    assertThat(leaving(ZONE)).containsExactly("b.lb.foobar.test until " + (START + 1 + MINUTE));

    put(
        START + 2,
        ZONE,
        "foobar",
        service("a.lb.foobar.test", 60),
        service("b.lb.foobar.test", 60));
    assertThat(leaving(ZONE)).isEmpty();
  }

  @Test
  void whatLeftIsForgottenAtTheNextChangeAfterItsTime() {
    put(START, ZONE, "foobar", service("a.lb.foobar.test", 60), service("b.lb.foobar.test", 60));
    put(START + 1, ZONE, "foobar", service("a.lb.foobar.test", 60));
    put(START + HOUR, ZONE, "foobar", service("c.lb.foobar.test", 60));

    assertThat(leaving(ZONE)).containsExactly("a.lb.foobar.test until " + (START + HOUR + MINUTE));
  }

  @Test
  void aServiceThatANewOneStandsAboveOrBelowEndsAtOnce() {
    put(START, ZONE, "foobar", service("a.lb.foobar.test", 60), service("y.b.lb.foobar.test", 60));
    put(
        START + 1,
        ZONE,
        "foobar",
        service("x.a.lb.foobar.test", 60),
        service("b.lb.foobar.test", 60));

    assertThat(leaving(ZONE)).isEmpty();
  }

  @Test
  void anotherEnterpriseWithTheOperatorsApprovalGetsTheNamesAtOnce() {
    put(START, ZONE, "foobar", service("a.lb.foobar.test", 7200));
    remove(START + 1, ZONE);
    put(START + 2, "foobar.test", "other", service("www.foobar.test", 60));

    assertThat(answeredUntil(ZONE)).isEqualTo(START + 2);
  }

  @Test
  void aZoneAboveOfTheSameOwnerEndsALeavingOneOnlyIfItHasAServiceThere() {
    put(START, ZONE, "foobar", service("a.lb.foobar.test", 7200));
    remove(START + 1, ZONE);
    put(START + 2, "foobar.test", "foobar", service("www.foobar.test", 60));
    assertThat(answeredUntil(ZONE)).isEqualTo(START + 1 + 2 * HOUR);

    put(START + 3, "foobar.test", "foobar", service("a.lb.foobar.test", 60));
    assertThat(answeredUntil(ZONE)).isEqualTo(START + 3);
  }

  private void put(long at, String origin, String enterprise, Service... services) {
    ByteString content =
        EnterpriseZone.newBuilder().addAllServices(List.of(services)).build().toByteString();
    take(
        Commands.at(
            at,
            Commands.put(origin, enterprise, "", Proof.PROOF_OPERATOR).toBuilder()
                .setContent(content)
                .build()));
  }

  private void remove(long at, String origin) {
    take(Commands.remove(at, origin));
  }

  private void take(Command command) {
    RegistryState.Step step = state.apply(command);
    assertThat(step.outcome().getKind()).isEqualTo(Outcome.Kind.KIND_STORED);
    state = step.state();
  }

  private long answeredUntil(String origin) {
    return record(origin).getRemoval().getAnsweredUntilEpochMillis();
  }

  private List<String> leaving(String origin) {
    List<String> all = new ArrayList<>();
    try {
      for (LeavingService each : record(origin).getLeavingList()) {
        Service service = Service.parseFrom(each.getService());
        all.add(service.getName() + " until " + each.getUntilEpochMillis());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private ZoneRecord record(String origin) {
    return Objects.requireNonNull(state.zones().get(DomainName.of(origin)), origin);
  }

  private static Service service(String name, int delegationSeconds) {
    return Service.newBuilder()
        .setName(name)
        .setTtls(Ttls.newBuilder().setDelegationSeconds(delegationSeconds).setReferralSeconds(20))
        .build();
  }
}
