package net.dglb.dns.serve;

import net.dglb.config.ConfigSection;

/**
 * How a server serves. The keys of a configuration are documented in {@code
 * dns-server-reference.conf}, which the references of the nodes include.
 *
 * @param udp how UDP is served
 * @param tcp limits of TCP
 */
public record DnsServerSettings(UdpSettings udp, TcpLimits tcp) {

  /** One worker per address and the default limits. */
  public static final DnsServerSettings DEFAULT =
      new DnsServerSettings(UdpSettings.DEFAULT, TcpLimits.DEFAULT);

  /** Reads the engine's keys of a node's {@code dns} section; problems stay with the section. */
  public static DnsServerSettings read(ConfigSection dns) {
    return new DnsServerSettings(UdpSettings.read(dns), TcpLimits.read(dns.section("tcp")));
  }
}
