package net.dglb.mapping.session;

import java.util.List;
import java.util.Optional;
import net.dglb.net.Endpoint;

/**
 * A node to keep a session to.
 *
 * @param id the id that its certificate must carry; empty: any id of an expected role
 * @param endpoints where it listens, tried in turn; at least one
 */
public record Peer(Optional<String> id, List<Endpoint> endpoints) {

  /** Copies the list and checks that there is an endpoint. */
  public Peer {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException(
          "peer " + id.orElse("") + ": no endpoint (expected at least one)");
    }
  }

  /** A peer known by where it listens only, as configuration names it. */
  public static Peer at(Endpoint endpoint) {
    return new Peer(Optional.empty(), List.of(endpoint));
  }

  /** A peer with a known id. */
  public static Peer of(String id, List<Endpoint> endpoints) {
    return new Peer(Optional.of(id), endpoints);
  }

  /** Whether both name the same node: by id if both have one, else by a common endpoint. */
  boolean sameNodeAs(Peer other) {
    if (id.isPresent() && other.id.isPresent()) {
      return id.equals(other.id);
    }
    return endpoints.stream().anyMatch(other.endpoints::contains);
  }

  /** For logs and status pages. */
  @Override
  public String toString() {
    return id.map(known -> known + " at ").orElse("") + endpoints.get(0);
  }
}
