package net.dglb.lb.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedDutyTest {

  private static final DomainName SERVICE = DomainName.of("www.lb.foobar.test");
  private static final LabelName LABEL = new LabelName("lb-nyc-1", SERVICE);

  private final Duties duties =
      new Duties(new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z")));
  private final InMemorySession session = new InMemorySession(NodeRole.BACKBONE, "backbone-1");
  private final List<LabelName> changed = new ArrayList<>();
  private int owed;

  @BeforeEach
  void aLabelIsHeld() {
    duties.connect(
        List.of(
            new DutyListener() {
              @Override
              public void labelChanged(LabelName label) {
                changed.add(label);
              }

              @Override
              public void acknowledgementOwed() {
                owed++;
              }
            }));
    duties.opened(session);
    assign(7, "lb-nyc-1", "lb-lon-1");
    assertThat(changed).containsExactly(LABEL);
    duties.acknowledge(Set.of(LABEL), _ -> true, List.of());
    changed.clear();
    owed = 0;
  }

  @Test
  void aLaterVersionThatSaysTheSameIsAcknowledgedAndNothingIsMadeAnew() {
    assign(8, "lb-nyc-1", "lb-lon-1");

    assertThat(changed).isEmpty();
    assertThat(owed).isEqualTo(1);
    assertThat(duties.owedAcknowledgements()).isEqualTo(1);
  }

  @Test
  void otherNameServersAreAnswered() {
    assign(7, "lb-nyc-1", "lb-tyo-1");

    assertThat(changed).containsExactly(LABEL);
  }

  private void assign(long version, String... nameServers) {
    LabelDuty duty =
        new LabelDuty(
            LABEL.place(),
            SERVICE,
            version,
            false,
            Optional.empty(),
            List.of(nameServers).stream().map(SERVICE.parent()::child).toList(),
            Duration.ofHours(1));
    duties.received(session, Frame.newBuilder().setDuty(WireDuties.toWire(duty)).build());
  }
}
