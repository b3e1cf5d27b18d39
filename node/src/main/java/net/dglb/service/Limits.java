package net.dglb.service;

import java.time.Duration;
import java.util.regex.Pattern;

/** Range checks that name the value and what is allowed. */
final class Limits {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private Limits() {}

  static void range(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected " + min + " to " + max + ")");
    }
  }

  static void range(String what, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          what + ": " + text(value) + " (expected " + text(min) + " to " + text(max) + ")");
    }
  }

  static void range(String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected " + min + " to " + max + ")");
    }
  }

  /** Refuses what the protocol could not carry exactly. */
  static void whole(String what, Duration value, Duration unit) {
    if (!unit.multipliedBy(value.dividedBy(unit)).equals(value)) {
      throw new IllegalArgumentException(
          what + ": " + text(value) + " (expected a multiple of " + text(unit) + ")");
    }
  }

  static void identifier(String what, String value) {
    if (!IDENTIFIER.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what
              + ": \""
              + value
              + "\" (expected 1 to 63 lower-case letters, digits and hyphens, "
              + "beginning and ending with a letter or digit)");
    }
  }

  /** A duration as a configuration file writes it, in the largest unit that is exact. */
  static String text(Duration value) {
    long nanos = value.toNanos();
    long second = 1_000_000_000L;
    if (nanos % (86_400 * second) == 0 && nanos != 0) {
      return nanos / (86_400 * second) + "d";
    }
    if (nanos % (3_600 * second) == 0 && nanos != 0) {
      return nanos / (3_600 * second) + "h";
    }
    if (nanos % (60 * second) == 0 && nanos != 0) {
      return nanos / (60 * second) + "m";
    }
    if (nanos % second == 0) {
      return nanos / second + "s";
    }
    if (nanos % 1_000_000 == 0) {
      return nanos / 1_000_000 + "ms";
    }
    return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
  }
}
