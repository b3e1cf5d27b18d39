package net.dglb.command;

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
}
