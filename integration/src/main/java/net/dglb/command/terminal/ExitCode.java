package net.dglb.command.terminal;

/** How the command ends; scripts may rely on these numbers. */
public final class ExitCode {

  /** Done. */
  public static final int OK = 0;

  /** What was given is invalid, or was refused. */
  public static final int REFUSED = 1;

  /** The command line itself is wrong. */
  public static final int USAGE = 2;

  /** The node or the lab that was asked does not answer. */
  public static final int UNREACHABLE = 3;

  private ExitCode() {}
}
