package net.dglb.mapping.session;

import java.util.List;
import java.util.Set;
import net.dglb.identity.NodeRole;
import net.dglb.net.Endpoint;

/**
 * Where and to whom a server listens.
 *
 * @param listen one or more endpoints, of either family; port 0 lets the system choose
 * @param accepts the roles that may connect
 * @param maxConnections the most connections at once, greeted or not, 1 and up
 * @param session limits and times of each session
 */
public record ServerSettings(
    List<Endpoint> listen, Set<NodeRole> accepts, int maxConnections, SessionSettings session) {

  /** The usual limit of connections. */
  public static final int DEFAULT_MAX_CONNECTIONS = 4096;

  /** Copies the collections and checks that there is something to do. */
  public ServerSettings {
    listen = List.copyOf(listen);
    accepts = Set.copyOf(accepts);
    if (listen.isEmpty()) {
      throw new IllegalArgumentException("listen: none (expected at least one endpoint)");
    }
    if (accepts.isEmpty()) {
      throw new IllegalArgumentException("accepts: none (expected at least one role)");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "max-connections: " + maxConnections + " (expected 1 and up)");
    }
  }

  /** A server with the usual limits. */
  public static ServerSettings of(List<Endpoint> listen, Set<NodeRole> accepts) {
    return new ServerSettings(listen, accepts, DEFAULT_MAX_CONNECTIONS, SessionSettings.defaults());
  }
}
