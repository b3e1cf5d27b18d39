package net.dglb.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.service.Policy;

/**
 * Whether the candidate that is answered now stays first. A rival of the same health replaces it
 *
 * <ul>
 *   <li>at once if it is better by more than the margin and by more than a fifth of the latency:
 *       what jitter alone does not do to an average;
 *   <li>after five time constants if all the while it was better by more than a fifth of the
 *       margin: small gains are taken too, but only once they have proved lasting.
 * </ul>
 *
 * <p>With a margin of zero the lowest latency always wins. How the numbers were found is in {@code
 * docs/bench-decisions.md}.
 */
final class Incumbency {

  private static final double SHARE_OF_LATENCY = 0.2;
  private static final double SHARE_OF_MARGIN = 0.2;
  private static final int PATIENCE_IN_TIME_CONSTANTS = 5;

  private final double marginMillis;
  private final Duration patience;
  private final Optional<Ranking> previous;
  private final Instant now;

  Incumbency(Policy.Latency policy, Optional<Ranking> previous, Instant now) {
    this.marginMillis = policy.margin().toNanos() / 1e6;
    this.patience = policy.timeConstant().multipliedBy(PATIENCE_IN_TIME_CONSTANTS);
    this.previous = previous.filter(ranking -> ranking.basis() != Basis.UNMEASURED);
    this.now = now;
  }

  /** Who is first, why, and since when each rival has been ahead of it. */
  record Verdict(Candidate first, Reason reason, Map<Candidate, Instant> leads) {
    Optional<Instant> aheadSince(Candidate candidate) {
      return Optional.ofNullable(leads.get(candidate));
    }
  }

  /**
   * Judges.
   *
   * @param sorted by health and latency, at least one
   */
  Verdict judge(List<Candidate> sorted) {
    Candidate best = sorted.getFirst();
    Optional<Candidate> incumbent = incumbent(sorted);
    if (incumbent.isEmpty() || incumbent.get().equals(best)) {
      return new Verdict(best, Reason.LOWEST_LATENCY, Map.of());
    }
    Candidate held = incumbent.get();
    if (gainMillis(held, best) > atOnceMillis(held)) {
      return new Verdict(best, Reason.LOWEST_LATENCY, Map.of());
    }
    Map<Candidate, Instant> leads = leads(held, sorted);
    for (Candidate rival : sorted) {
      Instant since = leads.get(rival);
      if (since != null && !since.plus(patience).isAfter(now)) {
        return new Verdict(rival, Reason.BETTER_FOR_LONG, Map.of());
      }
    }
    return new Verdict(held, Reason.KEPT_WITHIN_MARGIN, leads);
  }

  /** What is answered now, if it is as healthy as the best and measured like it. */
  private Optional<Candidate> incumbent(List<Candidate> sorted) {
    Candidate best = sorted.getFirst();
    return previous
        .flatMap(Ranking::best)
        .flatMap(first -> sorted.stream().filter(it -> it.isSameAs(first)).findFirst())
        .filter(it -> it.health() == best.health() && it.isMeasured() && best.isMeasured());
  }

  private double atOnceMillis(Candidate held) {
    return marginMillis == 0 ? 0 : Math.max(marginMillis, SHARE_OF_LATENCY * held.latencyMillis());
  }

  private Map<Candidate, Instant> leads(Candidate held, List<Candidate> sorted) {
    Map<Candidate, Instant> leads = new HashMap<>();
    for (Candidate rival : sorted) {
      if (rival.health() == held.health()
          && gainMillis(held, rival) > SHARE_OF_MARGIN * marginMillis) {
        leads.put(rival, aheadSince(rival).orElse(now));
      }
    }
    return leads;
  }

  private Optional<Instant> aheadSince(Candidate rival) {
    return previous.stream()
        .flatMap(ranking -> ranking.order().stream())
        .filter(rival::isSameAs)
        .findFirst()
        .flatMap(RankedSite::aheadSince);
  }

  private static double gainMillis(Candidate held, Candidate rival) {
    return held.latencyMillis() - rival.latencyMillis();
  }
}
