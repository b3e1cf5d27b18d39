package net.dglb.backbone.refer;

import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.index.Places;
import net.dglb.backbone.index.PrefixCounts;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.backbone.index.ServiceSet;
import net.dglb.backbone.index.Table;
import net.dglb.decision.Place;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/**
 * For how many prefixes a change of a zone would change what resolvers are answered, were it made
 * now: by the rankings of the label that each is referred to, or of the place for which the best
 * site is estimated. Of a change that would take too long to reckon, what was not looked at counts
 * as touched. Used once; lives on the control thread.
 */
final class ChangeImpact {

  /** The most rankings that one change is reckoned with: a second or so. */
  static final int MOST_RANKINGS = 20_000;

  private final LabelRankings rankings;
  private final PlaceRankings placeRankings;
  private final ResolverIndex index;
  private final PrefixCounts counts;
  private final List<LoadBalancer> loadBalancers;
  private final Instant now;
  private final BitSet untouched = new BitSet();
  private int budget;

  /**
   * Prepares to count.
   *
   * @param counts the prefixes of the index
   * @param mostRankings how many rankings it may cost
   */
  ChangeImpact(
      LabelRankings rankings,
      PlaceRankings placeRankings,
      ResolverIndex index,
      PrefixCounts counts,
      List<LoadBalancer> loadBalancers,
      int mostRankings,
      Instant now) {
    this.rankings = rankings;
    this.placeRankings = placeRankings;
    this.index = index;
    this.counts = counts;
    this.loadBalancers = loadBalancers;
    this.budget = mostRankings;
    this.now = now;
    for (int anchor = 0; anchor < counts.anchors(); anchor++) {
      untouched.set(anchor, counts.of(anchor) > 0);
    }
  }

  /**
   * Counts.
   *
   * @param before what is served, as it is compiled; empty for a zone that is new
   */
  TouchedPrefixes prefixes(Optional<ZonePart> before, EnterpriseZone after) {
    if (before.isEmpty() || !isAlike(before.get().zone(), after)) {
      return everything();
    }
    EnterpriseZone zone = before.get().zone();
    for (int i = 0; i < zone.services().size(); i++) {
      Service was = zone.services().get(i);
      Optional<Service> will = after.service(was.name());
      if (will.isEmpty() || !isReferredAlike(was, will.get())) {
        return everything();
      }
      if (!will.get().equals(was)) {
        touch(was, will.get(), before.get().services().get(i));
      }
    }
    return touched(budget >= 0);
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

  private TouchedPrefixes everything() {
    untouched.clear();
    return touched(true);
  }

  private TouchedPrefixes touched(boolean exact) {
    return new TouchedPrefixes(
        touched(Table.RESOLVER_PREFIXES),
        touched(Table.COMPUTED_MAP),
        touched(Table.LOCATIONS),
        exact);
  }

  private int touched(Table table) {
    int touched = 0;
    for (int anchor = 0; anchor < counts.anchors(); anchor++) {
      if (counts.table(anchor) == table && !untouched.get(anchor)) {
        touched += counts.of(anchor);
      }
    }
    return touched;
  }

  private void touch(Service before, Service after, ServicePart part) {
    boolean estimated = ServiceSet.of(before).equals(ServiceSet.of(after));
    Map<Integer, Boolean> differs = new HashMap<>();
    Map<Integer, Boolean> differsAt = new HashMap<>();
    for (int anchor = untouched.nextSetBit(0); anchor >= 0; ) {
      int[] usual = index.order(anchor);
      int place = index.places().of(anchor);
      int label = label(part, part.order(place, usual));
      // What was estimated for other sites does not hold for these.
      boolean moves = !estimated && label != label(part, usual);
      boolean touched =
          isAnsweredByEstimate(before, after, part, place)
              ? differsAt.computeIfAbsent(place, it -> isDifferentAt(it, before, after))
              : moves || differs.computeIfAbsent(label, it -> isDifferent(before, after, it));
      if (touched) {
        untouched.clear(anchor);
      }
      anchor = untouched.nextSetBit(anchor + 1);
    }
  }

  private static boolean isAnsweredByEstimate(
      Service before, Service after, ServicePart part, int place) {
    return part.estimatedAnswer(place) != null
        || (place != Places.NONE && before.answersUnannounced() != after.answersUnannounced());
  }

  private boolean isDifferentAt(int place, Service before, Service after) {
    budget--;
    return budget < 0
        || before.answersUnannounced() != after.answersUnannounced()
        || placeRankings.isAnsweredOtherwise(before, after, index.places().location(place), now);
  }

  private static int label(ServicePart part, int[] order) {
    return ServicePart.ordinal(order, part.choose(order));
  }

  private boolean isDifferent(Service before, Service after, int label) {
    budget--;
    LoadBalancer at = loadBalancers.get(label);
    Place place = new Place(at.id(), at.location());
    return budget < 0
        || !rankings.foretold(before, place, now).equals(rankings.foretold(after, place, now));
  }
}
