package net.dglb.command;

import java.time.Duration;
import net.dglb.command.terminal.ExitCode;
import net.dglb.command.terminal.Terminal;
import net.dglb.lab.client.LabNotRunningException;

/** How a command ends that failed: one sentence, and the exit code for its kind. */
final class Failures {

  private Failures() {}

  static int end(Terminal terminal, Exception failure) {
    int code =
        switch (failure) {
          case LabNotRunningException nobody -> ExitCode.UNREACHABLE;
          case IllegalArgumentException wrong -> ExitCode.USAGE;
          default -> ExitCode.REFUSED;
        };
    String text = failure.getMessage();
    return terminal.fail(code, text == null ? failure.toString() : text);
  }

  /**
   * An option's number in its range.
   *
   * @throws IllegalArgumentException if it is outside
   */
  static int inRange(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s: %d (expected: %d to %d)".formatted(option, value, min, max));
    }
    return value;
  }

  /**
   * An option's number that has no upper bound.
   *
   * @throws IllegalArgumentException if it is too small
   */
  static long atLeast(long min, String option, long value) {
    if (value < min) {
      throw new IllegalArgumentException(
          "%s: %d (expected: %d or more)".formatted(option, value, min));
    }
    return value;
  }

  /**
   * An option's duration in its range.
   *
   * @throws IllegalArgumentException if it is outside or no whole number of seconds
   */
  static Duration inRange(String option, Duration value, Duration min, Duration max) {
    boolean whole = value.toMillis() % 1_000 == 0;
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0 || !whole) {
      throw new IllegalArgumentException(
          "%s: %s (expected: %ds to %ds, whole seconds)"
              .formatted(
                  option,
                  whole ? value.toSeconds() + "s" : value.toMillis() + "ms",
                  min.toSeconds(),
                  max.toSeconds()));
    }
    return value;
  }
}
