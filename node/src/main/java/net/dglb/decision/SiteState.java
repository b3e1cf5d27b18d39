package net.dglb.decision;

import java.time.Duration;
import java.util.Optional;

/**
 * What one place knows of one target.
 *
 * @param estimate empty if nothing was ever measured
 * @param health after dampening
 * @param saved whether this was kept from before the process started and nothing was measured since
 * @param changing whether the last results point to another health than the one that counts
 */
public record SiteState(
    Optional<Estimate> estimate, Health health, boolean saved, boolean changing) {

  /** Nothing is known. */
  public static final SiteState UNKNOWN = new SiteState(Optional.empty(), Health.UNKNOWN);

  /** A state that was measured by the running process and is settled. */
  public SiteState(Optional<Estimate> estimate, Health health) {
    this(estimate, health, false);
  }

  /** A state that is settled. */
  public SiteState(Optional<Estimate> estimate, Health health, boolean saved) {
    this(estimate, health, saved, false);
  }

  /** The same by a clock that shows so much more. */
  public SiteState later(Duration by) {
    return new SiteState(estimate.map(it -> it.later(by)), health, saved, changing);
  }

  /** The same with another health. */
  public SiteState withHealth(Health other) {
    return new SiteState(estimate, other, saved, changing);
  }
}
