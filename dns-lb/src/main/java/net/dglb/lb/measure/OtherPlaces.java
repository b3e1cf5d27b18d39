package net.dglb.lb.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import net.dglb.decision.Estimate;
import net.dglb.decision.SiteState;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Frame;
import net.dglb.service.ProbeTarget;
import net.dglb.time.Timeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was measured at other places, as the backbone nodes pass it on: per place and target the
 * latest. Used on the control thread only.
 */
public final class OtherPlaces implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(OtherPlaces.class);
  private static final int MAX_TARGETS = 200_000;

  /** So long an estimate keeps out what seems older; then the clock there was set back. */
  private static final Duration CLOCK_PATIENCE = Duration.ofMinutes(5);

  private final Timeline timeline;
  private final String ownPlace;
  private final BiConsumer<String, Set<ProbeTarget>> onChange;
  private final Map<String, Known> places = new HashMap<>();
  private int targets;

  private static final class Known {
    private final Map<ProbeTarget, SiteState> states = new HashMap<>();

    /** By {@link Timeline#nanoTime}; of each target, and of anything at all. */
    private final Map<ProbeTarget, Long> takenNanos = new HashMap<>();

    private OptionalLong heardNanos = OptionalLong.empty();
  }

  /**
   * Knows nothing yet.
   *
   * @param ownPlace whose estimates are not taken from others
   * @param onChange is told a place and the targets of which something else is known there now
   */
  public OtherPlaces(
      Timeline timeline, String ownPlace, BiConsumer<String, Set<ProbeTarget>> onChange) {
    this.timeline = timeline;
    this.ownPlace = ownPlace;
    this.onChange = onChange;
  }

  /** What is known at a place of a target. */
  public SiteState of(String place, ProbeTarget target) {
    Known known = places.get(place);
    return known == null ? SiteState.UNKNOWN : known.states.getOrDefault(target, SiteState.UNKNOWN);
  }

  /** How long ago anything was heard from a place last; empty if never. */
  public Optional<Duration> silence(String place) {
    Known known = places.get(place);
    return known == null || known.heardNanos.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(timeline.nanoTime() - known.heardNanos.getAsLong()));
  }

  /** The same for people. */
  public String silenceInWords(String place) {
    return silence(place)
        .map(it -> "heard " + it.toSeconds() + " s ago")
        .orElse("nothing heard since the start");
  }

  /** How many targets are known in all, over all places. */
  public int size() {
    return targets;
  }

  @Override
  public void opened(Session session) {}

  @Override
  public void closed(Session session, String why) {}

  @Override
  public void received(Session session, Frame frame) {
    if (!frame.hasEstimates() || frame.getEstimates().getPlace().equals(ownPlace)) {
      return;
    }
    String place = frame.getEstimates().getPlace();
    try {
      Map<ProbeTarget, SiteState> states =
          WireEstimates.fromWire(frame.getEstimates(), timeline.now()).states();
      Set<ProbeTarget> changed = take(place, states);
      places.getOrDefault(place, new Known()).heardNanos = OptionalLong.of(timeline.nanoTime());
      if (!changed.isEmpty()) {
        onChange.accept(place, changed);
      }
    } catch (MalformedMessageException e) {
      LOG.warn("estimates from {} are refused: {}", session.peer(), e.getMessage());
      session.refuse(frame, e);
    }
  }

  private Set<ProbeTarget> take(String place, Map<ProbeTarget, SiteState> states) {
    Known known = places.computeIfAbsent(place, _ -> new Known());
    Set<ProbeTarget> changed = new HashSet<>();
    states.forEach((target, state) -> {
      SiteState before = known.states.get(target);
      if ((before == null && targets >= MAX_TARGETS)
          || (isOlder(state, before) && !isForgotten(known.takenNanos.get(target)))) {
        return;
      }
      known.states.put(target, state);
      known.takenNanos.put(target, timeline.nanoTime());
      targets += before == null ? 1 : 0;
      if (!state.equals(before)) {
        changed.add(target);
      }
    });
    return changed;
  }

  /** Nothing newer comes: the clock there was set back, and what seems older is all there is. */
  private boolean isForgotten(@Nullable Long takenNanos) {
    return takenNanos == null || timeline.isPast(takenNanos + CLOCK_PATIENCE.toNanos());
  }

  private static boolean isOlder(SiteState state, @Nullable SiteState before) {
    Optional<Instant> earlier =
        before == null ? Optional.empty() : before.estimate().map(Estimate::updated);
    return earlier.isPresent()
        && state.estimate().map(Estimate::updated).orElse(Instant.MIN).isBefore(earlier.get());
  }

  /** Forgets the places that no label here stands for. */
  public void retain(Predicate<String> needed) {
    places.keySet().removeIf(place -> !needed.test(place));
    targets = places.values().stream().mapToInt(known -> known.states.size()).sum();
  }

  /** Writes what is known. */
  public void save(SavedEstimates saved) {
    List<PlaceEstimates> all = new ArrayList<>();
    places.forEach((place, known) -> all.add(new PlaceEstimates(place, known.states)));
    saved.save(all);
  }

  /** Takes back what was kept. */
  public void restore(SavedEstimates saved) {
    for (PlaceEstimates estimates : saved.load()) {
      Map<ProbeTarget, SiteState> states = new HashMap<>();
      estimates.states().forEach((target, state) -> states.put(target, asSaved(state)));
      take(estimates.place(), states);
    }
  }

  private static SiteState asSaved(SiteState state) {
    return new SiteState(state.estimate(), state.health(), true);
  }
}
