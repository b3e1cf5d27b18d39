package net.dglb.authority;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.session.Peer;
import net.dglb.net.Endpoint;

/** Whom to register with. */
final class BackbonePeers {

  private BackbonePeers() {}

  /** Learned nodes by their ids, and configured endpoints that belong to none of those. */
  static Set<Peer> of(List<NodeEndpoints> learned, List<Endpoint> configured) {
    Set<Peer> peers = new LinkedHashSet<>();
    Set<Endpoint> known = new HashSet<>();
    for (NodeEndpoints node : learned) {
      peers.add(Peer.of(node.id(), node.mapping()));
      known.addAll(node.mapping());
    }
    configured.stream()
        .filter(endpoint -> !known.contains(endpoint))
        .forEach(endpoint -> peers.add(Peer.at(endpoint)));
    return peers;
  }
}
