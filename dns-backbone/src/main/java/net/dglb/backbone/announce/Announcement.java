package net.dglb.backbone.announce;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;
import net.dglb.net.Prefix;

/**
 * A load balancer's whole statement about itself.
 *
 * @param id its name in the network, and the label before a service's name
 * @param version ordered by the load balancer
 * @param withdrawn whether it left; only its location counts then
 * @param addresses where it answers DNS, of both families; none when withdrawn
 * @param dnsPort 53 but for trials on one machine
 * @param resolvers prefixes of the resolvers that it stands beside
 * @param clients prefixes of the clients that it stands beside
 * @param location where it stands, if it says so
 * @param mapping where neighbours reach it with the mapping protocol
 * @param servicesInAdvance whether it wants every service at once, not when first needed
 */
public record Announcement(
    String id,
    EntryVersion version,
    boolean withdrawn,
    List<InetAddress> addresses,
    int dnsPort,
    List<Prefix> resolvers,
    List<Prefix> clients,
    Optional<Location> location,
    List<Endpoint> mapping,
    boolean servicesInAdvance) {

  /** The most DNS addresses of one load balancer: every referral carries them all. */
  public static final int MAX_ADDRESSES = 8;

  /** Copies the lists and checks what a referral needs. */
  public Announcement {
    addresses = List.copyOf(addresses);
    resolvers = List.copyOf(resolvers);
    clients = List.copyOf(clients);
    mapping = List.copyOf(mapping);
    if (addresses.size() > MAX_ADDRESSES || (addresses.isEmpty() && !withdrawn)) {
      throw new IllegalArgumentException(
          "addresses: " + addresses.size() + " (expected 1 to " + MAX_ADDRESSES + ")");
    }
    if (dnsPort < 1 || dnsPort > 65535) {
      throw new IllegalArgumentException("dns-port: " + dnsPort + " (expected 1 to 65535)");
    }
  }

  /** What stays of it after it withdrew: nothing but where it stood. */
  public Announcement withdrawn(EntryVersion at) {
    return new Announcement(
        id, at, true, List.of(), dnsPort, List.of(), List.of(), location, List.of(), false);
  }
}
