package net.dglb.backbone.peers;

import java.net.InetAddress;
import java.util.List;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;

/**
 * A backbone node as it tells of itself.
 *
 * @param id its name in the network
 * @param name its name as a name server, which never changes
 * @param addresses its main addresses
 * @param labelAddresses where it answers labels
 * @param mapping where load balancers and authorities connect
 */
public record BackbonePeer(
    String id,
    DomainName name,
    List<InetAddress> addresses,
    List<InetAddress> labelAddresses,
    List<Endpoint> mapping) {

  /** Copies the lists. */
  public BackbonePeer {
    addresses = List.copyOf(addresses);
    labelAddresses = List.copyOf(labelAddresses);
    mapping = List.copyOf(mapping);
  }
}
