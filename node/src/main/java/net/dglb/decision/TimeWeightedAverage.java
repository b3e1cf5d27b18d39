package net.dglb.decision;

import java.time.Duration;
import java.time.Instant;

/**
 * An average whose weights fall exponentially with a measurement's age: sum of {@code x_i e^(-t_i /
 * C)} over sum of {@code e^(-t_i / C)}, where {@code t_i} is the age and {@code C} the time
 * constant (004, Table 1 and the formulas after it). Dividing by the sum of the weights makes it
 * right for uneven intervals and from the first measurement on. Immutable.
 *
 * @param sum of the weighted values, as of {@code updated}
 * @param weight sum of the weights, as of {@code updated}; 1 after one measurement
 * @param updated when the newest value was measured
 */
public record TimeWeightedAverage(double sum, double weight, Instant updated) {

  /** Checks that there is something to divide by. */
  public TimeWeightedAverage {
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY) || !Double.isFinite(sum)) {
      throw new IllegalArgumentException(
          "average: sum " + sum + ", weight " + weight + " (expected numbers, the weight above 0)");
    }
  }

  /** The average of one measurement. */
  public static TimeWeightedAverage of(double value, Instant at) {
    return new TimeWeightedAverage(value, 1, at);
  }

  /**
   * The average after one more measurement.
   *
   * @param value what was measured
   * @param at when; one that is older than the newest counts with its smaller weight, but one that
   *     seems older by more than a time constant comes from a clock that was set back, and counts
   *     as the newest
   * @param timeConstant positive; in this time a weight falls to 37 %
   */
  public TimeWeightedAverage with(double value, Instant at, Duration timeConstant) {
    double age = Duration.between(updated, at).toNanos() / (double) timeConstant.toNanos();
    if (age < -1) {
      return new TimeWeightedAverage(sum + value, weight + 1, at);
    }
    if (age < 0) {
      double small = Math.exp(age);
      return new TimeWeightedAverage(sum + value * small, weight + small, updated);
    }
    double decay = Math.exp(-age);
    return new TimeWeightedAverage(sum * decay + value, weight * decay + 1, at);
  }

  /** The average itself. */
  public double value() {
    return sum / weight;
  }
}
