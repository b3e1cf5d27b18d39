package net.dglb.mapping.session;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import net.dglb.identity.NodeRole;
import net.dglb.time.BackoffSettings;

/**
 * From where and to whom a client connects.
 *
 * @param from addresses to connect from: the first of the peer's family is used, the system's
 *     choice if there is none
 * @param expects the roles that the other side may have
 * @param session limits and times of each session
 * @param backoff when to try again
 */
public record ClientSettings(
    List<InetAddress> from,
    Set<NodeRole> expects,
    SessionSettings session,
    BackoffSettings backoff) {

  /** Copies the collections and checks that some role is expected. */
  public ClientSettings {
    from = List.copyOf(from);
    expects = Set.copyOf(expects);
    if (expects.isEmpty()) {
      throw new IllegalArgumentException("expects: none (expected at least one role)");
    }
  }

  /** A client with the usual limits and pauses. */
  public static ClientSettings of(List<InetAddress> from, Set<NodeRole> expects) {
    return new ClientSettings(
        from, expects, SessionSettings.defaults(), BackoffSettings.defaults());
  }
}
