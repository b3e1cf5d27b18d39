package net.dglb.bench.decisions;

import java.time.Duration;

/**
 * What disturbs the measurements.
 *
 * @param jitter standard deviation of the logarithm of each measured latency, 0 to 2
 * @param loss share of probes that get no answer, 0 to less than 1
 * @param burst how long a path that loses loses all on average, up to an hour; with zero each probe
 *     is lost on its own
 * @param drift share of its latency by which each path rises and falls once a day, 0 to 0.9
 * @param outagesPerSiteDay how often a site stops working, 0 to 24
 * @param outage how long it then does not work
 */
record Conditions(
    double jitter,
    double loss,
    Duration burst,
    double drift,
    double outagesPerSiteDay,
    Duration outage) {

  /** Each probe is lost on its own. */
  Conditions(double jitter, double loss, double drift, double outagesPerSiteDay, Duration outage) {
    this(jitter, loss, Duration.ZERO, drift, outagesPerSiteDay, outage);
  }

  Conditions {
    check("jitter", jitter, 2);
    check("loss", loss, 0.99);
    check("burst", burst.toNanos() / 1e9, 3_600);
    check("drift", drift, 0.9);
    check("outages", outagesPerSiteDay, 24);
  }

  private static void check(String what, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(what + ": " + value + " (expected 0 to " + most + ")");
    }
  }
}
