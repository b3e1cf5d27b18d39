package net.dglb.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.service.Policy;

/**
 * Whether the candidate that is answered now stays first. A rival of the same health replaces it
 *
 * <ul>
 *   <li>at once if it is better by more than the margin and by more than a quarter of the score:
 *       what jitter alone does not do to an average;
 *   <li>once its {@link Lead} exceeds two fifths of a time constant. What counts is the gain above
 *       a fifth of the margin and above a fiftieth of the score; so a tenth of the score needs five
 *       time constants, and a gain that comes and goes never gets there.
 * </ul>
 *
 * <p>Where the score counts losses, one lost probe of few moves it by more than that. So what rests
 * on losses, of either of the two, never counts at once, and takes a lead of two time constants: as
 * long as it takes to tell a path that loses a tenth from one on which a probe was lost now and
 * then.
 *
 * <p>A better site of an ordered failover takes over once it has been up for the policy's delay:
 * its lead is that time itself.
 *
 * <p>Where a cap on probes or missing demand stretches the interval of either of the two, averages
 * are of as many probes as otherwise, and the lead that is needed grows by the square root of it:
 * so an answer changes without need as rarely.
 *
 * <p>A lead that was gathered while another policy counted, or while more was needed, does not
 * bring a rival first that is worse now.
 *
 * <p>With a margin of zero the lowest score always wins. How the numbers were found is in {@code
 * docs/bench-decisions.md}.
 */
final class Incumbency {

  /** A path that has lost none for more than four time constants has less left of a tenth. */
  private static final double LEFT_OF_LOSSES = 0.2;

  private final Policy policy;
  private final double timeConstantSeconds;
  private final Optional<Duration> failbackDelay;
  private final Optional<Ranking> previous;
  private final PreviousOrder before;
  private final Instant now;

  /**
   * Compares with what is answered now.
   *
   * @param before where each candidate stands in the previous ranking
   */
  Incumbency(Policy policy, Optional<Ranking> previous, PreviousOrder before, Instant now) {
    this.policy = policy;
    this.timeConstantSeconds = policy.timeConstant().toMillis() / 1e3;
    this.failbackDelay = MarginRule.failbackDelay(policy);
    this.previous = previous.filter(ranking -> ranking.basis() != Basis.UNMEASURED);
    this.before = before;
    this.now = now;
  }

  /**
   * Who is first, why, and the lead of each rival.
   *
   * @param order all of them, that one first
   */
  record Verdict(List<Candidate> order, Reason reason, Map<Candidate, Lead> leads) {
    Candidate first() {
      return order.getFirst();
    }

    Optional<Lead> lead(Candidate candidate) {
      return Optional.ofNullable(leads.get(candidate));
    }
  }

  /**
   * Judges.
   *
   * @param sorted by health and score, at least one
   */
  Verdict judge(List<Candidate> sorted) {
    Candidate best = sorted.getFirst();
    Optional<Candidate> incumbent = incumbent(sorted);
    if (incumbent.isEmpty()) {
      return new Verdict(sorted, Reason.LOWEST_SCORE, Map.of());
    }
    Candidate held = incumbent.get();
    Map<Candidate, Lead> leads = leads(held, sorted);
    for (Candidate rival : sorted) {
      if (isBetterAtOnce(held, rival)) {
        return replaced(rival, Reason.LOWEST_SCORE, held, leads, sorted);
      }
    }
    for (Candidate rival : sorted) {
      if (isBetterForLong(held, rival, leads)) {
        return replaced(rival, Reason.BETTER_FOR_LONG, held, leads, sorted);
      }
    }
    Reason reason = held.equals(best) ? Reason.LOWEST_SCORE : Reason.KEPT_WITHIN_MARGIN;
    return new Verdict(first(List.of(held), sorted), reason, leads);
  }

  /**
   * Another one is first. The steps of a chain may take it out: then all goes on as if it were not
   * there, so that the one that is answered stands before those that do not replace it.
   */
  private Verdict replaced(
      Candidate by,
      Reason reason,
      Candidate held,
      Map<Candidate, Lead> leads,
      List<Candidate> sorted) {
    if (!(policy instanceof Policy.Chain)) {
      return new Verdict(first(List.of(by), sorted), reason, Map.of());
    }
    Set<Candidate> before = new LinkedHashSet<>(List.of(by));
    for (Candidate rival : sorted) {
      if (isBetterAtOnce(held, rival) || isBetterForLong(held, rival, leads)) {
        before.add(rival);
      }
    }
    before.add(held);
    return new Verdict(first(before, sorted), reason, leads);
  }

