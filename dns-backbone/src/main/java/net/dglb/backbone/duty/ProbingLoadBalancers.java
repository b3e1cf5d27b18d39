package net.dglb.backbone.duty;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * How many load balancers probe the sites of each service that caps its probes: everybody who holds
 * a label of it, also one that is leaving and goes on for a while. Pure.
 */
final class ProbingLoadBalancers {

  /** Up to twice this number counts are exact. */
  private static final int EXACT = 8;

  private ProbingLoadBalancers() {}

  /** What each holder is to be told, by its id. */
  static Map<String, Map<DomainName, Integer>> of(
      Collection<Label> labels, RegisteredServices services) {
    Map<DomainName, Set<String>> holders = new HashMap<>();
    for (Label label : labels) {
      DomainName service = label.key().service();
      if (isCapped(services.find(service))) {
        holders.computeIfAbsent(service, _ -> new HashSet<>()).addAll(label.holdings().keySet());
      }
    }
    Map<String, Map<DomainName, Integer>> told = new HashMap<>();
    holders.forEach((service, all) ->
        all.forEach(holder ->
            told.computeIfAbsent(holder, _ -> new HashMap<>())
                .put(service, roundedUp(all.size()))));
    return told;
  }

  private static boolean isCapped(@Nullable RegisteredService registered) {
    return registered != null && registered.service().probeCapPerSecond() > 0;
  }

  /** So that a count of many is told anew only when it has changed by about a tenth. */
  static int roundedUp(int count) {
    int step = Math.max(1, Integer.highestOneBit(count) / EXACT);
    return (count + step - 1) / step * step;
  }
}
