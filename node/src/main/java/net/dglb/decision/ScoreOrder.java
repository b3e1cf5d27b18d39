package net.dglb.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.service.AllDown;
import net.dglb.service.Policy;
import net.dglb.service.Service;

/**
 * The order of every policy that gives each candidate a score: up before unknown before down;
 * measured before unmeasured; by score, else by distance, else by configured order. {@link
 * Incumbency} decides whether the site that is answered now stays first.
 */
final class ScoreOrder {

  private static final Comparator<Candidate> BY_PLACE =
      Comparator.comparingDouble((Candidate it) -> it.kilometres().orElse(Double.MAX_VALUE))
          .thenComparingInt(Candidate::position);

  private final Optional<Ranking> previous;
  private final PreviousOrder before;
  private final Incumbency incumbency;

  ScoreOrder(Policy policy, Optional<Ranking> previous, Instant now) {
    this.previous = previous;
    this.before = new PreviousOrder(previous);
    this.incumbency = new Incumbency(policy, previous, before, now);
  }

  Ranking rank(Service service, AddressFamily family, List<Candidate> candidates) {
    Order order = order(service, candidates);
    return new Ranking(service.name(), family, order.sites, order.basis);
  }

  private record Order(List<RankedSite> sites, Basis basis) {}

  private Order order(Service service, List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return new Order(List.of(), Basis.MEASURED);
    }
    if (candidates.stream().allMatch(it -> it.standing().isOut())) {
      return allDown(service.allDown().answer(), candidates);
    }
    boolean lastOrderServes = lastOrderServes(candidates);
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.comparing(Candidate::standing)
            .thenComparingDouble(Candidate::scoreMillis)
            .thenComparingInt(it -> lastOrderServes ? before.rank(it) : 0)
            .thenComparingDouble(Candidate::latencyMillis)
            .thenComparing(BY_PLACE));
    Incumbency.Verdict verdict = incumbency.judge(sorted);
    List<RankedSite> sites = new ArrayList<>();
    for (Candidate it : verdict.order()) {
      sites.add(it.ranked(reason(it, verdict, lastOrderServes), verdict.lead(it)));
    }
    return new Order(sites, basis(verdict.first(), lastOrderServes));
  }

  private Order allDown(AllDown.Rule rule, List<Candidate> candidates) {
    List<RankedSite> sites =
        candidates.stream()
            .sorted(
                Comparator.comparing(Candidate::standing)
                    .thenComparingInt(before::rank)
                    .thenComparingDouble(Candidate::scoreMillis)
                    .thenComparing(BY_PLACE))
            .map(it -> it.ranked(allDown(rule, it), Optional.empty()))
            .toList();
    return new Order(sites, Basis.ALL_DOWN);
  }

  private static Reason allDown(AllDown.Rule rule, Candidate it) {
    if (it.standing() == Standing.TAKEN_OUT) {
      return Reason.TAKEN_OUT;
    }
    return switch (rule) {
      case LAST_GOOD -> Reason.LAST_GOOD;
      case ALL -> Reason.ALL_ARE_ANSWERED;
      case FALLBACK -> Reason.OTHERS_ARE_ANSWERED;
      case NONE -> Reason.NOTHING_IS_ANSWERED;
    };
  }

  /** With nothing fresh at all, an order that once rested on measurements beats geography. */
  private boolean lastOrderServes(List<Candidate> candidates) {
    return previous.isPresent()
        && previous.get().basis() != Basis.UNMEASURED
        && candidates.stream().noneMatch(Candidate::isMeasured);
  }

  private static Basis basis(Candidate first, boolean lastOrderServes) {
    if (first.isMeasured()) {
      return first.saved() ? Basis.SAVED : Basis.MEASURED;
    }
    return lastOrderServes ? Basis.SAVED : Basis.UNMEASURED;
  }

  private static Reason standingReason(Standing standing) {
    return switch (standing) {
      case TAKEN_OUT -> Reason.TAKEN_OUT;
      case DOWN -> Reason.DOWN;
      case DRAINED -> Reason.DRAINED;
      case UP, UNKNOWN -> Reason.UNKNOWN_HEALTH;
    };
  }

  private static Reason reason(Candidate it, Incumbency.Verdict verdict, boolean lastOrderServes) {
    Candidate first = verdict.first();
    boolean worse = it.standing() != Standing.UP && it.standing() != first.standing();
    if (worse || it.standing() == Standing.DRAINED) {
      return standingReason(it.standing());
    }
    if (!it.isMeasured()) {
      return lastOrderServes
          ? Reason.LAST_ORDER
          : it.kilometres().isPresent() ? Reason.NEAREST : Reason.CONFIGURED_ORDER;
    }
    if (it.equals(first)) {
      return verdict.reason();
    }
    return it.scoreMillis() < first.scoreMillis() ? Reason.WITHIN_MARGIN : Reason.HIGHER_SCORE;
  }
}
