package net.dglb.lb.answer;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import net.dglb.decision.AdminStates;
import net.dglb.decision.Estimate;
import net.dglb.decision.Estimates;
import net.dglb.decision.Place;
import net.dglb.decision.Ranker;
import net.dglb.decision.Ranking;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.measure.OtherPlaces;
import net.dglb.net.AddressFamily;
import net.dglb.net.Location;
import net.dglb.service.Service;
import net.dglb.time.Timeline;

/**
 * Ranks a service's sites for a label: for this load balancer's own label from its own estimates,
 * for another one's from what was measured at that place, corrected by the health seen from here.
 */
public final class LabelRanker {

  private final Timeline timeline;
  private Place here;
  private final Estimates own;
  private final OtherPlaces places;
  private final AdminStates admin;

  /**
   * Ranks from these views.
   *
   * @param here this load balancer's place
   * @param own what is measured here
   * @param places what was measured elsewhere
   * @param admin what operators say of sites
   */
  public LabelRanker(
      Timeline timeline, Place here, Estimates own, OtherPlaces places, AdminStates admin) {
    this.timeline = timeline;
    this.here = here;
    this.own = own;
    this.places = places;
    this.admin = admin;
  }

  /** This load balancer stands elsewhere now. */
  public void here(Place next) {
    here = next;
  }

  /** Whether the label stands for this load balancer's own place. */
  boolean isOwn(HeldDuty duty) {
    return duty.duty().label().equals(here.id());
  }

  LabelRankings rank(HeldDuty duty, Service service, Optional<LabelRankings> previous) {
    return rank(duty, service, previous, admin);
  }

  /** What the next ranking would be, were these sites taken out. */
  LabelRankings without(
      Set<String> siteIds, HeldDuty duty, Service service, LabelRankings previous) {
    return rank(duty, service, Optional.of(previous), admin.without(siteIds));
  }

  private LabelRankings rank(
      HeldDuty duty, Service service, Optional<LabelRankings> previous, AdminStates said) {
    PlaceView ipv4 = view(duty, service, AddressFamily.IPV4);
    PlaceView ipv6 = view(duty, service, AddressFamily.IPV6);
    return new LabelRankings(
        rank(duty, service, ipv4, previous, said),
        rank(duty, service, ipv6, previous, said),
        ipv4.completedAt(),
        ipv6.completedAt());
  }

  private Ranking rank(
      HeldDuty duty,
      Service service,
      PlaceView view,
      Optional<LabelRankings> previous,
      AdminStates said) {
    AddressFamily family = view.family();
    return Ranker.rank(
        service,
        family,
        place(duty),
        view.estimates(),
        said,
        previous.map(rankings -> rankings.of(family)),
        timeline.now());
  }

  /** Whose estimates count for a label, for people. */
  String view(HeldDuty duty) {
    if (isOwn(duty)) {
      return "measured here, at " + here.id();
    }
    String place = duty.duty().label();
    return "measured at %s (%s), health corrected by %s's own"
        .formatted(place, places.silenceInWords(place), here.id());
  }

  /** For which place a label is ranked. */
  Place place(HeldDuty duty) {
    if (!isOwn(duty)) {
      return new Place(duty.duty().label(), duty.duty().place());
    }
    Optional<Location> location = here.location().or(() -> duty.duty().place());
    return new Place(here.id(), location);
  }

  /** How long a place may say nothing: it has something to say after each probe of a site. */
  private Duration freshness(Service service, String place) {
    return service
        .targets()
        .flatMap(target -> places.of(place, target).estimate().stream())
        .map(estimate -> estimate.freshness(service.check()))
        .max(Duration::compareTo)
        .orElse(Estimate.LEAST_FRESHNESS);
  }

  private PlaceView view(HeldDuty duty, Service service, AddressFamily family) {
    PlaceView mine = PlaceView.completed(service, family, here.id(), own);
    if (isOwn(duty)) {
      return mine;
    }
    String place = duty.duty().label();
    boolean silent =
        places
            .silence(place)
            .map(silence -> silence.compareTo(freshness(service, place)) > 0)
            .orElse(true);
    return PlaceView.completed(service, family, place, target -> places.of(place, target))
        .corrected(service, mine, silent);
  }
}
