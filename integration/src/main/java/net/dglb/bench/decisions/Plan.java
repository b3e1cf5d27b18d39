package net.dglb.bench.decisions;

import java.time.Duration;
import java.util.List;
import net.dglb.service.HealthCheck;
import net.dglb.service.Service;

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
 * @param probeCap the most probes per second that a site sees of each load balancer; 0: no cap
 */
record Plan(
    int sites,
    List<Double> fractions,
    int days,
    int trials,
    Conditions conditions,
    long seed,
    double probeCap) {

  /** Until when load balancers have measured before unmeasured clients are estimated. */
  static final Duration WARM_UP = Duration.ofHours(1);

  /** Without a cap on probes. */
  Plan(int sites, List<Double> fractions, int days, int trials, Conditions conditions, long seed) {
    this(sites, fractions, days, trials, conditions, seed, 0);
  }

  Plan {
    fractions = List.copyOf(fractions);
    check("sites", sites, 2, 1_000);
    check("days", days, 0, 10_000);
    check("trials", trials, 0, 1_000_000);
    double least = 1.0 / HealthCheck.MAX_INTERVAL.toSeconds();
    if (probeCap != 0 && !(probeCap >= least && probeCap <= Service.MAX_PROBE_CAP)) {
      throw new IllegalArgumentException(
          "probe-cap: %s (expected 0, or one an hour, %s, to %s)"
              .formatted(probeCap, least, Service.MAX_PROBE_CAP));
    }
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
