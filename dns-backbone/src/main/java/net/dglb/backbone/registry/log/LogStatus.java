package net.dglb.backbone.registry.log;

import java.util.List;

/**
 * How the log stands, as one node sees it.
 *
 * @param voters the nodes whose majority decides, by id
 * @param leader the id of the node that orders the commands; empty if none is known
 * @param term the number of elections so far
 * @param applied the place of the last command that this node's state has taken
 * @param reopenings how often this node opened the log again, or tried to, since it had failed
 * @param problem why this node cannot take part; empty if it can
 */
public record LogStatus(
    List<Voter> voters, String leader, long term, long applied, long reopenings, String problem) {

  /**
   * A node whose vote counts.
   *
   * @param id its id
   * @param address where the others reach it
   * @param confirmed the place of the last command that it is known to have taken; 0 if unknown
   */
  public record Voter(String id, String address, long confirmed) {}

  /** Copies the list. */
  public LogStatus {
    voters = List.copyOf(voters);
  }

  /** A node that cannot take part. */
  static LogStatus broken(String problem, long reopenings) {
    return new LogStatus(List.of(), "", 0, 0, reopenings, problem);
  }
}
