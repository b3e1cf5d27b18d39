package net.dglb.decision;

import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.service.Policy;
import net.dglb.service.Score;
import net.dglb.service.Site;

/** A candidate's number by its policy: lower is better, unknown is the worst. Pure. */
final class Scores {

  private static final double UNKNOWN = Double.MAX_VALUE;

  private Scores() {}

  static double of(
      Policy policy,
      Site site,
      Place place,
      Optional<Estimate> estimate,
      OptionalDouble kilometres) {
    return switch (policy) {
      case Policy.Latency latency -> millis(latency.score(), estimate);
      case Policy.Sum sum -> sum(sum, site, place, estimate, kilometres);
      case Policy.Failover failover -> failover.order().indexOf(site.id());
      case Policy.Chain chain -> of(chain.order(), site, place, estimate, kilometres);
    };
  }

  /** What a candidate's losses add to its number: nothing where its policy does not count them. */
  static double ofLosses(Policy policy, Optional<Estimate> estimate) {
    return switch (policy) {
      case Policy.Latency latency -> ofLosses(latency.score(), estimate);
      case Policy.Sum sum -> sum.latency() * ofLosses(sum.score(), estimate);
      case Policy.Failover _ -> 0;
      case Policy.Chain chain -> ofLosses(chain.order(), estimate);
    };
  }

  private static double ofLosses(Score score, Optional<Estimate> estimate) {
    return estimate
        .map(it ->
            score.millis(it.latencyMillis(), it.loss(), it.bytesPerSecond())
                - score.millis(it.latencyMillis(), 0, it.bytesPerSecond()))
        .orElse(0.0);
  }

  private static double millis(Score score, Optional<Estimate> estimate) {
    return estimate
        .map(it -> score.millis(it.latencyMillis(), it.loss(), it.bytesPerSecond()))
        .orElse(UNKNOWN);
  }

  /**
   * A place without a location has no distances, and a site that reports no load has none: the
   * other terms decide alone.
   */
  private static double sum(
      Policy.Sum sum,
      Site site,
      Place place,
      Optional<Estimate> estimate,
      OptionalDouble kilometres) {
    double load = estimate.flatMap(it -> it.load().stream().boxed().findFirst()).orElse(0.0);
    double total =
        sum.kilometres() * kilometres.orElse(0)
            + (sum.cost() == 0 ? 0 : sum.cost() * site.costAt(place.id()))
            + sum.load() * load;
    if (sum.latency() == 0) {
      return total;
    }
    double millis = millis(sum.score(), estimate);
    return millis == UNKNOWN ? UNKNOWN : total + sum.latency() * millis;
  }
}
