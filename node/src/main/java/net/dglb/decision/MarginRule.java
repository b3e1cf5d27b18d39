package net.dglb.decision;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.service.Policy;
import net.dglb.service.Score;

/**
 * What a rival of the same health must reach before it replaces the site that is answered.
 *
 * @param atOnceMillis it replaces it at once if its score is lower by more than this
 * @param allowedMillis what its score may be lower without adding to its {@link Lead}
 * @param neededSeconds it replaces it once its lead exceeds this
 * @param neededByLossSeconds the same where losses decide between the two; empty if the policy does
 *     not count them
 */
public record MarginRule(
    double atOnceMillis,
    double allowedMillis,
    double neededSeconds,
    OptionalDouble neededByLossSeconds) {

  private static final double AT_ONCE_SHARE_OF_LATENCY = 0.25;
  private static final double ALLOWED_SHARE_OF_LATENCY = 0.02;
  private static final double ALLOWED_SHARE_OF_MARGIN = 0.2;
  private static final double LEAD_IN_TIME_CONSTANTS = 0.4;
  private static final double LEAD_BY_LOSS_IN_TIME_CONSTANTS = 2;

  /**
   * The rule by a policy.
   *
   * @param heldMillis the score of the site that is answered
   * @param stretch how many times as long as by the check it is from one probe to the next, 1 and
   *     up: the square root of that is how many times as long a rival must lead
   */
  public static MarginRule of(Policy policy, double heldMillis, double stretch) {
    double margin = policy.margin().toNanos() / 1e6;
    double timeConstantSeconds = Math.sqrt(stretch) * policy.timeConstant().toMillis() / 1e3;
    return new MarginRule(
        margin == 0 ? 0 : Math.max(margin, AT_ONCE_SHARE_OF_LATENCY * heldMillis),
        Math.max(ALLOWED_SHARE_OF_MARGIN * margin, ALLOWED_SHARE_OF_LATENCY * heldMillis),
        failbackDelay(policy)
            .map(delay -> delay.toMillis() / 1e3)
            .orElse(LEAD_IN_TIME_CONSTANTS * timeConstantSeconds),
        countsLosses(policy)
            ? OptionalDouble.of(LEAD_BY_LOSS_IN_TIME_CONSTANTS * timeConstantSeconds)
            : OptionalDouble.empty());
  }

  private static boolean countsLosses(Policy policy) {
    return switch (policy.scored()) {
      case Policy.Latency latency -> latency.score() instanceof Score.Download;
      case Policy.Sum sum -> sum.latency() > 0 && sum.score() instanceof Score.Download;
      case Policy.Failover _, Policy.Chain _ -> false;
    };
  }

  /** How long a better site of an ordered failover has to be up before it takes over. */
  static Optional<Duration> failbackDelay(Policy policy) {
    return policy.scored() instanceof Policy.Failover failover && failover.failback()
        ? Optional.of(failover.failbackDelay())
        : Optional.empty();
  }
}
