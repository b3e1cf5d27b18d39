package net.dglb.decision;

import java.time.Instant;

/**
 * How much speaks for a rival against the site that is answered: its gain above an allowance, as a
 * share of the answered site's latency, added up over time and never below 0 (a one-sided
 * cumulative sum; Page 1954).
 *
 * @param shareSeconds 0 and up
 * @param asOf until when it is added up
 */
public record Lead(double shareSeconds, Instant asOf) {

  /** Checks the range. */
  public Lead {
    if (!(shareSeconds >= 0 && shareSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("lead: " + shareSeconds + " s (expected 0 and up)");
    }
  }
}
