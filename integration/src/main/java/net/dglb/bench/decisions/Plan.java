package net.dglb.bench.decisions;

import java.time.Duration;
import java.util.List;

/**
 * What is run.
 *
 * @param sites of the service
 * @param fractions shares of the cities with a load balancer; 1 is the part that is run for whole
 *     days
 * @param days trials of a whole day with a load balancer at every city
 * @param trials site sets for the other shares, each measured for {@link #WARM_UP}
 * @param conditions what disturbs
 * @param seed of all that is random
 */
record Plan(
    int sites, List<Double> fractions, int days, int trials, Conditions conditions, long seed) {

  /** Until when load balancers have measured before unmeasured clients are estimated. */
  static final Duration WARM_UP = Duration.ofHours(1);

  Plan {
    fractions = List.copyOf(fractions);
    check("sites", sites, 2, 1_000);
    check("days", days, 0, 10_000);
    check("trials", trials, 0, 1_000_000);
    for (double fraction : fractions) {
      if (!(fraction > 0 && fraction <= 1)) {
        throw new IllegalArgumentException("lbs: " + fraction + " (expected above 0 and up to 1)");
      }
    }
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + ": " + value + " (expected " + least + " to " + most + ")");
    }
  }
}
