package net.dglb.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.service.Service;

/**
 * The latency policy: up before unknown before down; measured before unmeasured; by latency, else
 * by distance, else by configured order. The site that is answered now stays first while no rival
 * of the same health is better by more than the margin.
 */
final class LatencyOrder {

  private static final Comparator<Candidate> BY_PLACE =
      Comparator.comparingDouble((Candidate it) -> it.kilometres().orElse(Double.MAX_VALUE))
          .thenComparingInt(Candidate::position);

  private final double marginMillis;
  private final Optional<Ranking> previous;

  LatencyOrder(Duration margin, Optional<Ranking> previous) {
    this.marginMillis = margin.toNanos() / 1e6;
    this.previous = previous;
  }

  Ranking rank(Service service, AddressFamily family, List<Candidate> candidates) {
    Order order = order(candidates);
    return new Ranking(service.name(), family, order.sites, order.basis);
  }

  private record Order(List<RankedSite> sites, Basis basis) {}

  private Order order(List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return new Order(List.of(), Basis.MEASURED);
    }
    if (candidates.stream().allMatch(it -> it.health() == Health.DOWN)) {
      return allDown(candidates);
    }
    boolean lastOrderServes = lastOrderServes(candidates);
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.comparing(Candidate::health)
            .thenComparingDouble(Candidate::latencyMillis)
            .thenComparingInt(it -> lastOrderServes ? previousRank(it) : 0)
            .thenComparing(BY_PLACE));
    boolean kept = keepPreviousFirst(sorted);
    List<RankedSite> sites = new ArrayList<>();
    for (Candidate it : sorted) {
      sites.add(it.ranked(reason(it, sorted.getFirst(), kept, lastOrderServes)));
    }
    return new Order(sites, basis(sorted.getFirst(), lastOrderServes));
  }

  private Order allDown(List<Candidate> candidates) {
    List<RankedSite> sites =
        candidates.stream()
            .sorted(
                Comparator.comparingInt(this::previousRank)
                    .thenComparingDouble(Candidate::latencyMillis)
                    .thenComparing(BY_PLACE))
            .map(it -> it.ranked(Reason.LAST_GOOD))
            .toList();
    return new Order(sites, Basis.ALL_DOWN);
  }

  /** With nothing fresh at all, an order that once rested on measurements beats geography. */
  private boolean lastOrderServes(List<Candidate> candidates) {
    return previous.isPresent()
        && previous.get().basis() != Basis.UNMEASURED
        && candidates.stream().noneMatch(Candidate::isMeasured);
  }

  private int previousRank(Candidate candidate) {
    List<RankedSite> order = previous.map(Ranking::order).orElse(List.of());
    for (int i = 0; i < order.size(); i++) {
      if (candidate.isSameAs(order.get(i))) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Moves the previous first back to the front if no rival is better by more than the margin. */
  private boolean keepPreviousFirst(List<Candidate> sorted) {
    Candidate best = sorted.getFirst();
    if (previous.isEmpty() || previous.get().basis() == Basis.UNMEASURED || !best.isMeasured()) {
      return false;
    }
    for (int i = 1; i < sorted.size(); i++) {
      Candidate it = sorted.get(i);
      if (previousRank(it) == 0
          && it.health() == best.health()
          && it.isMeasured()
          && it.latencyMillis() - best.latencyMillis() <= marginMillis) {
        sorted.remove(i);
        sorted.addFirst(it);
        return true;
      }
    }
    return false;
  }

  private static Basis basis(Candidate first, boolean lastOrderServes) {
    if (first.isMeasured()) {
      return first.saved() ? Basis.SAVED : Basis.MEASURED;
    }
    return lastOrderServes ? Basis.SAVED : Basis.UNMEASURED;
  }

  private static Reason reason(
      Candidate it, Candidate first, boolean kept, boolean lastOrderServes) {
    if (it.health() == Health.DOWN) {
      return Reason.DOWN;
    }
    if (it.health() != first.health()) {
      return Reason.UNKNOWN_HEALTH;
    }
    if (!it.isMeasured()) {
      return lastOrderServes
          ? Reason.LAST_ORDER
          : it.kilometres().isPresent() ? Reason.NEAREST : Reason.CONFIGURED_ORDER;
    }
    if (it.equals(first)) {
      return kept ? Reason.KEPT_WITHIN_MARGIN : Reason.LOWEST_LATENCY;
    }
    return it.latencyMillis() < first.latencyMillis()
        ? Reason.WITHIN_MARGIN
        : Reason.HIGHER_LATENCY;
  }
}
