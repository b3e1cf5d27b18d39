package net.dglb.lb.measure;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.dglb.decision.SiteState;
import net.dglb.lb.session.BackboneSessions;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Frame;
import net.dglb.service.ProbeTarget;

/**
 * Tells every backbone node what is measured here: everything when a session opens, then what
 * changed. Used on the control thread only.
 */
public final class EstimateReporter implements SessionListener {

  private final String place;
  private final Supplier<Map<ProbeTarget, SiteState>> estimates;
  private final BackboneSessions sessions;
  private final InstantSource clock;
  private Map<ProbeTarget, SiteState> reported = Map.of();

  /**
   * Reports nothing before the first session.
   *
   * @param place the id of this load balancer
   * @param estimates what is measured here now
   * @param clock what the estimates' times are by
   */
  public EstimateReporter(
      String place,
      Supplier<Map<ProbeTarget, SiteState>> estimates,
      BackboneSessions sessions,
      InstantSource clock) {
    this.place = place;
    this.estimates = estimates;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Reports what changed since the last time; to be called every few seconds. */
  public void report() {
    Map<ProbeTarget, SiteState> now = Map.copyOf(estimates.get());
    Map<ProbeTarget, SiteState> changed = new HashMap<>(now);
    // Not by sets of entries: one of an immutable map is looked through from end to end.
    changed.entrySet().removeIf(entry -> entry.getValue().equals(reported.get(entry.getKey())));
    reported = now;
    frames(changed).forEach(sessions::broadcast);
  }

  @Override
  public void opened(Session session) {
    frames(estimates.get()).forEach(session::send);
  }

  @Override
  public void received(Session session, Frame frame) {}

  @Override
  public void closed(Session session, String why) {}

  private List<Frame> frames(Map<ProbeTarget, SiteState> states) {
    return WireEstimates.toWire(new PlaceEstimates(place, states), clock.instant()).stream()
        .map(message -> Frame.newBuilder().setEstimates(message).build())
        .toList();
  }
}
