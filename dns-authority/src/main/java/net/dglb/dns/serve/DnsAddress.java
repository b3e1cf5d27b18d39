package net.dglb.dns.serve;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.dglb.net.BindFailure;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;

/** One address on which DNS is answered over UDP and TCP. Used by one thread at a time. */
final class DnsAddress implements AutoCloseable {

  private static final int PORT_ATTEMPTS = 20;

  private final Endpoint asked;
  private final TcpAddress tcp;
  private UdpListener udp;

  private DnsAddress(Endpoint asked, UdpListener udp, TcpAddress tcp) {
    this.asked = asked;
    this.udp = udp;
    this.tcp = tcp;
  }

  /**
   * Binds UDP and TCP to the same port; a free UDP port may be taken for TCP, so it tries again.
   * UDP is answered from {@link #start} on.
   */
  static DnsAddress bind(
      Vertx vertx, Endpoint asked, DnsServerSettings settings, Published<ServerParts> parts)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      UdpListener udp = openUdp(asked, () -> UdpListener.bind(asked, settings.udp()));
      Endpoint actual = new Endpoint(asked.address(), udp.port());
      try {
        return new DnsAddress(
            asked, udp, TcpAddress.listen(vertx, actual, settings.tcp(), Optional.empty(), parts));
      } catch (IOException e) {
        udp.close();
        if (asked.port() != 0 || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private interface Opening {
    UdpListener open() throws IOException;
  }

  private static UdpListener openUdp(Endpoint endpoint, Opening opening) throws IOException {
    try {
      return opening.open();
    } catch (IOException | UnsupportedOperationException e) { // without IPv6
      throw BindFailure.of("UDP", endpoint, e);
    }
  }

  void start(Published<ServerParts> parts) {
    udp.start(parts);
  }

  /**
   * Serves by other settings: other UDP sockets answer before the old ones are closed.
   *
   * @return the counters of workers that are new
   */
  List<WorkerCounters> use(DnsServerSettings next, Published<ServerParts> parts)
      throws IOException {
    tcp.listener().limits(next.tcp());
    if (udp.isServedBy(next.udp())) {
      return List.of();
    }
    UdpListener former = udp;
    udp = openUdp(actual(), () -> former.successor(actual(), next.udp()));
    udp.start(parts);
    former.close();
    return udp.counters();
  }

  /** What was asked for; port 0 is a free one. */
  Endpoint asked() {
    return asked;
  }

  /** Where it is. */
  Endpoint actual() {
    return tcp.actual();
  }

  List<WorkerCounters> counters() {
    return Stream.concat(udp.counters().stream(), Stream.of(tcp.counters())).toList();
  }

  @Override
  public void close() {
    udp.close();
    tcp.close();
  }
}
