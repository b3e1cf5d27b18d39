package net.dglb.lb.measure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.dglb.net.DomainName;

/**
 * When resolvers last asked for each service. One that nobody asks for is idle: it is probed less
 * often, until somebody does. Used on the control thread only.
 */
public final class Demand {

  /**
   * When a service is idle and what follows from that.
   *
   * @param after how long nobody must have asked; zero: none is ever idle
   * @param interval how often the sites of idle services are probed at most
   */
  public record IdleSettings(Duration after, Duration interval) {}

  private final IdleSettings settings;
  private final InstantSource clock;
  private final Map<DomainName, Instant> asked = new HashMap<>();
  private final Set<DomainName> idle = new HashSet<>();

  /** Nobody has asked yet. */
  public Demand(IdleSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Takes over who asked.
   *
   * @param services those that are answered here; a new one counts as asked for
   * @param now those that were asked for since the last call
   * @return the services that became idle, or are no longer
   */
  public Set<DomainName> update(Set<DomainName> services, Set<DomainName> now) {
    Instant moment = clock.instant();
    asked.keySet().retainAll(services);
    idle.retainAll(services);
    services.forEach(service -> asked.putIfAbsent(service, moment));
    now.forEach(service -> asked.replace(service, moment));
    Set<DomainName> changed = new HashSet<>();
    asked.forEach((service, last) -> {
      boolean silent = !settings.after().isZero() && !last.plus(settings.after()).isAfter(moment);
      if (silent ? idle.add(service) : idle.remove(service)) {
        changed.add(service);
      }
    });
    return changed;
  }

  /**
   * Somebody asks for a service that is answered here.
   *
   * @return whether it was idle
   */
  public boolean wake(DomainName service) {
    asked.replace(service, clock.instant());
    return idle.remove(service);
  }

  /** Whether nobody has asked for a service for long. */
  public boolean isIdle(DomainName service) {
    return idle.contains(service);
  }

  /** How many services are idle. */
  public int idleServices() {
    return idle.size();
  }

  /** How often the sites of idle services are probed at most. */
  public Duration idleInterval() {
    return settings.interval();
  }
}
