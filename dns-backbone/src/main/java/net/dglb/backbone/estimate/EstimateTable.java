package net.dglb.backbone.estimate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import net.dglb.decision.Estimates;
import net.dglb.decision.SiteState;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;

/**
 * What is known of each target at each place. A place's new report supersedes what it says and
 * keeps the rest. Bounded: what a place may report is limited by its session. Lives on the control
 * thread.
 */
public final class EstimateTable {

  /** The most targets of one place; further ones are left out. */
  public static final int MAX_TARGETS = 100_000;

  private final Map<String, Map<ProbeTarget, SiteState>> places = new HashMap<>();
  private final Map<String, Long> revisions = new HashMap<>();

  /** By place and target: the revision of the place that changed it last. */
  private final Map<String, Map<ProbeTarget, Long>> changes = new HashMap<>();

  private Consumer<String> listener = _ -> {};

  /** Who hears of each place whose estimates changed. */
  public void onChange(Consumer<String> listener) {
    this.listener = listener;
  }

  /**
   * Takes a report.
   *
   * @return whether anything changed
   */
  public boolean put(String place, Map<ProbeTarget, SiteState> report) {
    Map<ProbeTarget, SiteState> known = places.computeIfAbsent(place, _ -> new HashMap<>());
    Map<ProbeTarget, Long> changedIn = changes.computeIfAbsent(place, _ -> new HashMap<>());
    long next = revision(place) + 1;
    boolean changed = false;
    for (Map.Entry<ProbeTarget, SiteState> said : report.entrySet()) {
      if (known.size() < MAX_TARGETS || known.containsKey(said.getKey())) {
        if (!said.getValue().equals(known.put(said.getKey(), said.getValue()))) {
          changedIn.put(said.getKey(), next);
          changed = true;
        }
      }
    }
    if (changed) {
      revisions.put(place, next);
      listener.accept(place);
    }
    return changed;
  }

  /** One place's view: unknown where nothing was reported. */
  public Estimates at(String place) {
    Map<ProbeTarget, SiteState> known = places.getOrDefault(place, Map.of());
    return target -> known.getOrDefault(target, SiteState.UNKNOWN);
  }

  /** A number that grows whenever something changes at a place; 0 if nothing was reported. */
  public long revision(String place) {
    return revisions.getOrDefault(place, 0L);
  }

  /** The {@link #revision} in which a service's targets changed last; 0 if nothing is known. */
  public long revision(String place, Service service) {
    Map<ProbeTarget, Long> changedIn = changes.getOrDefault(place, Map.of());
    return service
        .targets()
        .mapToLong(target -> changedIn.getOrDefault(target, 0L))
        .max()
        .orElse(0);
  }

  /** What is known at a place of a service's targets. */
  public Map<ProbeTarget, SiteState> of(String place, Service service) {
    Map<ProbeTarget, SiteState> known = places.getOrDefault(place, Map.of());
    Map<ProbeTarget, SiteState> found = new HashMap<>();
    service
        .targets()
        .forEach(target ->
            Optional.ofNullable(known.get(target)).ifPresent(it -> found.put(target, it)));
    return found;
  }

  /** Everything that is known at a place. */
  public Map<ProbeTarget, SiteState> all(String place) {
    return Map.copyOf(places.getOrDefault(place, Map.of()));
  }

  /** How many places reported, and how many targets in all. */
  public int[] sizes() {
    return new int[] {places.size(), places.values().stream().mapToInt(Map::size).sum()};
  }
}
