package net.dglb.decision;

/** What a ranking rests on. */
public enum Basis {
  /** Fresh measurements. Also the basis where there is no candidate: nothing is left to learn. */
  MEASURED,
  /** Latencies estimated from what load balancers elsewhere measured: nobody measures there. */
  ESTIMATED,
  /** What was known earlier: saved estimates, or the last ranking after estimates went stale. */
  SAVED,
  /** Distance and configured order only. Answers from it are to be short-lived. */
  UNMEASURED,
  /** Every candidate is down: the service says what is answered then. */
  ALL_DOWN;

  /** Whether measurements are behind it, so that answers may be kept for their full time. */
  public boolean isFounded() {
    return this == MEASURED || this == ESTIMATED || this == SAVED;
  }
}
