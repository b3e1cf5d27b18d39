package net.dglb.lb.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.identity.NodeRole;
import net.dglb.lb.session.BackboneSessions;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.Frame;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.StatusRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EstimateReporterTest {

  /** As many as 10,000 services with two sites each have. */
  private static final int MANY = 20_000;

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final HealthCheck CHECK =
      new HealthCheck(
          HealthCheck.Kind.HTTP,
          80,
          "/",
          "www.example.org",
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          2,
          3,
          List.of(new StatusRange(200, 399)));

  private final Map<ProbeTarget, SiteState> states = new HashMap<>();
  private final BackboneSessions sessions = new BackboneSessions();
  private final EstimateReporter reporter =
      new EstimateReporter("lb-1", () -> states, sessions, InstantSource.fixed(NOW));

  @Test
  @Timeout(60) // comparing each target with each other would take minutes
  void tellsOfThousandsWhatHasChangedAlone() throws Exception {
    sessions.connect(List.of(reporter));
    InMemorySession session = new InMemorySession(NodeRole.BACKBONE, "b1");
    sessions.opened(session);
    for (int i = 0; i < MANY; i++) {
      states.put(target(i), state(10));
    }
    reporter.report();
    assertThat(told(session)).isEqualTo(MANY);

    for (int round = 1; round <= 20; round++) {
      states.replaceAll((_, state) -> state(latency(state)));
      states.put(target(7), state(10 + round));
      states.put(target(8), state(20 + round));
      reporter.report();
      assertThat(told(session)).isEqualTo(MANY + 2L * round);
    }
  }

  private static long told(InMemorySession session) {
    return session.sent(Frame::hasEstimates).stream()
        .mapToLong(frame -> frame.getEstimates().getTargetsCount())
        .sum();
  }

  private static ProbeTarget target(int number) throws UnknownHostException {
    byte[] address = {10, 0, (byte) (number >> 8), (byte) number};
    return new ProbeTarget(InetAddress.getByAddress(address), CHECK);
  }

  private static SiteState state(double latency) {
    return new SiteState(Optional.of(new Estimate(latency, 0, 5, NOW)), Health.UP);
  }

  private static double latency(SiteState state) {
    return state.estimate().orElseThrow().latencyMillis();
  }
}
