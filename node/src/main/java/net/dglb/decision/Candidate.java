package net.dglb.decision;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.dglb.net.AddressFamily;
import net.dglb.service.Exchange;
import net.dglb.service.Service;
import net.dglb.service.Site;

/**
 * What may be answered: a site's address, and what counts of it.
 *
 * @param estimate only if fresh
 * @param saved whether the estimate was kept from before the process started
 * @param said by an operator
 * @param changing whether its health is about to change
 * @param scoreMillis by the policy, lower is better; the largest number if something is not known
 * @param lossMillis what losses add to the score
 * @param stretch how many times as long as by the check it is from one probe to the next, 1 and up
 * @param position in configured order, from 0
 */
record Candidate(
    String siteId,
    InetAddress address,
    Health health,
    Optional<Estimate> estimate,
    boolean saved,
    Optional<AdminState> said,
    boolean changing,
    double scoreMillis,
    double lossMillis,
    OptionalDouble kilometres,
    double stretch,
    int position) {

  static List<Candidate> of(
      Service service,
      AddressFamily family,
      Place place,
      Estimates estimates,
      AdminStates admin,
      Instant now) {
    List<Candidate> candidates = new ArrayList<>();
    Scores scores = new Scores(place);
    boolean inNumbers = service.check().exchange().loadUnit() == Exchange.LoadUnit.CAPACITY;
    for (Site site : service.sites()) {
      OptionalDouble kilometres = kilometres(place, site);
      Optional<AdminState> said = admin.of(service.name(), site.id());
      for (InetAddress address : site.addresses(family)) {
        SiteState state = estimates.of(service.target(address));
        Optional<Estimate> fresh =
            state
                .estimate()
                .filter(estimate -> {
                  Duration counts = estimate.freshness(service.check(), state.saved());
                  return !estimate.updated().isBefore(now.minus(counts));
                })
                .map(it -> inNumbers ? it.ofCapacity(site.capacity()) : it);
        boolean stale = state.estimate().isPresent() && fresh.isEmpty();
        candidates.add(
            new Candidate(
                site.id(),
                address,
                stale ? staleHealth(state.health()) : state.health(),
                fresh,
                state.saved(),
                said,
                state.changing() && said.isEmpty(),
                scores.of(service.policy(), site, fresh, kilometres),
                Scores.ofLosses(service.policy(), fresh),
                kilometres,
                fresh.map(it -> it.stretch(service.check())).orElse(1.0),
                candidates.size()));
      }
    }
    return candidates;
  }

  /** Nobody has seen it work for long; what was down stays down until it is seen to work. */
  private static Health staleHealth(Health last) {
    return last == Health.UP ? Health.UNKNOWN : last;
  }

  private static OptionalDouble kilometres(Place place, Site site) {
    if (place.location().isEmpty() || site.location().isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(place.location().get().kilometresTo(site.location().get()));
  }

  double latencyMillis() {
    return estimate.map(Estimate::latencyMillis).orElse(Double.MAX_VALUE);
  }

  Standing standing() {
    return Standing.of(health, said);
  }

  boolean isMeasured() {
    return estimate.isPresent();
  }

  boolean isSameAs(RankedSite ranked) {
    return siteId.equals(ranked.siteId()) && address.equals(ranked.address());
  }

  private OptionalDouble score() {
    return scoreMillis < Double.MAX_VALUE ? OptionalDouble.of(scoreMillis) : OptionalDouble.empty();
  }

  RankedSite ranked(Reason reason, Optional<Lead> lead) {
    return new RankedSite(
        siteId,
        address,
        health,
        said,
        changing,
        estimate,
        saved,
        score(),
        kilometres,
        reason,
        lead,
        Optional.empty());
  }
}
