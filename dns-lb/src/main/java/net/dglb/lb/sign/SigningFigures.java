package net.dglb.lb.sign;

import java.time.Instant;

/**
 * Figures of signing labels, for metrics.
 *
 * @param labels own labels that are signed
 * @param sets record sets signed since the start
 * @param rolling whether the key is being replaced
 * @param keySince since when the key in use is
 */
public record SigningFigures(int labels, long sets, boolean rolling, Instant keySince) {

  /** Before anything is known. */
  public static final SigningFigures NONE = new SigningFigures(0, 0, false, Instant.EPOCH);
}
