package net.dglb.authority;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;

/**
 * What one registered zone adds to the enterprise's own zones.
 *
 * @param cut the name that is delegated to the backbone
 * @param nameServers the backbone's name servers, each with its addresses; none while the backbone
 *     has not said
 * @param signers the DS records of the cut; none if the zone is not signed
 * @param aliases names that become CNAMEs, each with its service
 * @param ttlSeconds the TTL of all these records
 */
record ZoneAddition(
    DomainName cut,
    Map<DomainName, List<InetAddress>> nameServers,
    List<DelegationSigner> signers,
    Map<DomainName, DomainName> aliases,
    int ttlSeconds) {

  ZoneAddition {
    nameServers = new TreeMap<>(nameServers);
    signers = List.copyOf(signers);
    aliases = new TreeMap<>(aliases);
  }
}
