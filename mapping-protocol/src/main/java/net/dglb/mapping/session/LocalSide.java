package net.dglb.mapping.session;

import io.vertx.core.net.NetSocket;
import net.dglb.identity.PeerIdentity;
import net.dglb.time.Timeline;

/** What all sessions of one server or client share. */
record LocalSide(
    PeerIdentity self,
    SessionSettings session,
    SessionListener listener,
    Timeline timeline,
    SessionCounters counters) {

  /** The same with other limits and times. */
  LocalSide with(SessionSettings other) {
    return new LocalSide(self, other, listener, timeline, counters);
  }

  Connection connection(NetSocket socket) {
    return new Connection(socket, session, counters, timeline);
  }
}
