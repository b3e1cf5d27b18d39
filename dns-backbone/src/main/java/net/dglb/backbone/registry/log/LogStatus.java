package net.dglb.backbone.registry.log;

import java.util.List;

/**
 * How the log stands, as one node sees it.
 *
 * @param voters the ids of the nodes whose majority decides
 * @param leader the id of the node that orders the commands; empty if none is known
 * @param term the number of elections so far
 * @param applied the place of the last command that this node's state has taken
 * @param problem why this node cannot take part; empty if it can
 */
public record LogStatus(
    List<String> voters, String leader, long term, long applied, String problem) {

  /** Copies the list. */
  public LogStatus {
    voters = List.copyOf(voters);
  }

  /** A node that cannot take part. */
  static LogStatus broken(List<String> voters, String problem) {
    return new LogStatus(voters, "", 0, 0, problem);
  }
}