  private static List<Candidate> first(Collection<Candidate> some, List<Candidate> all) {
    List<Candidate> order = new ArrayList<>(all);
    order.removeAll(some);
    order.addAll(0, some);
    return order;
  }

  /** What is answered now, if it is as healthy as the best and measured like it. */
  private Optional<Candidate> incumbent(List<Candidate> sorted) {
    Candidate best = sorted.getFirst();
    return previous
        .flatMap(Ranking::best)
        .flatMap(first -> sorted.stream().filter(it -> it.isSameAs(first)).findFirst())
        .filter(it -> it.standing() == best.standing() && it.isMeasured() && best.isMeasured());
  }

  private boolean isBetterAtOnce(Candidate held, Candidate rival) {
    return rival.standing() == held.standing()
        && gainMillis(held, rival) > rule(held, rival).atOnceMillis()
        && !isAboutLosses(held, rival, rule(held, rival).atOnceMillis());
  }

  private boolean isBetterForLong(Candidate held, Candidate rival, Map<Candidate, Lead> leads) {
    Lead lead = leads.get(rival);
    return lead != null
        && gainMillis(held, rival) > 0
        && lead.shareSeconds() > neededSeconds(held, rival);
  }

  private double neededSeconds(Candidate held, Candidate rival) {
    MarginRule rule = rule(held, rival);
    return isAboutLosses(held, rival, 0)
        ? rule.neededByLossSeconds().orElse(rule.neededSeconds())
        : rule.neededSeconds();
  }

  /**
   * Whether the rival has lost probes of late, or would not be better by so much without losses.
   */
  private boolean isAboutLosses(Candidate held, Candidate rival, double millis) {
    if (policy.margin().isZero()) {
      return false;
    }
    boolean losesItself = rival.lossMillis() > LEFT_OF_LOSSES * rule(held, rival).allowedMillis();
    double gainWithout = gainMillis(held, rival) - held.lossMillis() + rival.lossMillis();
    return losesItself || (held.lossMillis() > 0 && gainWithout <= millis);
  }

  private MarginRule rule(Candidate held, Candidate rival) {
    return MarginRule.of(policy, held.scoreMillis(), stretch(held, rival));
  }

  /** By the one that is probed more rarely. */
  private static double stretch(Candidate held, Candidate rival) {
    return Math.max(held.stretch(), rival.stretch());
  }

  /** Only those with something to their credit, or with a gain that begins to count now. */
  private Map<Candidate, Lead> leads(Candidate held, List<Candidate> sorted) {
    Map<Candidate, Lead> leads = new HashMap<>();
    for (Candidate rival : sorted) {
      if (rival.standing() == held.standing() && rival.isMeasured() && !rival.equals(held)) {
        double rate = rate(held, rival);
        double sum = sum(rival, rate, stretch(held, rival) * timeConstantSeconds);
        if (sum > 0 || rate > 0) {
          leads.put(rival, new Lead(sum, now));
        }
      }
    }
    return leads;
  }

  /** The gain above the allowance as a share of the score; negative below it. */
  private double rate(Candidate held, Candidate rival) {
    if (failbackDelay.isPresent()) {
      return gainMillis(held, rival) > 0 ? 1 : 0;
    }
    double gain = gainMillis(held, rival) - rule(held, rival).allowedMillis();
    return held.scoreMillis() == 0 ? 0 : gain / held.scoreMillis();
  }

  /** One long silence counts as one time constant at most. */
  private double sum(Candidate rival, double rate, double mostSeconds) {
    Optional<Lead> last = lead(rival);
    if (last.isEmpty()) {
      return 0;
    }
    double seconds = Duration.between(last.get().asOf(), now).toMillis() / 1e3;
    double counted = Math.clamp(seconds, 0, mostSeconds);
    return Math.max(0, last.get().shareSeconds() + rate * counted);
  }

  private Optional<Lead> lead(Candidate rival) {
    return before.of(rival.siteId(), rival.address()).flatMap(RankedSite::lead);
  }

  private static double gainMillis(Candidate held, Candidate rival) {
    return held.scoreMillis() - rival.scoreMillis();
  }
}
