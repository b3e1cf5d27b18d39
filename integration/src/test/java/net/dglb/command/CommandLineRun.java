package net.dglb.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import net.dglb.command.terminal.Terminal;

/** One run of the command in a test: its exit code and what it printed. */
public record CommandLineRun(int exitCode, String out, String err) {

  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  /** Runs a command line. */
  public static CommandLineRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = new Terminal(new PrintWriter(out, true), new PrintWriter(err, true));
    try {
      int code = Main.execute(terminal, InstantSource.fixed(NOW), arguments);
      return new CommandLineRun(code, out.toString(), err.toString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
