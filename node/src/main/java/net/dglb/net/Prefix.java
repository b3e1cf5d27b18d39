package net.dglb.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IP prefix in canonical form: all bits past its length are zero.
 *
 * @param address the first address of the prefix, with host bits zero
 * @param length the number of leading bits that count: 0 to 32 (IPv4) or 0 to 128 (IPv6)
 */
public record Prefix(InetAddress address, int length) {

  /** Checks the range of the length and that no bit is set past it. */
  public Prefix {
    int bits = AddressFamily.of(address).bits();
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "prefix length of "
              + AddressLiteral.text(address)
              + ": "
              + length
              + " (expected 0 to "
              + bits
              + ")");
    }
    if (!mask(address.getAddress(), length).equals(address)) {
      throw new IllegalArgumentException(
          "prefix "
              + AddressLiteral.text(address)
              + "/"
              + length
              + " has bits set past its length (expected "
              + AddressLiteral.text(mask(address.getAddress(), length))
              + "/"
              + length
              + ")");
    }
  }

  /** The prefix that holds just this address. */
  public static Prefix of(InetAddress address) {
    return new Prefix(address, AddressFamily.of(address).bits());
  }

  /** The prefix of the given length that an address belongs to. */
  public static Prefix containing(InetAddress address, int length) {
    return new Prefix(mask(address.getAddress(), length), length);
  }

  /**
   * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address. Never looks a name up.
   *
   * @throws IllegalArgumentException if the text is not a canonical prefix; the message says why
   */
  public static Prefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return of(AddressLiteral.parse(text));
    }
    InetAddress address = AddressLiteral.parse(text.substring(0, slash));
    String length = text.substring(slash + 1);
    if (!length.matches("\\d{1,3}")) {
      throw new IllegalArgumentException("prefix length: " + length + " (expected a number)");
    }
    return new Prefix(address, Integer.parseInt(length));
  }

  /** The IP version. */
  public AddressFamily family() {
    return AddressFamily.of(address);
  }

  /** Whether the address lies inside this prefix. Always false for the other family. */
  public boolean contains(InetAddress other) {
    return AddressFamily.of(other) == family() && mask(other.getAddress(), length).equals(address);
  }

  /** Whether every address of the other prefix lies inside this one. */
  public boolean contains(Prefix other) {
    return other.length >= length && contains(other.address);
  }

  private static InetAddress mask(byte[] bytes, int length) {
    for (int i = 0; i < bytes.length; i++) {
      int keep = Math.clamp(length - 8L * i, 0, 8);
      bytes[i] &= (byte) (0xff00 >> keep);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The usual notation, for example {@code 192.0.2.0/24}. */
  @Override
  public String toString() {
    return AddressLiteral.text(address) + "/" + length;
  }
}
