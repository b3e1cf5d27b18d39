package net.dglb.mapping.session;

import net.dglb.identity.HandshakeFailure;
import net.dglb.node.SeldomLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that came to no TLS session, as of a foreign or expired certificate: each is counted,
 * and the log has a line at most once a minute, since anybody can make them. Thread-safe.
 */
final class Strangers {

  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

  private final LocalSide side;
  private final SeldomLine line;

  Strangers(LocalSide side) {
    this.side = side;
    this.line = new SeldomLine(side.timeline()::nanoTime);
  }

  void turnedAway(Throwable failure) {
    side.counters().refusedHandshake(HandshakeFailure.of(failure));
    line.tell(more -> LOG.warn("refused a TLS handshake: {}{}", Tls.why(failure), more));
  }
}
