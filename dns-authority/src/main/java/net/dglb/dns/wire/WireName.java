package net.dglb.dns.wire;

import java.util.Arrays;
import java.util.List;
import net.dglb.net.DomainName;

/** A name, or a label with its length octet, in wire form and lower case, as a key. Immutable. */
public final class WireName {

  private final byte[] octets;

  private WireName(byte[] octets) {
    this.octets = octets;
    toLowerCase(octets);
  }

  /** Puts a name in wire form into lower case, in place. */
  public static void toLowerCase(byte[] wire) {
    for (int i = 0; i < wire.length; i++) {
      wire[i] = lower(wire[i]);
    }
  }

  /** A whole name with the final zero octet. */
  public static WireName of(DomainName name) {
    return new WireName(name.toWire());
  }

  /** A whole name in wire form; the octets are copied. */
  public static WireName of(byte[] wire) {
    return new WireName(wire.clone());
  }

  /** One label. */
  public static WireName ofLabel(String label) {
    byte[] name = new DomainName(List.of(label)).toWire();
    return new WireName(Arrays.copyOf(name, name.length - 1));
  }

  /** Lower case for ASCII letters only (RFC 4343); length octets are below the letters. */
  static byte lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
  }

  byte[] octets() {
    return octets;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WireName name && Arrays.equals(octets, name.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }
}
