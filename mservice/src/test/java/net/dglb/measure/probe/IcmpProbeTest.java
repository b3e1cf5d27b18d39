package net.dglb.measure.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ICMP probes do depends on the system: both ways are looked at, where each is to be had. */
class IcmpProbeTest {

  private static Measurement probe(String address, ProberSettings settings) {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Kind.ICMP,
            0,
            "",
            "",
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            2,
            3,
            List.of());
    return new IcmpProbe(settings, Clock.systemUTC())
        .probe(new ProbeTarget(InetAddress.ofLiteral(address), check));
  }

  private static boolean isForbidden(Measurement measurement) {
    return measurement.detail().contains("does not allow ICMP sockets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.77", "::1"})
  void measuresTheRoundTripOrBlamesTheSystemThatForbidsIt(String address) throws Exception {
    boolean six = address.contains(":");
    assumeTrue(
        !six || NetworkInterface.getByInetAddress(InetAddress.ofLiteral(address)) != null,
        "no IPv6 loopback here");
    Measurement measurement = probe(address, ProberSettings.DEFAULT);
    if (isForbidden(measurement)) {
      assertThat(measurement.outcome()).isEqualTo(Outcome.LOCAL_FAULT);
      assertThat(measurement.detail())
          .contains("sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"");
    } else {
      assertThat(measurement.outcome()).as(measurement.detail()).isEqualTo(Outcome.SUCCESS);
      assertThat(measurement.latencyNanos()).isPositive();
    }
  }

  @Test
  void blamesItselfWhenItCannotUseTheConfiguredAddress() {
    ProberSettings settings =
        ProberSettings.DEFAULT.from(List.of(InetAddress.ofLiteral("192.0.2.99")));
    assertThat(probe("127.0.0.1", settings).outcome()).isEqualTo(Outcome.LOCAL_FAULT);
  }
}
