package net.dglb.service;

import java.time.Duration;

/**
 * An object that is fetched from a site now and then to measure throughput.
 *
 * @param path the path and query of the request, from the first slash
 * @param bytes how much of it is read: {@link #MIN_BYTES} to {@link #MAX_BYTES}; it must be as
 *     large
 * @param interval from one download to the next, {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}, in
 *     whole milliseconds
 */
public record Download(String path, long bytes, Duration interval) {

  /** The smallest object: one packet says nothing of throughput. */
  public static final int MIN_BYTES = 10_000;

  /** The largest object. */
  public static final int MAX_BYTES = 100_000_000;

  /** The shortest interval. */
  public static final Duration MIN_INTERVAL = Duration.ofMinutes(1);

  /** The longest interval. */
  public static final Duration MAX_INTERVAL = Duration.ofDays(1);

  /** From one download to the next where nothing else is given. */
  public static final Duration USUAL_INTERVAL = Duration.ofMinutes(10);

  /** At most one in so many turns of a site's probe is a download, however far apart they are. */
  public static final int TURNS = 4;

  /** Checks the ranges. */
  public Download {
    HttpRules.checkPath(path);
    if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "size: " + bytes + " (expected " + MIN_BYTES + " to " + MAX_BYTES + " bytes)");
    }
    Limits.range("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
    Limits.whole("interval", interval, Duration.ofMillis(1));
  }
}
