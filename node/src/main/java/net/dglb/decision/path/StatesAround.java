package net.dglb.decision.path;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import net.dglb.decision.Estimate;
import net.dglb.decision.Estimates;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;

/**
 * What the load balancers around a place together know of the targets of a service: a target is
 * down if more than half of those say so that know it; loss, load and throughput are averages.
 * Immutable.
 */
public final class StatesAround implements Estimates {

  private final Map<ProbeTarget, SiteState> states;

  private StatesAround(Map<ProbeTarget, SiteState> states) {
    this.states = states;
  }

  /**
   * Gathers.
   *
   * @param around what each of the load balancers knows
   * @param now what is older than estimates may be does not count
   */
  public static StatesAround of(Service service, Collection<Estimates> around, Instant now) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    service
        .targets()
        .forEach(target ->
            states.put(
                target,
                together(
                    around.stream()
                        .map(each -> each.of(target))
                        .filter(each -> counts(each, service.check(), now))
                        .toList())));
    return new StatesAround(states);
  }

  /** Of what is down nothing new is measured: it stays down until it is seen to work. */
  private static boolean counts(SiteState state, HealthCheck check, Instant now) {
    return switch (state.health()) {
      case DOWN -> true;
      case UNKNOWN -> false;
      case UP -> state.estimate().filter(it -> it.isFresh(check, now)).isPresent();
    };
  }

  private static SiteState together(List<SiteState> known) {
    if (known.isEmpty()) {
      return SiteState.UNKNOWN;
    }
    boolean down = isMost(known, it -> it.health() == Health.DOWN);
    List<Estimate> estimates =
        known.stream()
            .filter(it -> down || it.health() == Health.UP)
            .flatMap(it -> it.estimate().stream())
            .toList();
    return new SiteState(
        average(estimates),
        down ? Health.DOWN : Health.UP,
        false,
        isMost(known, SiteState::changing));
  }

  private static boolean isMost(List<SiteState> known, Function<SiteState, Boolean> what) {
    return known.stream().filter(what::apply).count() * 2 > known.size();
  }

  private static Optional<Estimate> average(List<Estimate> estimates) {
    return estimates.stream()
        .map(Estimate::updated)
        .max(Instant::compareTo)
        .map(newest ->
            new Estimate(
                mean(estimates.stream().mapToDouble(Estimate::latencyMillis)).orElse(0),
                mean(estimates.stream().mapToDouble(Estimate::loss)).orElse(0),
                mean(estimates.stream().mapToDouble(Estimate::jitterMillis)).orElse(0),
                estimates.stream().mapToLong(Estimate::samples).sum(),
                newest,
                mean(estimates.stream().flatMapToDouble(it -> it.load().stream())),
                mean(estimates.stream().flatMapToDouble(it -> it.bytesPerSecond().stream())),
                estimates.stream()
                    .map(Estimate::interval)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO)));
  }

  private static OptionalDouble mean(DoubleStream values) {
    return values.average();
  }

  @Override
  public SiteState of(ProbeTarget target) {
    return states.getOrDefault(target, SiteState.UNKNOWN);
  }

  /** Whether every target is as healthy there. */
  public boolean isAsHealthyAs(StatesAround other) {
    return states.keySet().equals(other.states.keySet())
        && states.entrySet().stream()
            .allMatch(each ->
                each.getValue().health() == other.of(each.getKey()).health()
                    && each.getValue().changing() == other.of(each.getKey()).changing());
  }
}
