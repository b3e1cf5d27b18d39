package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.backbone.index.Match;
import net.dglb.backbone.index.Ordered;
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
    Order order = order(service, Match.anchor(match));
    int chosen = service.choose(order.ordinals());
    Referral.Choice choice =
        new Referral.Choice(
            index.ladder(query.source(), query.subnet()),
            Match.scope(match),
            considered(service, order),
            chosen);
    return new Referral(
        name, Optional.of(choice), referral(service, ServicePart.ordinal(order.ordinals(), chosen)));
  }

  /** For the name of a label: who asks does not matter. */
  Referral ofLabel(DomainName name, ServicePart service, LoadBalancerPart label) {
    return new Referral(name, Optional.empty(), referral(then(service), label.ordinal));
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

  /** The load balancers that come into question, by ordinal, each with why it stands there. */
  private record Order(int[] ordinals, List<Ordered.Why> why) {}

  private Order order(ServicePart service, int anchor) {
    int place = index.places().of(anchor);
    if (service.isEstimated(place)) {
      int[] order =
          Arrays.stream(service.order(place, index.order(anchor)))
              .filter(ordinal -> !lost.contains(labels.get(ordinal).id()))
              .toArray();
      return new Order(order, Collections.nCopies(order.length, Ordered.Why.ESTIMATED));
    }
    List<Ordered> reasons = index.reasons(anchor, lost);
    int[] order =
        lost.isEmpty()
            ? service.order(place, index.order(anchor))
            : reasons.stream().mapToInt(it -> it.loadBalancer().ordinal()).toArray();
    return new Order(order, reasons.stream().map(Ordered::why).toList());
  }

  private List<Considered> considered(ServicePart service, Order order) {
    List<Considered> all = new ArrayList<>();
    for (int i = 0; i < order.ordinals().length; i++) {
      int ordinal = order.ordinals()[i];
      LabelPart label = service.label(ordinal);
      all.add(
          new Considered(
              labels.get(ordinal).id(), order.why().get(i), label.measured(), label.live()));
    }
    return all;
  }

  private LabelReferral referral(ServicePart service, int ordinal) {
    LabelPart label = service.label(ordinal);
    NameServerSet set = label.nameServers();
    return new LabelReferral(
        labels.get(ordinal).id(),
        label.measured(),
        label.live(),
        service.ttlSeconds(ordinal),
        set.holders(),
        set.nameServers().ttlSeconds());
  }
}
