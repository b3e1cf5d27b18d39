package net.dglb.mapping.convert;

import java.util.List;
import java.util.Optional;
import net.dglb.identity.NodeId;
import net.dglb.net.Endpoint;
import net.dglb.net.Location;

/**
 * A node and where it listens for this protocol.
 *
 * @param id its id
 * @param mapping where it listens, at least one endpoint
 * @param location where it stands, if that is known
 */
public record NodeEndpoints(String id, List<Endpoint> mapping, Optional<Location> location) {

  /** Copies the list and checks the id. */
  public NodeEndpoints {
    NodeId.check(id);
    mapping = List.copyOf(mapping);
    if (mapping.isEmpty()) {
      throw new IllegalArgumentException("node " + id + ": no endpoint (expected at least one)");
    }
  }
}
