package net.dglb.dns.serve;

/** Checks numbers of settings. */
final class Ranges {

  private Ranges() {}

  static void check(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected " + min + " to " + max + ")");
    }
  }
}
