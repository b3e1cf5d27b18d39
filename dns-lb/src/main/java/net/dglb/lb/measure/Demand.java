package net.dglb.lb.measure;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
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

  private final LongSupplier nanoTime;
  private final Map<DomainName, Long> asked = new HashMap<>();
  private IdleSettings settings;
  private final Set<DomainName> idle = new HashSet<>();

  /**
   * Nobody has asked yet.
   *
   * @param nanoTime a clock that never goes back
   */
  public Demand(IdleSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** Counts by other settings from the next {@link #update} on. */
  public void use(IdleSettings next) {
    settings = next;
  }

  /**
   * Somebody asked for these services since the last call.
   *
   * @return those of them that were idle
   */
  public Set<DomainName> asked(Set<DomainName> services) {
    long moment = nanoTime.getAsLong();
    Set<DomainName> woken = new HashSet<>();
    for (DomainName service : services) {
      asked.put(service, moment);
      if (idle.remove(service)) {
        woken.add(service);
      }
    }
    return woken;
  }

  /**
   * Looks at all services; to be called now and then, since it takes time with many.
   *
   * @param services those that are answered here; a new one counts as asked for
   * @return the services that became idle, or are no longer by other settings
   */
  public Set<DomainName> update(Set<DomainName> services) {
    long moment = nanoTime.getAsLong();
    asked.keySet().retainAll(services);
    idle.retainAll(services);
    services.forEach(service -> asked.putIfAbsent(service, moment));
    Set<DomainName> changed = new HashSet<>();
    asked.forEach((service, last) -> {
      boolean silent = !settings.after().isZero() && moment - last >= settings.after().toNanos();
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
    asked.replace(service, nanoTime.getAsLong());
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
