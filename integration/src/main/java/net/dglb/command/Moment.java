package net.dglb.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** A moment on the command line: itself, or how long ago. */
sealed interface Moment {

  /** The moment, seen from now. */
  Instant before(Instant now);

  /** A moment of its own. */
  record Exactly(Instant moment) implements Moment {
    @Override
    public Instant before(Instant now) {
      return moment;
    }
  }

  /** So long ago. */
  record Ago(Duration time) implements Moment {
    @Override
    public Instant before(Instant now) {
      return now.minus(time);
    }
  }

  /**
   * Reads {@code 2026-01-31T12:00:00Z} or {@code 10m}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Moment parse(String text) {
    try {
      return text.contains("T")
          ? new Exactly(Instant.parse(text))
          : new Ago(new DurationWords().convert(text));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "time: " + text + " (expected such as 2026-01-31T12:00:00Z, or how long ago: 10m)", e);
    }
  }
}
