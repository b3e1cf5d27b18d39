package net.dglb.dns.serve;

import java.time.Duration;
import net.dglb.config.ConfigSection;

/**
 * What TCP clients may take.
 *
 * @param connections open at once for one address, 1 to 65535
 * @param connectionsPerSource open at once from one source, an IPv4 address or an IPv6 /64, 1 to
 *     65535
 * @param idleTimeout after which a connection without a whole message is closed, 1 ms to 1 hour; it
 *     may take up to twice as long, and three times if the client does not read its answers
 */
public record TcpLimits(int connections, int connectionsPerSource, Duration idleTimeout) {

  private static final int MAX_CONNECTIONS = 65_535;
  private static final Duration MAX_IDLE = Duration.ofHours(1);

  /** 1000 connections, 20 per source, 10 seconds (RFC 7766 section 6.2.3). */
  public static final TcpLimits DEFAULT = new TcpLimits(1000, 20, Duration.ofSeconds(10));

  /** Checks the ranges. */
  public TcpLimits {
    Ranges.check("TCP connections", connections, 1, MAX_CONNECTIONS);
    Ranges.check("TCP connections per source", connectionsPerSource, 1, MAX_CONNECTIONS);
    Ranges.check(
        "TCP idle timeout in milliseconds", idleTimeout.toMillis(), 1, MAX_IDLE.toMillis());
  }

  static TcpLimits read(ConfigSection tcp) {
    return new TcpLimits(
        tcp.integer("connections", 1, MAX_CONNECTIONS),
        tcp.integer("connections-per-source", 1, MAX_CONNECTIONS),
        tcp.duration("idle-timeout", Duration.ofMillis(1), MAX_IDLE));
  }
}
