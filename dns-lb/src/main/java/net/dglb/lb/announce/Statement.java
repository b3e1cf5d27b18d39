package net.dglb.lb.announce;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.dglb.lb.resolvers.ResolverSet;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementPages;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.wire.Announce;
import net.dglb.net.Location;

/**
 * What a load balancer announces of itself.
 *
 * @param addresses where it answers DNS, as resolvers reach it; at least one
 * @param dnsPort 1 to 65535
 * @param resolvers whom it stands beside
 * @param location where it stands
 * @param servicesInAdvance whether it wants every service before it is asked for one
 */
public record Statement(
    List<InetAddress> addresses,
    int dnsPort,
    ResolverSet resolvers,
    Optional<Location> location,
    boolean servicesInAdvance) {

  /** Copies the list and checks that there is an address. */
  public Statement {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("addresses: none (expected at least one)");
    }
  }

  /** The same beside other resolvers. */
  public Statement with(ResolverSet others) {
    return new Statement(addresses, dnsPort, others, location, servicesInAdvance);
  }

  /** The pages of the announcement with a version that was made at that moment. */
  List<Announce> pages(String loadBalancer, AnnouncementVersion version, Instant made) {
    return AnnouncementPages.split(
        new Announcement(
            loadBalancer,
            version,
            Optional.of(made),
            addresses,
            dnsPort,
            resolvers.resolvers(),
            resolvers.clients(),
            location,
            servicesInAdvance,
            List.of()));
  }
}
