package net.dglb.decision;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import net.dglb.service.Policy;
import net.dglb.service.Score;
import net.dglb.service.Site;

/** A candidate's number by its policy: lower is better, unknown is the worst. Pure. */
final class Scores {

  private static final double UNKNOWN = Double.MAX_VALUE;

  private final Place place;
  private final Consumer<Term> terms;
  private final boolean told;

  /** Numbers candidates as seen from a place. */
  Scores(Place place) {
    this(place, _ -> {}, false);
  }

  /** The same, and tells of each term that counts. */
  Scores(Place place, Consumer<Term> terms) {
    this(place, terms, true);
  }

  private Scores(Place place, Consumer<Term> terms, boolean told) {
    this.place = place;
    this.terms = terms;
    this.told = told;
  }

  double of(Policy policy, Site site, Optional<Estimate> estimate, OptionalDouble kilometres) {
    return switch (policy) {
      case Policy.Latency latency -> latency(latency.score(), 1, estimate);
      case Policy.Sum sum -> sum(sum, site, estimate, kilometres);
      case Policy.Failover failover ->
          term(Term.Measure.PLACE_IN_ORDER, failover.order().indexOf(site.id()), 1);
      case Policy.Chain chain -> of(chain.order(), site, estimate, kilometres);
    };
  }

  private double term(Term.Measure measure, double value, double weight) {
    if (told) {
      terms.accept(new Term(measure, value, weight));
    }
    return value * weight;
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

  private double latency(Score score, double weight, Optional<Estimate> estimate) {
    return estimate
        .map(it ->
            term(
                Term.Measure.LATENCY,
                score.millis(it.latencyMillis(), it.loss(), it.bytesPerSecond()),
                weight))
        .orElse(UNKNOWN);
  }

  /**
   * A place without a location has no distances, and a site that reports no load has none: the
   * other terms decide alone.
   */
  private double sum(
      Policy.Sum sum, Site site, Optional<Estimate> estimate, OptionalDouble kilometres) {
    double total = 0;
    if (sum.kilometres() > 0 && kilometres.isPresent()) {
      total += term(Term.Measure.KILOMETRES, kilometres.getAsDouble(), sum.kilometres());
    }
    if (sum.cost() > 0) {
      total += term(Term.Measure.COST, site.costAt(place.id()), sum.cost());
    }
    OptionalDouble load = estimate.map(Estimate::load).orElse(OptionalDouble.empty());
    if (sum.load() > 0 && load.isPresent()) {
      total += term(Term.Measure.LOAD, load.getAsDouble(), sum.load());
    }
    if (sum.latency() == 0) {
      return total;
    }
    double millis = latency(sum.score(), sum.latency(), estimate);
    return millis == UNKNOWN ? UNKNOWN : total + millis;
  }
}
