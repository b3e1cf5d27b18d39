package net.dglb.backbone.registry.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import net.dglb.time.Backoff;
import net.dglb.time.BackoffSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a log that failed is opened again, and what is said of it: each reason once, and that it is
 * open again once it has stayed so for a while. Thread-safe.
 */
final class Reopening {

  /** From a second to half a minute; back to a second after a log has stayed open for ten. */
  static final BackoffSettings PAUSES =
      new BackoffSettings(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));

  private static final Logger LOG = LoggerFactory.getLogger(Reopening.class);

  private final Path folder;
  private final Backoff pauses;
  private final LongSupplier nanoTime;
  private boolean isOpen;
  private long openedNanos;
  private String told = "";
  private String outside = "";
  private long count;

  /**
   * Nothing has failed yet.
   *
   * @param folder the log's, for people
   * @param nanoTime as of {@link System#nanoTime}
   */
  Reopening(Path folder, RandomGenerator random, LongSupplier nanoTime) {
    this.folder = folder;
    this.pauses = new Backoff(PAUSES, random);
    this.nanoTime = nanoTime;
  }

  /** The log failed, or could not be opened; returns for how long it stays closed. */
  synchronized Duration failed(String why) {
    if (isOpen) {
      pauses.lived(Duration.ofNanos(nanoTime.getAsLong() - openedNanos));
      isOpen = false;
    }
    if (!why.equals(told)) {
      told = why;
      LOG.error(
          "registrations are refused, DNS goes on; the log in {} is opened again after a pause that"
              + " grows to {} s: {}",
          folder,
          PAUSES.longest().toSeconds(),
          why);
    }
    return pauses.next();
  }

  /** It is opened again now, which may fail. */
  synchronized void again() {
    count++;
  }

  /**
   * It is open.
   *
   * @param nowOutside why this node does not vote in it; empty if it does
   */
  synchronized void opened(String nowOutside) {
    isOpen = true;
    openedNanos = nanoTime.getAsLong();
    if (!nowOutside.isEmpty() && !nowOutside.equals(outside)) {
      LOG.warn("registrations are refused, DNS goes on: {}", nowOutside);
    }
    outside = nowOutside;
  }

  /** Says that it is open again, once it has stayed so; to be called now and then. */
  synchronized void look() {
    long steady = PAUSES.steadyAfter().toNanos();
    if (isOpen && !told.isEmpty() && nanoTime.getAsLong() - openedNanos >= steady) {
      told = "";
      LOG.info("the log in {} is open again (attempt {} since the start)", folder, count);
    }
  }

  /** How often it was opened again, or tried to be. */
  synchronized long count() {
    return count;
  }
}
