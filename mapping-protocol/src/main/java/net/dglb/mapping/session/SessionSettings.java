package net.dglb.mapping.session;

import java.time.Duration;

/**
 * Limits and times of each session of a server or client.
 *
 * @param maxFrameBytes the largest frame accepted from a greeted peer, 16 KiB to 16 MiB
 * @param maxQueuedBytes how much may wait to be sent before the peer counts as too slow, at least
 *     twice the largest frame
 * @param handshakeTimeout for TLS, and again for the greeting
 * @param pingInterval between pings; a peer that is silent for {@link #DEAD_AFTER_PINGS} of them is
 *     taken for dead
 * @param lingerTimeout how long to wait for the peer to read an error before the connection is cut
 */
public record SessionSettings(
    int maxFrameBytes,
    int maxQueuedBytes,
    Duration handshakeTimeout,
    Duration pingInterval,
    Duration lingerTimeout) {

  /** The largest frame before the greeting is done; no limit may be set below it. */
  public static final int HANDSHAKE_FRAME_BYTES = 16 * 1024;

  /** The largest limit that may be set. */
  public static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

  /** So many silent ping intervals mean death. */
  public static final int DEAD_AFTER_PINGS = 3;

  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Checks the ranges. */
  public SessionSettings {
    requireRange("max-frame-bytes", maxFrameBytes, HANDSHAKE_FRAME_BYTES, MAX_FRAME_BYTES);
    requireRange("max-queued-bytes", maxQueuedBytes, 2L * maxFrameBytes, Integer.MAX_VALUE);
    requireRange("handshake-timeout", handshakeTimeout);
    requireRange("ping-interval", pingInterval);
    requireRange("linger-timeout", lingerTimeout);
  }

  /** Frames up to 1 MiB, 4 MiB waiting, greeting within 10 s, a ping every 5 s, lingering 1 s. */
  public static SessionSettings defaults() {
    return new SessionSettings(
        1024 * 1024,
        4 * 1024 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1));
  }

  /** The same with another ping interval. */
  public SessionSettings withPingInterval(Duration interval) {
    return new SessionSettings(
        maxFrameBytes, maxQueuedBytes, handshakeTimeout, interval, lingerTimeout);
  }

  /** The same with another time for TLS and for the greeting. */
  public SessionSettings withHandshakeTimeout(Duration timeout) {
    return new SessionSettings(maxFrameBytes, maxQueuedBytes, timeout, pingInterval, lingerTimeout);
  }

  /** The same with other sizes. */
  public SessionSettings withSizes(int frameBytes, int queuedBytes) {
    return new SessionSettings(
        frameBytes, queuedBytes, handshakeTimeout, pingInterval, lingerTimeout);
  }

  private static void requireRange(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected " + min + " to " + max + ")");
    }
  }

  private static void requireRange(String what, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(what + ": " + value + " (expected 10 ms to 1 h)");
    }
  }
}
