package net.dglb.dns.wire;

/**
 * Where records go, in the order in which an answer is written. Glue and optional records share the
 * additional section of the message; they differ in what happens when they do not fit.
 */
public enum Section {
  /** The answer proper; what does not fit sets TC. */
  ANSWER,
  /** Name servers of a referral, or the SOA of a negative answer; what does not fit sets TC. */
  AUTHORITY,
  /** Addresses that a resolver needs to follow a referral: TC if missing (RFC 9471 section 3). */
  GLUE,
  /** Records that spare a later question: left out silently where they do not fit. */
  ADDITIONAL
}
