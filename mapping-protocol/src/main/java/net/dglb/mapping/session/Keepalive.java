package net.dglb.mapping.session;

import java.time.Duration;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Ping;
import net.dglb.time.Cancellable;
import net.dglb.time.Timeline;

/**
 * Sends pings and notices a peer that is silent. Counts its own ticks rather than time, so that a
 * pause of this process does not count against the peer.
 */
final class Keepalive {

  private final Connection connection;
  private final Duration interval;
  private final Timeline timeline;
  private volatile boolean heard = true;
  private volatile boolean deaf;
  private volatile boolean stopped;
  private volatile Cancellable next = () -> {};
  private int silentTicks;
  private long nonce;

  Keepalive(Connection connection, Duration interval, Timeline timeline) {
    this.connection = connection;
    this.interval = interval;
    this.timeline = timeline;
  }

  /** Something came in. From any thread. */
  void heard() {
    heard = true;
  }

  /** This side has stopped reading: silence is no sign then. From any thread. */
  void deaf(boolean stoppedReading) {
    heard = true;
    deaf = stoppedReading;
  }

  /** Call on the timeline. */
  void start() {
    if (!stopped) {
      next = timeline.after(interval, this::tick);
    }
  }

  /** Call on the timeline. */
  void stop() {
    stopped = true;
    next.cancel();
  }

  private void tick() {
    silentTicks = heard || deaf ? 0 : silentTicks + 1;
    heard = false;
    if (silentTicks >= SessionSettings.DEAD_AFTER_PINGS) {
      connection.fail(
          ErrorCode.ERROR_TIMEOUT,
          "nothing heard for "
              + SessionSettings.DEAD_AFTER_PINGS
              + " pings of "
              + interval.toMillis()
              + " ms");
      return;
    }
    nonce++;
    connection.send(Frame.newBuilder().setPing(Ping.newBuilder().setNonce(nonce)).build());
    start();
  }
}
