package net.dglb.decision;

/** What an operator says of a site, above what probes say. */
public enum AdminState {
  /** It counts as up whatever probes say. */
  UP,
  /** It is taken out: answered only while nothing else is left. */
  DOWN,
  /** It works, but is not answered while another site is up or unknown. */
  DRAIN
}
