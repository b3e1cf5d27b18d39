package net.dglb.decision;

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
 *   <li>From down, {@code rise} successes in a row mean up; each failure begins the run anew.
 * </ul>
 *
 * @param health as it counts now
 * @param failures that have added up while not down
 * @param successes in the current run that still have something to achieve
 */
public record HealthTracker(Health health, int failures, int successes) {

  /** Nothing is known yet. */
  public static final HealthTracker START = new HealthTracker(Health.UNKNOWN, 0, 0);

  /** Goes on from a health that was saved. */
  public static HealthTracker restored(Health health) {
    return new HealthTracker(health, 0, 0);
  }

  /**
   * The state after one more result.
   *
   * @param success whether the probe succeeded
   * @param rise successes in a row that bring it up, 1 and up
   * @param fall failures that take it down, 1 and up
   */
  public HealthTracker after(boolean success, int rise, int fall) {
    return success ? succeeded(rise) : failed(fall);
  }

  private HealthTracker succeeded(int rise) {
    return switch (health) {
      case UNKNOWN -> restored(Health.UP);
      case UP -> {
        boolean cleared = failures == 0 || successes + 1 >= rise;
        yield cleared ? restored(Health.UP) : new HealthTracker(health, failures, successes + 1);
      }
      case DOWN ->
          successes + 1 >= rise
              ? restored(Health.UP)
              : new HealthTracker(health, failures, successes + 1);
    };
  }

  private HealthTracker failed(int fall) {
    if (health == Health.DOWN || failures + 1 >= fall) {
      return restored(Health.DOWN);
    }
    return new HealthTracker(health, failures + 1, 0);
  }
}
