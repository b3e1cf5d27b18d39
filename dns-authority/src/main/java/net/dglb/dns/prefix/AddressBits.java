package net.dglb.dns.prefix;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An address, or the first bits of one, as two longs: mutable, so that a DNS thread needs only one.
 * The first bit of the address is the highest bit of {@link #high()}, for both families: an IPv4
 * address fills the upper half of it. Bits past {@link #length()} are zero.
 */
public final class AddressBits {

  private boolean ipv4 = true;
  private long high;
  private long low;
  private int length;

  /** Whether this is an IPv4 address (else IPv6). */
  public boolean ipv4() {
    return ipv4;
  }

  /** The first 64 bits. */
  public long high() {
    return high;
  }

  /** The last 64 bits; 0 for IPv4. */
  public long low() {
    return low;
  }

  /** How many leading bits are given: 32 or 128 for a whole address. */
  public int length() {
    return length;
  }

  /** Sets all parts. The caller keeps bits past the length zero. */
  public void set(boolean ipv4, long high, long low, int length) {
    this.ipv4 = ipv4;
    this.high = high;
    this.low = low;
    this.length = length;
  }

  /** Sets a whole address. Copies the bytes of the address, so it allocates. */
  public void set(InetAddress address) {
    boolean four = address instanceof Inet4Address;
    byte[] bytes = address.getAddress();
    set(four, highOf(bytes), four ? 0 : longAt(bytes, 8), bytes.length * 8);
  }

  /** The address, with zeros past the length. Allocates. */
  public InetAddress toAddress() {
    ByteBuffer octets = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low);
    try {
      return InetAddress.getByAddress(Arrays.copyOf(octets.array(), ipv4 ? 4 : 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets the address: length 0. */
  public void clear() {
    set(true, 0, 0, 0);
  }

  /** Mixes the address into a hash. */
  public long mix(long hash) {
    long mixed = (hash ^ high) * 0x9e3779b97f4a7c15L;
    return (mixed ^ low ^ length) * 0xc2b2ae3d27d4eb4fL;
  }

  /** Whether all bits from a length on are zero, for an address of up to 128 bits. */
  public static boolean isClearPast(long high, long low, int length) {
    long highMask = length >= 64 ? 0 : -1L >>> length;
    long lowMask = length >= 128 ? 0 : length <= 64 ? -1L : -1L >>> (length - 64);
    return (high & highMask) == 0 && (low & lowMask) == 0;
  }

  private static long highOf(byte[] bytes) {
    if (bytes.length == 16) {
      return longAt(bytes, 0);
    }
    return ((bytes[0] & 0xffL) << 56)
        | ((bytes[1] & 0xffL) << 48)
        | ((bytes[2] & 0xffL) << 40)
        | ((bytes[3] & 0xffL) << 32);
  }

  private static long longAt(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }
}
