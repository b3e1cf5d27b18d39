package net.dglb.backbone.duty;

/**
 * How far a load balancer is with one label that it holds. {@code Assigned -> Acknowledged ->
 * Verified -> Leaving}, and then it is gone; only verified holders are named to resolvers.
 */
sealed interface HolderState {

  /** The duty was, or is to be, sent; the holder has not said that it answers the label. */
  record Assigned() implements HolderState {}

  /** The holder says that it answers the label; its name servers were not seen to answer yet. */
  record Acknowledged(long zoneVersion) implements HolderState {}

  /** Acknowledged, and every DNS address of the holder answered a query over UDP and TCP. */
  record Verified(long zoneVersion) implements HolderState {}

  /**
   * Named to no resolver any more; it goes on answering for those that remember it.
   *
   * @param untilNanos until when, by the timeline's {@code nanoTime}
   */
  record Leaving(long untilNanos) implements HolderState {}
}
