package net.dglb.lab.plan;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Prefix;

/**
 * The lab's addresses: 127.53.C.H, and fd53::C:H where the lab has IPv6 (with the same digits),
 * where C is a city's number in the table, or 0 for what stands in no city, and H says what it is.
 *
 * @param ipv6 whether everything has an IPv6 address too
 */
public record LabAddresses(boolean ipv6) {

  private static final int ELSEWHERE = 200;
  private static final int ROOT = 1;
  private static final int AUTHORITY = 2;
  private static final int BACKBONE = 10;
  private static final int LABEL = 20;
  private static final int LOAD_BALANCER = 1;
  private static final int RESOLVER = 53;
  private static final int SITE = 80;
  private static final int CLIENT = 100;

  /** The root's and the top-level domain's server. */
  public List<InetAddress> root() {
    return both(0, ROOT);
  }

  /** The enterprise's authority. */
  public List<InetAddress> authority() {
    return both(0, AUTHORITY);
  }

  /** A backbone node's main address; numbers count from 1. */
  public List<InetAddress> backbone(int number) {
    return both(0, BACKBONE + number);
  }

  /** A backbone node's label address; numbers count from 1. */
  public List<InetAddress> backboneLabel(int number) {
    return both(0, LABEL + number);
  }

  /** A city's load balancer. */
  public List<InetAddress> loadBalancer(City city) {
    return both(city.index(), LOAD_BALANCER);
  }

  /** A city's resolver. */
  public List<InetAddress> resolver(City city) {
    return both(city.index(), RESOLVER);
  }

  /** A city's site. */
  public List<InetAddress> site(City city) {
    return both(city.index(), SITE);
  }

  /** A client in a city. */
  public List<InetAddress> client(City city) {
    return both(city.index(), CLIENT);
  }

  /** A resolver that no load balancer announces and that stands in no city. */
  public List<InetAddress> elsewhere() {
    return both(ELSEWHERE, RESOLVER);
  }

  /** Every address that any lab uses, and clients and resolvers in every city. */
  public List<InetAddress> all() {
    List<InetAddress> all = new ArrayList<>();
    all.addAll(root());
    all.addAll(authority());
    for (int i = 1; i <= LabPlan.BACKBONE_NODES; i++) {
      all.addAll(backbone(i));
      all.addAll(backboneLabel(i));
    }
    for (City city : RoundTrips.published().cities()) {
      all.addAll(loadBalancer(city));
      all.addAll(resolver(city));
      all.addAll(site(city));
      all.addAll(client(city));
    }
    all.addAll(elsewhere());
    return all;
  }

  /** Every address in a city. */
  public List<Prefix> prefixes(City city) {
    List<Prefix> prefixes = new ArrayList<>();
    prefixes.add(Prefix.containing(both(city.index(), 0).getFirst(), 24));
    if (ipv6) {
      prefixes.add(Prefix.containing(both(city.index(), 0).getLast(), 112));
    }
    return prefixes;
  }

  /** The number of the city that an address of the lab stands in; empty for every other address. */
  public static Optional<Integer> cityIndex(InetAddress address) {
    byte[] octets = address.getAddress();
    boolean v4 = address instanceof Inet4Address;
    boolean ours =
        v4 ? octets[0] == 127 && octets[1] == 53 : octets[0] == (byte) 0xfd && octets[1] == 0x53;
    if (!ours) {
      return Optional.empty();
    }
    int index = v4 ? octets[2] & 0xff : Integer.parseInt(Integer.toHexString(octets[13] & 0xff));
    return index == 0 ? Optional.empty() : Optional.of(index);
  }

  private List<InetAddress> both(int city, int host) {
    InetAddress v4 = AddressLiteral.parse("127.53." + city + "." + host);
    return ipv6 ? List.of(v4, AddressLiteral.parse("fd53::" + city + ":" + host)) : List.of(v4);
  }
}
