package net.dglb.net;

import java.net.Inet4Address;
import java.net.InetAddress;

/** An IP version. Estimates and rankings are kept per family, since paths differ between them. */
public enum AddressFamily {
  IPV4("IPv4", 32),
  IPV6("IPv6", 128);

  private final String word;
  private final int bits;

  AddressFamily(String word, int bits) {
    this.word = word;
    this.bits = bits;
  }

  /** {@code IPv4} or {@code IPv6}. */
  public String word() {
    return word;
  }

  /** The length of an address of this family in bits: 32 or 128. */
  public int bits() {
    return bits;
  }

  /** The one that this is not. */
  public AddressFamily other() {
    return this == IPV4 ? IPV6 : IPV4;
  }

  /** The family of an address. */
  public static AddressFamily of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }
}
