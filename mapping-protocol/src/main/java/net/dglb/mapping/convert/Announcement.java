package net.dglb.mapping.convert;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.dglb.identity.NodeId;
import net.dglb.net.AddressLiteral;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/**
 * A load balancer's statement: my addresses, and the resolver prefixes and client prefixes that I
 * stand beside.
 *
 * @param loadBalancer its id, by its certificate
 * @param version its place in the order of this load balancer's announcements, above {@link
 *     AnnouncementVersion#NONE}
 * @param announced when the load balancer made this version, by its own clock, to the millisecond;
 *     empty if it did not say
 * @param addresses where it answers DNS, of both families, 1 to {@link #MAX_ADDRESSES}
 * @param dnsPort 1 to 65535; resolvers know only 53
 * @param resolverPrefixes source addresses of the resolvers' queries
 * @param clientPrefixes subnets of clients (RFC 7871); never mixed with the former
 * @param location where it stands, if it says so
 * @param inAdvance whether it wants all services before any resolver is referred to it
 * @param mapping where neighbours reach it with this protocol, at most {@link #MAX_ADDRESSES}
 */
public record Announcement(
    String loadBalancer,
    AnnouncementVersion version,
    Optional<Instant> announced,
    List<InetAddress> addresses,
    int dnsPort,
    List<Prefix> resolverPrefixes,
    List<Prefix> clientPrefixes,
    Optional<Location> location,
    boolean inAdvance,
    List<Endpoint> mapping) {

  /** The most addresses, and the most mapping endpoints. */
  public static final int MAX_ADDRESSES = 16;

  /** The latest moment that an announcement may bear: the end of the year 9999. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** The most resolver prefixes and client prefixes together. */
  public static final int MAX_PREFIXES = AnnouncementPages.MAX_PAGES * AnnouncementPages.PREFIXES;

  /** Copies the lists and checks ranges and numbers. */
  public Announcement {
    NodeId.check(loadBalancer);
    addresses = List.copyOf(addresses);
    resolverPrefixes = List.copyOf(resolverPrefixes);
    clientPrefixes = List.copyOf(clientPrefixes);
    mapping = List.copyOf(mapping);
    if (!version.isAbove(AnnouncementVersion.NONE)) {
      throw new IllegalArgumentException("version: " + version + " (expected above 0.0)");
    }
    announced.ifPresent(Announcement::requireMoment);
    requireRange("number of addresses", addresses.size(), 1, MAX_ADDRESSES);
    requireRange("number of mapping endpoints", mapping.size(), 0, MAX_ADDRESSES);
    requireRange(
        "number of prefixes", resolverPrefixes.size() + clientPrefixes.size(), 0, MAX_PREFIXES);
    requireRange("dns-port", dnsPort, 1, 65535);
    addresses.forEach(Announcement::requireOneServer);
  }

  private static void requireRange(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected " + min + " to " + max + ")");
    }
  }

  private static void requireMoment(Instant announced) {
    if (announced.isBefore(Instant.EPOCH) || announced.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "announced: " + announced + " (expected 1970-01-01T00:00:00Z to " + LATEST + ")");
    }
  }

  private static void requireOneServer(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      throw new IllegalArgumentException(
          "address: " + AddressLiteral.text(address) + " (expected the address of one server)");
    }
  }
}
