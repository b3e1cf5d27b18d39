package net.dglb.measure.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

  private static ProbeTarget target(String ip, Duration timeConstant) {
    return new ProbeTarget(InetAddress.ofLiteral(ip), CHECK, timeConstant);
  }

  private static Duration intervalOf(ProbePlan plan, String ip) {
    return plan.interval(target(ip));
  }

  @Test
  void sharesTheProbesOfServicesThatShareATarget() {
    ProbePlan plan =
        ProbePlan.of(
            List.of(
                service("a.example.org", 0, Duration.ofMinutes(5), "192.0.2.1", "192.0.2.2"),
                service("b.example.org", 0, Duration.ofMinutes(5), "192.0.2.2", "2001:db8::1")));
    assertThat(plan.intervals().keySet())
        .containsExactlyInAnyOrder(target("192.0.2.1"), target("192.0.2.2"), target("2001:db8::1"));
    assertThat(plan.paces()).hasSize(3);
  }

  @Test
  void keepsApartWhatIsAveragedOverOtherTimesButProbesItOnce() {
    Duration minute = Duration.ofMinutes(1);
    ProbePlan plan =
        ProbePlan.of(
            List.of(
                service("www.one.example", 0, Duration.ofMinutes(5), "192.0.2.1"),
                service("www.two.example", 0, minute, "192.0.2.1")));
    assertThat(plan.paces()).hasSize(1);
    assertThat(plan.paces()).containsOnlyKeys(target("192.0.2.1"));
    assertThat(plan.timeConstant(target("192.0.2.1"))).isEqualTo(Duration.ofMinutes(5));
    assertThat(plan.timeConstant(target("192.0.2.1", minute))).isEqualTo(minute);
  }

  @Test
  void anEnterprisesCapSlowsNobodyElsesProbes() {
    Duration minute = Duration.ofMinutes(1);
    Service capped = service("www.one.example", 0.01, Duration.ofMinutes(5), "192.0.2.1");
    Service other = service("www.two.example", 0, minute, "192.0.2.1");
    ProbePlan both = ProbePlan.of(List.of(capped, other));
    assertThat(both.interval(target("192.0.2.1", minute))).isEqualTo(Duration.ofSeconds(30));
    assertThat(both.interval(target("192.0.2.1")))
        .as("the other's probes count for both")
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(intervalOf(ProbePlan.of(List.of(capped)), "192.0.2.1"))
        .as("once the other is gone")
        .isEqualTo(Duration.ofSeconds(100));
    assertThat(ProbePlan.of(List.of(other, capped))).isEqualTo(both);
  }

  @Test
  void averagesAsManyProbesAsAskedForHoweverFarApartTheyAre() {
    ProbePlan plan =
        ProbePlan.of(List.of(service("a.example.org", 0.01, Duration.ofMinutes(5), "192.0.2.1")));
    assertThat(plan.timeConstant(target("192.0.2.1")))
        .as("ten probes, one every 100 s")
        .isEqualTo(Duration.ofSeconds(1_000));
  }

  @Test
  void slowsAllProbesToWhatTheNodeMayMake() {
    ProbePlan asked =
        ProbePlan.of(
            List.of(
                service("a.example.org", 0, Duration.ofMinutes(5), "192.0.2.1", "192.0.2.2"),
                service("b.example.org", 0.01, Duration.ofMinutes(1), "192.0.2.3"),
                service("c.example.org", 0.01, Duration.ofMinutes(5), "192.0.2.3")));
    assertThat(asked.within(1)).isEqualTo(asked);

    // Sixty addresses ask for two probes a second.
    String[] sixty =
        IntStream.range(1, 61).mapToObj("192.0.2.%d"::formatted).toArray(String[]::new);
    ProbePlan slowed =
        ProbePlan.of(List.of(service("a.example.org", 0, Duration.ofMinutes(5), sixty))).within(1);
    assertThat(intervalOf(slowed, "192.0.2.1")).isEqualTo(Duration.ofSeconds(60));
    assertThat(slowed.timeConstant(target("192.0.2.1"))).isEqualTo(Duration.ofMinutes(10));
    assertThat(slowed.paces().get(target("192.0.2.1")))
        .as("a site's health still turns quickly")
        .isEqualTo(new ProbePlan.Pace(Duration.ofSeconds(60), Duration.ofSeconds(12)));
  }

  @Test
  void stretchesTheIntervalToTheCapOnProbesOfASite() {
    // Two addresses at 0.02 probes per second in all: each every 100 s.
    ProbePlan plan =
        ProbePlan.of(
            List.of(
                service("a.example.org", 0.02, Duration.ofMinutes(5), "192.0.2.1", "192.0.2.2"),
                service("b.example.org", 0.025, Duration.ofMinutes(5), "192.0.2.2")));
    assertThat(intervalOf(plan, "192.0.2.1")).isEqualTo(Duration.ofSeconds(100));
    assertThat(intervalOf(plan, "192.0.2.2")).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void hurriesNoFasterThanTheCapAllowsWhileHealthTurns() {
    assertThat(retryAtCap(0)).isEqualTo(Duration.ofSeconds(6));
    assertThat(retryAtCap(1)).isEqualTo(Duration.ofSeconds(6));
    assertThat(retryAtCap(0.1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(retryAtCap(0.04)).isEqualTo(Duration.ofSeconds(25));
    assertThat(retryAtCap(0.01)).isEqualTo(Duration.ofSeconds(100));
  }

  private static Duration retryAtCap(double cap) {
    Service capped = service("a.example.org", cap, Duration.ofMinutes(5), "192.0.2.1");
    return ProbePlan.of(List.of(capped)).paces().values().iterator().next().retry();
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
