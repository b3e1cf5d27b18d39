package net.dglb.measure.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.dglb.net.DomainName;
import net.dglb.service.HealthCheck;
import net.dglb.service.Mode;
import net.dglb.service.Policy;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.Ttls;
import org.junit.jupiter.api.Test;

class ProbePlanTest {

  private static final HealthCheck CHECK =
      new HealthCheck(
          HealthCheck.Kind.TCP,
          80,
          "",
          "",
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          2,
          3,
          List.of());

  private static Service service(String name, double cap, Duration timeConstant, String... ips) {
    List<InetAddress> addresses = List.of(ips).stream().map(InetAddress::ofLiteral).toList();
    return new Service(
        DomainName.of(name),
        List.of(),
        Mode.ANSWER,
        List.of(new Site("one", addresses, Optional.empty())),
        CHECK,
        new Policy.Latency(Duration.ZERO, timeConstant),
        Ttls.DEFAULT,
        cap);
  }

  private static ProbeTarget target(String ip) {
    return new ProbeTarget(InetAddress.ofLiteral(ip), CHECK);
  }

  private static Duration intervalOf(ProbePlan plan, String ip) {
    return Objects.requireNonNull(plan.terms().get(target(ip)), ip).interval();
  }

  @Test
  void sharesTheProbesOfServicesThatShareATarget() {
    ProbePlan plan =
        ProbePlan.of(
            List.of(
                service("a.example.org", 0, Duration.ofMinutes(5), "192.0.2.1", "192.0.2.2"),
                service("b.example.org", 0, Duration.ofMinutes(1), "192.0.2.2", "2001:db8::1")));
    assertThat(plan.terms().keySet())
        .containsExactlyInAnyOrder(target("192.0.2.1"), target("192.0.2.2"), target("2001:db8::1"));
    assertThat(plan.terms().get(target("192.0.2.2")))
        .isEqualTo(new ProbePlan.Terms(Duration.ofSeconds(30), Duration.ofMinutes(1)));
  }

  @Test
  void stretchesTheIntervalToTheCapOnProbesOfASite() {
    // Two addresses at 0.02 probes per second in all: each every 100 s.
    ProbePlan plan =
        ProbePlan.of(
            List.of(
                service("a.example.org", 0.02, Duration.ofMinutes(5), "192.0.2.1", "192.0.2.2"),
                service("b.example.org", 100, Duration.ofMinutes(5), "192.0.2.2")));
    assertThat(intervalOf(plan, "192.0.2.1")).isEqualTo(Duration.ofSeconds(100));
    assertThat(intervalOf(plan, "192.0.2.2")).isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void probesRarelyWhatOnlyIdleServicesHave() {
    ProbePlan plan =
        ProbePlan.of(
            List.of(
                service("a.example.org", 0, Duration.ofMinutes(5), "192.0.2.1", "192.0.2.2"),
                service("b.example.org", 0, Duration.ofMinutes(5), "192.0.2.2")),
            _ -> 1,
            service -> service.name().toString().equals("a.example.org"),
            Duration.ofMinutes(4));
    assertThat(intervalOf(plan, "192.0.2.1")).isEqualTo(Duration.ofMinutes(4));
    assertThat(intervalOf(plan, "192.0.2.2")).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void neverShortensTheInterval() {
    ProbePlan plan =
        ProbePlan.of(List.of(service("a.example.org", 100, Duration.ofMinutes(5), "192.0.2.1")));
    assertThat(intervalOf(plan, "192.0.2.1")).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void dividesTheCapAmongThoseWhoProbe() {
    Service capped = service("a.example.org", 0.5, Duration.ofMinutes(5), "192.0.2.1");
    ProbePlan plan = ProbePlan.of(List.of(capped), _ -> 40, _ -> false, Duration.ZERO);
    assertThat(intervalOf(plan, "192.0.2.1")).isEqualTo(Duration.ofSeconds(80));
  }
}
