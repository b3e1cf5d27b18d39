package net.dglb.mapping.session;

import java.time.Duration;
import net.dglb.identity.HandshakeFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that came to no TLS session, as of a foreign or expired certificate: each is counted,
 * and the log has a line at most once a minute, since anybody can make them. Thread-safe.
 */
final class Strangers {

  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final LocalSide side;
  private boolean told;
  private long lastTold;
  private long untold;

  Strangers(LocalSide side) {
    this.side = side;
  }

  synchronized void turnedAway(Throwable failure) {
    side.counters().refusedHandshake(HandshakeFailure.of(failure));
    long now = side.timeline().nanoTime();
    if (told && now - lastTold < QUIET_NANOS) {
      untold++;
      return;
    }
    LOG.warn(
        "refused a TLS handshake: {}{}",
        Tls.why(failure),
        untold == 0 ? "" : " (and " + untold + " more since the last such line)");
    told = true;
    lastTold = now;
    untold = 0;
  }
}
