package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.decision.Place;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/**
 * For how many announced resolver prefixes a change of a zone would change what they are answered,
 * were it made now: by the rankings of the label that each is referred to. Of a change that would
 * take too long to reckon, what was not looked at counts as touched. Used once; lives on the
 * control thread.
 */
final class ChangeImpact {

  private static final int MOST_RANKINGS = 20_000;

  private final LabelRankings rankings;
  private final ResolverIndex index;
  private final List<LoadBalancer> loadBalancers;
  private final Instant now;

  /** How many prefixes have each anchor that is not touched yet. */
  private final Map<Integer, Integer> untouched = new HashMap<>();

  private int budget = MOST_RANKINGS;

  ChangeImpact(
      LabelRankings rankings, ResolverIndex index, List<LoadBalancer> loadBalancers, Instant now) {
    this.rankings = rankings;
    this.index = index;
    this.loadBalancers = loadBalancers;
    this.now = now;
  }

  /**
   * Counts.
   *
   * @param before what is served, as it is compiled; empty for a zone that is new
   */
  int prefixes(Optional<ZonePart> before, EnterpriseZone after) {
    countAnchors();
    int all = untouched.values().stream().mapToInt(Integer::intValue).sum();
    if (before.isEmpty() || !isAlike(before.get().zone(), after)) {
      return all;
    }
    EnterpriseZone zone = before.get().zone();
    for (int i = 0; i < zone.services().size(); i++) {
      Service was = zone.services().get(i);
      Optional<Service> will = after.service(was.name());
      if (will.isEmpty() || !isReferredAlike(was, will.get())) {
        return all;
      }
      if (!will.get().equals(was)) {
        touch(was, will.get(), before.get().services().get(i));
      }
    }
    return all - untouched.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether nothing changes for names, delegation and signatures. */
  private static boolean isAlike(EnterpriseZone before, EnterpriseZone after) {
    return before.form() == after.form()
        && before.dnssec() == after.dnssec()
        && names(before).equals(names(after));
  }

  private static Set<DomainName> names(EnterpriseZone zone) {
    Set<DomainName> names = new HashSet<>();
    zone.services().forEach(service -> names.add(service.name()));
    return names;
  }

  private static boolean isReferredAlike(Service before, Service after) {
    return before.mode() == after.mode()
        && before.ttls().referral().equals(after.ttls().referral());
  }

  private void countAnchors() {
    Set<Prefix> seen = new HashSet<>();
    for (LoadBalancer each : loadBalancers) {
      for (Prefix prefix : each.formerResolvers()) {
        if (seen.add(prefix)) {
          index.announced(prefix).ifPresent(anchor -> untouched.merge(anchor, 1, Integer::sum));
        }
      }
    }
  }

  private void touch(Service before, Service after, ServicePart part) {
    Map<Integer, Boolean> differs = new HashMap<>();
    untouched
        .keySet()
        .removeIf(anchor -> {
          int[] order = index.order(anchor);
          int label = ServicePart.ordinal(order, part.choose(order));
          return differs.computeIfAbsent(label, it -> isDifferent(before, after, it));
        });
  }

  private boolean isDifferent(Service before, Service after, int label) {
    budget--;
    LoadBalancer at = loadBalancers.get(label);
    Place place = new Place(at.id(), at.location());
    return budget < 0
        || !rankings.foretold(before, place, now).equals(rankings.foretold(after, place, now));
  }
}
