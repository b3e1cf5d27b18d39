package net.dglb.dns.serve;

import net.dglb.config.ConfigSection;
import net.dglb.dns.wire.MessageLimits;

/**
 * How UDP is served.
 *
 * @param path how messages are moved
 * @param workers threads per address, 1 to 64
 * @param payloadMax the longest answer in octets, 512 to 1232
 */
public record UdpSettings(UdpPath path, int workers, int payloadMax) {

  private static final int MAX_WORKERS = 64;

  /** One worker, answers of up to 1232 octets, the best path there is. */
  public static final UdpSettings DEFAULT =
      new UdpSettings(UdpPath.AUTO, 1, MessageLimits.UDP_PAYLOAD_MAX);

  /** Checks the ranges. */
  public UdpSettings {
    Ranges.check("UDP workers", workers, 1, MAX_WORKERS);
    Ranges.check(
        "UDP payload", payloadMax, MessageLimits.UDP_PAYLOAD_MIN, MessageLimits.UDP_PAYLOAD_MAX);
  }

  static UdpSettings read(ConfigSection dns) {
    return new UdpSettings(
        dns.oneOf("udp", UdpPath.class),
        dns.integer("workers", 1, MAX_WORKERS),
        dns.integer("udp-payload", MessageLimits.UDP_PAYLOAD_MIN, MessageLimits.UDP_PAYLOAD_MAX));
  }
}
