package net.dglb.decision;

import java.net.InetAddress;
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
 */
public record Ranking(
    DomainName service, AddressFamily family, List<RankedSite> order, Basis basis) {

  /** Copies the list. */
  public Ranking {
    order = List.copyOf(order);
  }

  /** The best candidate. */
  public Optional<RankedSite> best() {
    return order.isEmpty() ? Optional.empty() : Optional.of(order.getFirst());
  }

  /** Whether another site may soon be first: this one is failing, or one that is down returns. */
  public boolean isChanging() {
    return best().filter(RankedSite::changing).isPresent()
        || order.stream().anyMatch(it -> it.health() == Health.DOWN && it.changing());
  }

  /** The addresses, best first. */
  public List<InetAddress> addresses() {
    return order.stream().map(RankedSite::address).toList();
  }
}
