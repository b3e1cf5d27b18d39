package net.dglb.backbone.duty;

import net.dglb.net.DomainName;

/** How far the check of one load balancer's DNS addresses is. */
sealed interface CheckState {

  /** Nothing is under way; the next check begins at this moment of the timeline. */
  record Waiting(long dueNanos) implements CheckState {}

  /** The load balancer was told what to answer, and has not said that it does. */
  record Announced(DomainName name, String text, long sinceNanos) implements CheckState {}

  /**
   * Queries are on their way.
   *
   * @param name what is asked for: tells this check's answers from those of an earlier one
   * @param open how many answers are missing
   */
  record Asking(DomainName name, int open) implements CheckState {}
}
