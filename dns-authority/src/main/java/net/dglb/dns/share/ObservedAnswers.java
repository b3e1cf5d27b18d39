package net.dglb.dns.share;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import net.dglb.net.DomainName;

/**
 * How many answers began with each site of services whose policy spreads them. DNS threads count;
 * the rest is done on the control thread.
 */
public final class ObservedAnswers {

  private final Map<DomainName, Map<String, LongAdder>> counters = new HashMap<>();

  /** The counter of a site, which stays the same while the service is answered here. */
  public LongAdder of(DomainName service, String site) {
    return counters
        .computeIfAbsent(service, _ -> new TreeMap<>())
        .computeIfAbsent(site, _ -> new LongAdder());
  }

  /** The counts of a service by site; empty if it is not spread. */
  public Map<String, Long> counts(DomainName service) {
    Map<String, Long> counts = new TreeMap<>();
    counters.getOrDefault(service, Map.of()).forEach((site, it) -> counts.put(site, it.sum()));
    return counts;
  }

  /** Forgets all other services. */
  public void keep(Set<DomainName> services) {
    counters.keySet().retainAll(services);
  }
}
