package net.dglb.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;

/** Durations as people write them: a number and a unit. */
final class DurationText {

  private DurationText() {}

  /** Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d}; a unit is required. */
  static Duration parse(String text) {
    if (text.isEmpty() || !Character.isLetter(text.charAt(text.length() - 1))) {
      throw new IllegalArgumentException();
    }
    try {
      return ConfigValueFactory.fromAnyRef(text).atKey("duration").getDuration("duration");
    } catch (ConfigException | ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The shortest exact text. */
  static String of(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.toNanosPart() != 0) {
      return duration.toNanosPart() % 1_000_000 == 0
          ? duration.toMillis() + "ms"
          : duration.toNanos() + "ns";
    }
    long seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
