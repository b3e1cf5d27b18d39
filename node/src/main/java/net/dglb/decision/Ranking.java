package net.dglb.decision;

import java.util.List;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;

/**
 * The sites of a service from best to worst, as seen from one place, for one address family.
 *
 * @param service the balanced name
 * @param family of the addresses
 * @param order every (site, address) of that family, best first; empty if there is none
 * @param basis what the order rests on
 * @param spread what is answered to whom, where that is not the same for all; then the order is
 *     that of those for whom nothing in particular is set
 */
public record Ranking(
    DomainName service,
    AddressFamily family,
    List<RankedSite> order,
    Basis basis,
    Optional<Spread> spread) {

  /** Copies the list. */
  public Ranking {
    order = List.copyOf(order);
  }

  /** A ranking that is the same for all. */
  public Ranking(DomainName service, AddressFamily family, List<RankedSite> order, Basis basis) {
    this(service, family, order, basis, Optional.empty());
  }

  /** The best candidate. */
  public Optional<RankedSite> best() {
    return order.isEmpty() ? Optional.empty() : Optional.of(order.getFirst());
  }

  /** Whether another site may soon be first: this one is failing, or one that is down returns. */
  public boolean isChanging() {
    return order.stream().anyMatch(it -> it.changing() && isAnswered(it))
        || order.stream().anyMatch(it -> it.health() == Health.DOWN && it.changing());
  }

  private boolean isAnswered(RankedSite site) {
    return spread.map(it -> it.answers(site)).orElse(site.equals(order.getFirst()));
  }
}
