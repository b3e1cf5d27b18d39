package net.dglb.measure.probe;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.service.ProbeTarget;

/**
 * What keeps this machine from making a probe, whoever it is to be made of, and what to do then.
 */
final class LocalFault {

  /** Any but 0, to which nothing can be connected; nothing is sent there. */
  private static final int PORT = 9;

  private LocalFault() {}

  /**
   * What is wrong here; empty if the failure is not of this machine.
   *
   * @param failure before the connection stood
   */
  static Optional<String> of(IOException failure, ProbeTarget target, ProberSettings settings) {
    String text = String.valueOf(failure.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    AddressFamily family = AddressFamily.of(target.address());
    if (lower.contains("permission denied")) {
      // Also what a firewall further on says by ICMPv6 (RFC 4443 section 3.1, codes 1, 5 and 6).
      return isRouted(target.address(), settings.local(family))
          ? Optional.empty()
          : Optional.of(text + " (expected a route here that does not prohibit probes)");
    }
    if (failure instanceof BindException) {
      return Optional.of(text);
    }
    if (lower.contains("too many open files")) {
      return Optional.of(text + " (expected a higher limit for this process, LimitNOFILE)");
    }
    if (lower.contains("not permitted")) {
      return Optional.of(text + " (expected a packet filter here that lets probes out)");
    }
    if (lower.contains("unreachable") && !isRouted(target.address(), settings.local(family))) {
      return Optional.of(
          "this machine has no route there (expected a route for %s, or only services whose sites"
                  .formatted(family == AddressFamily.IPV4 ? "IPv4" : "IPv6")
              + " have the other family too)");
    }
    if (lower.contains("not supported")) {
      return Optional.of(text + " (expected a system with the address family " + family + ")");
    }
    return Optional.empty();
  }

  /**
   * Whether this machine knows a way to an address. A router's word that there is none further on
   * is about the site; connecting a UDP socket sends nothing and asks this machine alone.
   */
  private static boolean isRouted(InetAddress to, Optional<InetAddress> from) {
    try (DatagramSocket socket =
        from.isPresent()
            ? new DatagramSocket(new InetSocketAddress(from.get(), 0))
            : new DatagramSocket()) {
      socket.connect(new InetSocketAddress(to, PORT));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
