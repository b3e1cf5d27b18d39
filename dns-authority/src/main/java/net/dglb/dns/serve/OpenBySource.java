package net.dglb.dns.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import net.dglb.net.Prefix;

/**
 * How many connections each source has open. A source is an IPv4 address, or the /64 of an IPv6
 * address: every host there may use all its addresses. For one thread.
 */
final class OpenBySource {

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 64;

  private final Map<Prefix, Integer> open = new HashMap<>();

  /** The source that an address belongs to. */
  static Prefix source(InetAddress address) {
    return Prefix.containing(address, address instanceof Inet6Address ? IPV6_BITS : IPV4_BITS);
  }

  /** How many the source has. */
  int count(Prefix source) {
    return open.getOrDefault(source, 0);
  }

  /** One more is open. */
  void add(Prefix source) {
    open.merge(source, 1, Integer::sum);
  }

  /** One that was added is closed. */
  void remove(Prefix source) {
    open.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
  }
}
