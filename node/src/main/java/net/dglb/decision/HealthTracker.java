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
 *       successes clears them; {@code fall} of them mean down. Where at least two silences of half
 *       an interval or more have ended by themselves of late, failures also have to go on for six
 *       times the second longest of these, at most {@code fall} - 3 intervals.
 *   <li>From down, {@code rise} successes in a row mean up, once the run has lasted for the check's
 *       hold-down; each failure begins the run anew.
 * </ul>
 *
 * @param health as it counts now
 * @param failures that have added up while not down
 * @param successes in the current run that still have something to achieve
 * @param runSince when the current run of successes began; {@link Instant#MAX} without a run
 * @param failingSince the first of the failures that have added up; {@link Instant#MAX} without any
 * @param silences how long failures went on
 */
public record HealthTracker(
    Health health,
    int failures,
    int successes,
    Instant runSince,
    Instant failingSince,
    Silences silences) {

  /** Nothing is known yet. */
  public static final HealthTracker START = restored(Health.UNKNOWN);

  /** Goes on from a health that was saved. */
  public static HealthTracker restored(Health health) {
    return settled(health, Silences.NONE);
  }

  private static HealthTracker settled(Health health, Silences silences) {
    return new HealthTracker(health, 0, 0, Instant.MAX, Instant.MAX, silences);
  }

  /**
   * The state after one more result.
   *
   * @param success whether the probe succeeded
   * @param at when it ended
   * @param check with rise, fall and hold-down
   */
  public HealthTracker after(boolean success, Instant at, HealthCheck check) {
    return success ? succeeded(at, check) : failed(at, check);
  }

  /** Whether results of late point to another health than the one that counts. */
  public boolean isChanging() {
    return health != Health.UNKNOWN && (failures > 0 || successes > 0);
  }

  private HealthTracker succeeded(Instant at, HealthCheck check) {
    Instant since = runSince.isBefore(at) ? runSince : at;
    Silences now = silences.succeeded(at, check);
    return switch (health) {
      case UNKNOWN -> settled(Health.UP, now);
      case UP -> {
        boolean cleared = failures == 0 || successes + 1 >= check.rise();
        yield cleared ? settled(Health.UP, now) : run(since, now);
      }
      case DOWN -> {
        boolean held = Duration.between(since, at).compareTo(check.holdDown()) < 0;
        yield successes + 1 >= check.rise() && !held ? settled(Health.UP, now) : run(since, now);
      }
    };
  }

  private HealthTracker run(Instant since, Silences now) {
    return new HealthTracker(health, failures, successes + 1, since, failingSince, now);
  }

  private HealthTracker failed(Instant at, HealthCheck check) {
    Silences now = silences.failed(at);
    Instant since = failingSince.isBefore(at) ? failingSince : at;
    boolean forLong = Duration.between(since, at).compareTo(now.patience(at, check)) >= 0;
    if (health == Health.DOWN || (failures + 1 >= check.fall() && forLong)) {
      return settled(Health.DOWN, now);
    }
    return new HealthTracker(health, failures + 1, 0, Instant.MAX, since, now);
  }
}
