package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.backbone.index.Match;
import net.dglb.backbone.index.Ordered;
import net.dglb.backbone.index.Places;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.dns.wire.Query;
import net.dglb.net.DomainName;

/**
 * Asks the tables of one zone what the DNS threads ask them, and keeps what each step found.
 *
 * @param lost ids of load balancers that are to count as lost
 */
record ReferralReasons(LabelTable labels, ResolverIndex index, Set<String> lost) {

  /** For a service's own name: as {@link ReferralZone} chooses. */
  Referral ofService(Query query, DomainName name, ServicePart published) {
    ServicePart service = then(published);
    long match = index.find(query.source(), query.subnet());
    List<Ranked> order = order(service, Match.anchor(match));
    int[] ordinals = order.stream().mapToInt(Ranked::ordinal).toArray();
    int chosen = service.choose(ordinals);
    int place = index.places().of(Match.anchor(match));
    Referral.Choice choice =
        new Referral.Choice(
            index.ladder(query.source(), query.subnet()),
            Match.scope(match),
            considered(service, order),
            chosen,
            unmeasured(service, place));
    return new Referral(
        name, Optional.of(choice), referral(service, ServicePart.ordinal(ordinals, chosen), place));
  }

  private Optional<Unmeasured> unmeasured(ServicePart service, int place) {
    return place == Places.NONE
        ? Optional.empty()
        : Optional.of(
            new Unmeasured(
                index.places().location(place),
                service.estimatedAnswer(place) != null,
                service.isAwaited(place)));
  }

  /** For the name of a label: who asks does not matter. */
  Referral ofLabel(DomainName name, ServicePart service, LoadBalancerPart label) {
    return new Referral(
        name, Optional.empty(), referral(then(service), label.ordinal, Places.NONE));
  }

  private ServicePart then(ServicePart published) {
    if (lost.isEmpty()) {
      return published;
    }
    Set<Integer> ordinals =
        lost.stream()
            .map(labels.ids()::indexOf)
            .filter(it -> it > LabelTable.BACKBONE)
            .collect(Collectors.toSet());
    return published.without(ordinals, labels.get(LabelTable.BACKBONE));
  }

  /** A load balancer that comes into question, and why it stands where it stands. */
  private record Ranked(int ordinal, Ordered.Why why) {}

  private List<Ranked> order(ServicePart service, int anchor) {
    int place = index.places().of(anchor);
    int[] published = service.order(place, index.order(anchor));
    if (service.isEstimated(place)) {
      return Arrays.stream(published)
          .filter(ordinal -> !lost.contains(labels.get(ordinal).id()))
          .mapToObj(ordinal -> new Ranked(ordinal, Ordered.Why.ESTIMATED))
          .toList();
    }
    List<Ordered> reasons = index.reasons(anchor, lost);
    List<Ranked> order = new ArrayList<>();
    for (int i = 0; i < reasons.size(); i++) {
      int then = reasons.get(i).loadBalancer().ordinal();
      order.add(new Ranked(lost.isEmpty() ? published[i] : then, reasons.get(i).why()));
    }
    return order;
  }

  private List<Considered> considered(ServicePart service, List<Ranked> order) {
    return order.stream()
        .map(it -> {
          LabelPart label = service.label(it.ordinal());
          return new Considered(
              labels.get(it.ordinal()).id(), it.why(), label.measured(), label.live());
        })
        .toList();
  }

  private LabelReferral referral(ServicePart service, int ordinal, int place) {
    LabelPart label = service.label(ordinal);
    NameServerSet set = label.nameServers();
    return new LabelReferral(
        labels.get(ordinal).id(),
        label.inUse(),
        label.measured(),
        label.live(),
        service.ttlSeconds(ordinal, place),
        set.holders(),
        set.nameServers().ttlSeconds());
  }
}
