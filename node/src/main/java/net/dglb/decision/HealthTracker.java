package net.dglb.decision;

import java.time.Duration;
import java.time.Instant;
import net.dglb.service.HealthCheck;

/**
 * Turns single results into a dampened health. Immutable: each result gives the next state.
 *
 * <ul>
 *   <li>From unknown, the first success means up at once, so that one round of probes decides;
 *       {@code fall} failures mean down. A first failure alone leaves it unknown, which ranks
 *       behind every site that is up: one lost packet does not take a site out for several
 *       intervals.
 *   <li>From up, failures add up, even with successes between them, until a run of {@code rise}
 *       successes clears them; {@code fall} of them mean down.
 *   <li>From down, {@code rise} successes in a row mean up, once the run has lasted for the check's
 *       hold-down; each failure begins the run anew.
 * </ul>
 *
 * @param health as it counts now
 * @param failures that have added up while not down
 * @param successes in the current run that still have something to achieve
 * @param runSince when the current run of successes began; {@link Instant#MAX} without a run
 */
public record HealthTracker(Health health, int failures, int successes, Instant runSince) {

  /** Nothing is known yet. */
  public static final HealthTracker START = restored(Health.UNKNOWN);

  /** Goes on from a health that was saved. */
  public static HealthTracker restored(Health health) {
    return new HealthTracker(health, 0, 0, Instant.MAX);
  }

  /**
   * The state after one more result.
   *
   * @param success whether the probe succeeded
   * @param at when it ended
   * @param check with rise, fall and hold-down
   */
  public HealthTracker after(boolean success, Instant at, HealthCheck check) {
    return success ? succeeded(at, check.rise(), check.holdDown()) : failed(check.fall());
  }

  /** Whether results of late point to another health than the one that counts. */
  public boolean isChanging() {
    return health != Health.UNKNOWN && (failures > 0 || successes > 0);
  }

  private HealthTracker succeeded(Instant at, int rise, Duration holdDown) {
    Instant since = runSince.isBefore(at) ? runSince : at;
    return switch (health) {
      case UNKNOWN -> restored(Health.UP);
      case UP -> {
        boolean cleared = failures == 0 || successes + 1 >= rise;
        yield cleared ? restored(Health.UP) : run(since);
      }
      case DOWN -> {
        boolean held = Duration.between(since, at).compareTo(holdDown) < 0;
        yield successes + 1 >= rise && !held ? restored(Health.UP) : run(since);
      }
    };
  }

  private HealthTracker run(Instant since) {
    return new HealthTracker(health, failures, successes + 1, since);
  }

  private HealthTracker failed(int fall) {
    if (health == Health.DOWN || failures + 1 >= fall) {
      return restored(Health.DOWN);
    }
    return new HealthTracker(health, failures + 1, 0, Instant.MAX);
  }
}
