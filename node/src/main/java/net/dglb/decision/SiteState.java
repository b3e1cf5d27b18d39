package net.dglb.decision;

import java.util.Optional;

/**
 * What one place knows of one target.
 *
 * @param estimate empty if nothing was ever measured
 * @param health after dampening
 * @param saved whether this was kept from before the process started and nothing was measured since
 */
public record SiteState(Optional<Estimate> estimate, Health health, boolean saved) {

  /** Nothing is known. */
  public static final SiteState UNKNOWN = new SiteState(Optional.empty(), Health.UNKNOWN);

  /** A state that was measured by the running process. */
  public SiteState(Optional<Estimate> estimate, Health health) {
    this(estimate, health, false);
  }
}
