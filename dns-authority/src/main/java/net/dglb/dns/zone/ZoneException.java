package net.dglb.dns.zone;

import java.util.List;

/** A zone that cannot be served: every problem, each with file and line where they are known. */
public final class ZoneException extends Exception {

  private static final long serialVersionUID = 1;

  private final List<String> problems;

  /** Takes the problems in the order in which they are shown. */
  public ZoneException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each. */
  public List<String> problems() {
    return problems;
  }
}
