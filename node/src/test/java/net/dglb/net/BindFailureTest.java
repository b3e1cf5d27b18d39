package net.dglb.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BindFailureTest {

  @Test
  void namesKeyAddressAndCauseOfAPortInUse() throws IOException {
    Endpoint loopback = Endpoint.parse("127.0.0.1:0");
    try (ServerSocket taken = new ServerSocket(0, 1, loopback.address())) {
      Endpoint endpoint = new Endpoint(loopback.address(), taken.getLocalPort());
      assertThatThrownBy(() ->
              BindFailure.at(
                  "node.admin",
                  () -> {
                    BindFailure.probe("TCP", endpoint);
                    return endpoint;
                  }))
          .hasMessage(
              "node.admin: cannot listen on "
                  + endpoint
                  + " over TCP: address already in use (another process or server has this"
                  + " address: stop it, or listen elsewhere)");
    }
  }

  @Test
  void saysThatNoInterfaceHasTheAddress() {
    assertThatThrownBy(() -> BindFailure.probe("TCP", Endpoint.parse("192.0.2.1:5701")))
        .hasMessage(
            "cannot listen on 192.0.2.1:5701 over TCP: no interface of this machine has the"
                + " address (add it, or listen elsewhere)");
  }

  /** What the several ways to listen throw where the system offers no IPv6. */
  private static List<Exception> withoutIpv6() {
    return List.of(
        new UnsupportedAddressTypeException(),
        new UnsupportedOperationException("IPv6 not available"),
        new SocketException("IPv6 protocol family unavailable"),
        new ExecutionException(new SocketException("Unsupported address type")));
  }

  @ParameterizedTest
  @MethodSource("withoutIpv6")
  void saysThatTheMachineHasNoIpv6(Exception failure) {
    assertThat(BindFailure.of("TCP", Endpoint.parse("[::1]:53"), failure))
        .hasMessage(
            "cannot listen on [::1]:53 over TCP: this machine has no IPv6 (switch it on, or listen"
                + " at IPv4 addresses alone)");
  }

  @Test
  void findsTheCauseInsideALibrarysFailureAndNamesNoClass() {
    Exception failure =
        new IllegalStateException("outer", new BindException("Permission denied (Bind failed)"));
    assertThat(BindFailure.of("UDP", Endpoint.parse("127.0.0.1:53"), failure))
        .hasMessage(
            "cannot listen on 127.0.0.1:53 over UDP: permission denied (ports below 1024 need root"
                + " or CAP_NET_BIND_SERVICE, or another port)");
  }
}
