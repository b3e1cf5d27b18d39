package net.dglb.identity;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A network authority in a folder, and certificates of it for tests. */
record TestNetwork(Path folder, NetworkAuthority authority) {

  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  static TestNetwork in(Path folder) throws IdentityException {
    return new TestNetwork(
        folder, NetworkAuthority.create(folder, "test network", Duration.ofDays(100), NOW));
  }

  IdentityFiles issue(NodeRole role, String id) throws IdentityException {
    return authority.issue(
        new PeerIdentity(role, id),
        List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("2001:db8::1")),
        Duration.ofDays(10),
        NOW,
        folder);
  }
}
