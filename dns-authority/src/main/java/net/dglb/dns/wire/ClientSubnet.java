package net.dglb.dns.wire;

import java.nio.ByteBuffer;
import net.dglb.dns.prefix.AddressBits;

/** Reads the client subnet option of a query (RFC 7871 section 6). */
final class ClientSubnet {

  private static final int FIXED_OCTETS = 4;
  private static final int FAMILY_NONE = 0;
  private static final int FAMILY_IPV4 = 1;
  private static final int FAMILY_IPV6 = 2;

  private ClientSubnet() {}

  /**
   * Reads an option's data into the query.
   *
   * @return false if it breaks the format: another number of address octets than the source length
   *     asks for, bits set past that length, a scope, a family that is not known
   */
  static boolean read(ByteBuffer packet, int start, int length, Query query) {
    if (length < FIXED_OCTETS) {
      return false;
    }
    int family = packet.getShort(start) & 0xffff;
    int sourceLength = packet.get(start + 2) & 0xff;
    int scope = packet.get(start + 3);
    int octets = OptWriter.addressOctets(sourceLength);
    if (scope != 0 || sourceLength > bitsOf(family) || length != FIXED_OCTETS + octets) {
      return false;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < octets; i++) {
      long octet = packet.get(start + FIXED_OCTETS + i) & 0xffL;
      if (i < 8) {
        high |= octet << (56 - 8 * i);
      } else {
        low |= octet << (120 - 8 * i);
      }
    }
    if (!AddressBits.isClearPast(high, low, sourceLength)) {
      return false;
    }
    query.subnetPresent = true;
    query.subnetFamily = family;
    query.subnet().set(family != FAMILY_IPV6, high, low, sourceLength);
    return true;
  }

  /** How long a prefix of this family may be; family 0 stands for "no address" with length 0. */
  private static int bitsOf(int family) {
    return switch (family) {
      case FAMILY_NONE -> 0;
      case FAMILY_IPV4 -> 32;
      case FAMILY_IPV6 -> 128;
      default -> -1;
    };
  }
}
