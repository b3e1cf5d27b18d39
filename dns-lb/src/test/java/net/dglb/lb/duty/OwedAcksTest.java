package net.dglb.lb.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class OwedAcksTest {

  private final OwedAcks owed = new OwedAcks();
  private final InMemorySession session = new InMemorySession(NodeRole.BACKBONE, "backbone-1");
  private final List<LabelName> lookedAt = new ArrayList<>();
  private boolean answered;

  @Test
  void labelsThatAreNotAnsweredYetAreLookedAtAgainOnlyAfterTheyChanged() {
    for (int i = 0; i < 1_000; i++) {
      owed.add(label(i), session, Frame.getDefaultInstance());
    }
    pay(List.of());
    assertThat(lookedAt).as("all are new").hasSize(1_000);
    lookedAt.clear();

    pay(List.of());
    assertThat(lookedAt).as("nothing changed").isEmpty();

    answered = true;
    pay(List.of(label(7)));
    assertThat(lookedAt).containsExactly(label(7));
    assertThat(session.sent(Frame::hasDutyAck)).hasSize(1);
    assertThat(owed.size()).isEqualTo(999);
  }

  @Test
  void whatIsAnsweredAlreadyIsAcknowledgedToWhoeverAsksNext() {
    answered = true;
    owed.add(label(1), session, Frame.getDefaultInstance());
    pay(List.of());
    owed.repeat(label(1), session);
    pay(List.of());
    assertThat(session.sent(Frame::hasDutyAck)).hasSize(2);
    assertThat(owed.size()).isZero();
  }

  @Test
  void nothingIsOwedToANodeWhoseSessionEnded() {
    owed.add(label(1), session, Frame.getDefaultInstance());
    owed.drop(session);
    answered = true;
    pay(List.of(label(1)));
    assertThat(session.sent()).isEmpty();
    assertThat(owed.size()).isZero();
  }

  private void pay(List<LabelName> changed) {
    owed.pay(
        changed,
        label -> {
          lookedAt.add(label);
          return answered;
        },
        _ -> DutyAck.getDefaultInstance());
  }

  private static LabelName label(int number) {
    return new LabelName("lb-nyc-1", DomainName.of("s" + number + ".lb.foobar.test"));
  }
}
