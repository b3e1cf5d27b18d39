package net.dglb.net;

import java.net.Inet4Address;
import java.net.InetAddress;

/** An IP version. Estimates and rankings are kept per family, since paths differ between them. */
public enum AddressFamily {
  IPV4(32),
  IPV6(128);

  private final int bits;

  AddressFamily(int bits) {
    this.bits = bits;
  }

  /** The length of an address of this family in bits: 32 or 128. */
  public int bits() {
    return bits;
  }

  /** The family of an address. */
  public static AddressFamily of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }
}
