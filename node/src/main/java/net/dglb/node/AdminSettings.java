package net.dglb.node;

import java.util.Optional;
import net.dglb.identity.NodeIdentity;
import net.dglb.net.Endpoint;

/**
 * Where and how the admin API is served.
 *
 * @param listen address and port; port 0 lets the system choose
 * @param identity if present, the API speaks TLS 1.3 and every client must show a certificate of
 *     the network authority
 * @param callsPerSecond how many calls one caller may make on average, at least 1; ten seconds'
 *     worth at once after quiet ones
 */
public record AdminSettings(Endpoint listen, Optional<NodeIdentity> identity, int callsPerSecond) {

  /** Refuses an address that others can reach without certificates. */
  public AdminSettings {
    if (identity.isEmpty() && !listen.address().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "admin address: "
              + listen
              + " (expected: a loopback address, or an identity for TLS with certificates)");
    }
  }

  /** Plain HTTP on loopback, TLS with certificates everywhere else. */
  public static AdminSettings of(NodeSettings node, Optional<NodeIdentity> identity) {
    boolean loopback = node.admin().address().isLoopbackAddress();
    return new AdminSettings(
        node.admin(), loopback ? Optional.empty() : identity, node.adminCallsPerSecond());
  }
}
