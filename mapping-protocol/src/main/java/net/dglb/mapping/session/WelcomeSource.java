package net.dglb.mapping.session;

import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Welcome;

/** What a server says of itself to a peer that has greeted. Called on the server's timeline. */
@FunctionalInterface
public interface WelcomeSource {

  /**
   * The capabilities, the software and, for a load balancer, the highest version stored. Version,
   * role, id, ping interval and frame size are set by the session.
   */
  Welcome welcome(PeerIdentity peer, Hello hello);
}
