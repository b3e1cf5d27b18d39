package net.dglb.lb.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.dglb.lb.duty.KnownService;
import net.dglb.lb.duty.SampleServices;
import net.dglb.net.DomainName;
import net.dglb.service.ProbeTarget;
import org.junit.jupiter.api.Test;

class ServicesByTargetTest {

  private static final DomainName ZONE = DomainName.of("lb.foobar.test");

  private final List<KnownService> answered = new ArrayList<>();
  private int lookedThrough;
  private final ServicesByTarget services =
      new ServicesByTarget(() -> {
        lookedThrough++;
        return answered;
      });

  @Test
  void thousandsOfMeasurementsLookThroughTheServicesOnce() {
    for (int i = 0; i < 1_000; i++) {
      answer("s" + i, "s" + i + ".foobar.test");
    }
    for (KnownService each : answered) {
      assertThat(services.of(targets(each))).containsExactly(each.service().name());
    }
    assertThat(lookedThrough).isEqualTo(1);
  }

  @Test
  void servicesThatChangedAreLookedThroughOnceAtTheNextMeasurement() {
    answer("s1", "old.foobar.test");
    List<ProbeTarget> old = targets(answered.getFirst());
    assertThat(services.of(old)).hasSize(1);
    answered.clear();
    answer("s1", "new.foobar.test");
    answer("s2", "new.foobar.test");

    services.changed();
    services.changed();
    assertThat(services.of(List.of())).as("nothing was measured").isEmpty();
    assertThat(lookedThrough).isEqualTo(1);
    assertThat(services.of(old)).isEmpty();
    assertThat(services.of(targets(answered.getFirst())))
        .as("one probe is about all services that have the same check")
        .containsExactlyInAnyOrder(ZONE.child("s1"), ZONE.child("s2"));
    assertThat(lookedThrough).isEqualTo(2);
  }

  private void answer(String service, String host) {
    answered.add(
        new KnownService(ZONE, 1, SampleServices.service(ZONE.child(service), host), false));
  }

  private static List<ProbeTarget> targets(KnownService known) {
    return known.service().targets().toList();
  }
}
