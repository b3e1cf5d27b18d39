package net.dglb.measure.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

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

  private static Diagnosis of(IOException failure, String to, ProberSettings settings) {
    return Diagnosis.of(
        failure, new ProbeTarget(InetAddress.ofLiteral(to), CHECK), settings, false);
  }

  /** Every machine has a route to its own loopback. */
  private static Outcome of(IOException failure) {
    return of(failure, "127.0.0.1", ProberSettings.DEFAULT).outcome();
  }

  @Test
  void blamesThisMachineWhichMayNotOrCannotMakeTheProbe() {
    assertThat(of(new BindException("Cannot assign requested address")))
        .isEqualTo(Outcome.LOCAL_FAULT);
    assertThat(of(new SocketException("Too many open files"))).isEqualTo(Outcome.LOCAL_FAULT);
    assertThat(of(new SocketException("Operation not permitted"))).isEqualTo(Outcome.LOCAL_FAULT);
    assertThat(of(new SocketException("Address family not supported by protocol")))
        .isEqualTo(Outcome.LOCAL_FAULT);
  }

  @Test
  void blamesThisMachineWhereItHasNoRouteAndSaysWhatToDo() {
    // From the loopback's address this machine routes to nowhere else.
    ProberSettings loopback =
        ProberSettings.DEFAULT.from(List.of(InetAddress.ofLiteral("127.0.0.1")));
    Diagnosis diagnosis =
        of(new SocketException("Network is unreachable"), "203.0.113.1", loopback);
    assertThat(diagnosis.outcome()).isEqualTo(Outcome.LOCAL_FAULT);
    assertThat(diagnosis.detail())
        .startsWith("this machine has no route there (expected a route for IPv4, or only services");
  }

  @Test
  void blamesTheSiteToWhichARouterFurtherOnHasNoRoute() {
    assertThat(of(new SocketException("Network is unreachable"))).isEqualTo(Outcome.UNREACHABLE);
    assertThat(of(new NoRouteToHostException("No route to host"))).isEqualTo(Outcome.UNREACHABLE);
  }

  /** So does Java tell what firewalls say by ICMPv6: administratively prohibited. */
  @Test
  void blamesTheSiteWhoseFirewallForbidsWhatThisMachineWouldSend() {
    BindException denied = new BindException("Permission denied");
    assertThat(of(denied)).isEqualTo(Outcome.UNREACHABLE);
    ProberSettings loopback =
        ProberSettings.DEFAULT.from(List.of(InetAddress.ofLiteral("127.0.0.1")));
    assertThat(of(denied, "203.0.113.1", loopback).outcome()).isEqualTo(Outcome.LOCAL_FAULT);
  }

  @Test
  void blamesTheSiteThatDoesNotAnswerOrRefuses() {
    assertThat(of(new InterruptedIOException("timeout"))).isEqualTo(Outcome.TIMED_OUT);
    assertThat(of(new ConnectException("Connection refused"))).isEqualTo(Outcome.REFUSED);
  }
}
