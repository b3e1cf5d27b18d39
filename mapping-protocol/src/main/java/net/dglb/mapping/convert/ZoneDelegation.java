package net.dglb.mapping.convert;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;

/**
 * What an enterprise's own zone must hold for the backbone to be found.
 *
 * @param origin the zone that is delegated to the backbone
 * @param nameServers the backbone's name servers, 1 to {@link #MAX_NAME_SERVERS}
 * @param ttl of the delegation, whole seconds, 1 and up
 * @param signers of a signed zone once it has keys, at most {@link DelegationSigner#MAX}
 */
public record ZoneDelegation(
    DomainName origin, List<NameServer> nameServers, Duration ttl, List<DelegationSigner> signers) {

  /** The most name servers of a delegation. */
  public static final int MAX_NAME_SERVERS = 16;

  /**
   * A name server with its addresses, at least one.
   *
   * @param name never changes; the addresses may
   * @param addresses of both families
   */
  public record NameServer(DomainName name, List<InetAddress> addresses) {

    /** Copies the list and checks that there is an address. */
    public NameServer {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException(
            "name server " + name + ": no address (expected at least one)");
      }
    }

    /** Its name, and behind it its addresses. */
    @Override
    public String toString() {
      return name + " " + addresses.stream().map(AddressLiteral::text).toList();
    }
  }

  /** Copies the list and checks that the zone can be found. */
  public ZoneDelegation {
    nameServers = List.copyOf(nameServers);
    signers = List.copyOf(signers);
    if (nameServers.isEmpty() || nameServers.size() > MAX_NAME_SERVERS) {
      throw new IllegalArgumentException(
          "name servers: " + nameServers.size() + " (expected 1 to " + MAX_NAME_SERVERS + ")");
    }
    if (!ttl.isPositive()) {
      throw new IllegalArgumentException("TTL: " + ttl + " (expected 1 s and up)");
    }
  }
}
