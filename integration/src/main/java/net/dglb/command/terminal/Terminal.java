package net.dglb.command.terminal;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import net.dglb.node.Printable;

/**
 * Where a command writes.
 *
 * @param out results, for people or for programs
 * @param err what went wrong, for people
 */
public record Terminal(PrintWriter out, PrintWriter err) {

  /** Whatever a command prints, the terminal obeys none of it. */
  public Terminal {
    out = new PrintWriter(Printable.writer(out), true);
    err = new PrintWriter(Printable.writer(err), true);
  }

  /** The standard output and error of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  /** Says what went wrong and returns the exit code for it. */
  public int fail(int exitCode, String text) {
    err.println("dglb: " + text);
    err.flush();
    return exitCode;
  }
}
