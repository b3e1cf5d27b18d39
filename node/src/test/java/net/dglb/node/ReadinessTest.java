package net.dglb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
  private final Readiness readiness = new Readiness(now::get);

  @Test
  void aNodeIsNotReadyBeforeItRunsAndWhenItStops() {
    assertThat(readiness.isReady()).isFalse();
    readiness.running();
    assertThat(readiness.isReady()).isTrue();
    readiness.stopping();
    assertThat(Readiness.toText(readiness.unmet()))
        .startsWith(
            "not ready\nrunning, since 2026-06-01T12:00:00Z: the node is stopping; to do: ");
  }

  @Test
  void aConditionThatIsStillNotMetKeepsItsBeginningAndOneThatComesBackDoesNot() {
    readiness.running();
    readiness.require("labels", List.of("a", "b"), "no site was measured yet for", "wait");
    now.set(Instant.parse("2026-06-01T12:05:00Z"));
    readiness.require("labels", List.of("b"), "no site was measured yet for", "wait");
    assertThat(Readiness.toText(readiness.unmet()))
        .isEqualTo(
            "not ready\nlabels, since 2026-06-01T12:00:00Z: no site was measured yet for: [b];"
                + " to do: wait\n");

    readiness.require("labels", List.of(), "no site was measured yet for", "wait");
    assertThat(Readiness.toText(readiness.unmet())).isEqualTo("ready\n");
    readiness.unmet("labels", "again", "wait");
    assertThat(readiness.unmet().getFirst().since()).isEqualTo("2026-06-01T12:05:00Z");
  }
}
