package net.dglb.decision;

import java.time.Instant;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import net.dglb.service.Policy;
import net.dglb.service.Service;

/** Ranks the sites of a service by its policy. Pure: the same input gives the same ranking. */
public final class Ranker {

  private Ranker() {}

  /**
   * Ranks every (site, address) of one family.
   *
   * @param service with its policy
   * @param family whose addresses are candidates
   * @param place where the estimates were measured
   * @param estimates what is known there
   * @param previous the ranking that is answered now, if any
   * @param now for judging how fresh estimates are
   */
  public static Ranking rank(
      Service service,
      AddressFamily family,
      Place place,
      Estimates estimates,
      Optional<Ranking> previous,
      Instant now) {
    return rank(service, family, place, estimates, AdminStates.NONE, previous, now);
  }

  /**
   * The same where operators have their say.
   *
   * @param admin what is said of sites
   */
  public static Ranking rank(
      Service service,
      AddressFamily family,
      Place place,
      Estimates estimates,
      AdminStates admin,
      Optional<Ranking> previous,
      Instant now) {
    Ranking base =
        new ScoreOrder(service.policy(), previous, now)
            .rank(service, family, Candidate.of(service, family, place, estimates, admin, now));
    boolean ranked = !base.order().isEmpty() && base.basis() != Basis.ALL_DOWN;
    return ranked && service.policy() instanceof Policy.Chain chain
        ? new Steps(service, chain, place, base, previous).ranking()
        : base;
  }
}
