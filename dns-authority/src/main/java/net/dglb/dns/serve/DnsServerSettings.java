package net.dglb.dns.serve;

import java.time.Duration;
import java.util.List;
import net.dglb.dns.wire.MessageLimits;
import net.dglb.net.Endpoint;

/**
 * How a server listens.
 *
 * @param listen the addresses, each bound by itself so that answers leave from the address that was
 *     asked; never a wildcard. Port 0 takes a free port, for tests
 * @param udpWorkers threads per address, 1 to 64
 * @param udpPayloadMax the longest UDP answer in octets, 512 to 1232
 * @param tcp limits of TCP
 */
public record DnsServerSettings(
    List<Endpoint> listen, int udpWorkers, int udpPayloadMax, TcpLimits tcp) {

  /**
   * What TCP clients may take.
   *
   * @param connections open at once for one address, 1 to 65535
   * @param connectionsPerSource open at once from one source address
   * @param idleTimeout after which a connection without a whole message is closed; it may take up
   *     to twice as long
   */
  public record TcpLimits(int connections, int connectionsPerSource, Duration idleTimeout) {

    /** 1000 connections, 20 per source, 10 seconds (RFC 7766 section 6.2.3). */
    public static final TcpLimits DEFAULT = new TcpLimits(1000, 20, Duration.ofSeconds(10));

    /** Checks the ranges. */
    public TcpLimits {
      check("TCP connections", connections, 1, 65535);
      check("TCP connections per source", connectionsPerSource, 1, 65535);
      check("TCP idle timeout in milliseconds", idleTimeout.toMillis(), 1, 3_600_000);
    }
  }

  /** Checks the ranges. */
  public DnsServerSettings {
    listen = List.copyOf(listen);
    check("number of listen addresses", listen.size(), 1, 1024);
    check("UDP workers", udpWorkers, 1, 64);
    check(
        "UDP payload", udpPayloadMax, MessageLimits.UDP_PAYLOAD_MIN, MessageLimits.UDP_PAYLOAD_MAX);
    for (Endpoint endpoint : listen) {
      if (endpoint.address().isAnyLocalAddress()) {
        throw new IllegalArgumentException(
            "listen address: "
                + endpoint
                + " (expected each address by itself: from a wildcard, answers may leave from"
                + " another address than the one that was asked)");
      }
    }
  }

  /** One worker per address and the default limits. */
  public static DnsServerSettings listeningOn(List<Endpoint> listen) {
    return new DnsServerSettings(listen, 1, MessageLimits.UDP_PAYLOAD_MAX, TcpLimits.DEFAULT);
  }

  private static void check(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected " + min + " to " + max + ")");
    }
  }
}
