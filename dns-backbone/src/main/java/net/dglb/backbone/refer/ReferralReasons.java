package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.index.Match;
import net.dglb.backbone.index.Ordered;
import net.dglb.backbone.index.ResolverIndex;
import net.dglb.dns.wire.Query;
import net.dglb.net.DomainName;

/** Asks the tables of one zone what the DNS threads ask them, and keeps what each step found. */
record ReferralReasons(LabelTable labels, ResolverIndex index) {

  /** For a service's own name: as {@link ReferralZone} chooses. */
  Referral ofService(Query query, DomainName name, ServicePart service) {
    long match = index.find(query.source(), query.subnet());
    int anchor = Match.anchor(match);
    int place = index.places().of(anchor);
    int[] order = service.order(place, index.order(anchor));
    int chosen = service.choose(order);
    Referral.Choice choice =
        new Referral.Choice(
            index.ladder(query.source(), query.subnet()),
            Match.scope(match),
            considered(service, order, service.isEstimated(place) ? estimated(order) : why(anchor)),
            chosen);
    return new Referral(
        name, Optional.of(choice), referral(service, ServicePart.ordinal(order, chosen)));
  }

  /** For the name of a label: who asks does not matter. */
  Referral ofLabel(DomainName name, ServicePart service, LoadBalancerPart label) {
    return new Referral(name, Optional.empty(), referral(service, label.ordinal));
  }

  private List<Ordered.Why> why(int anchor) {
    return index.reasons(anchor).stream().map(Ordered::why).toList();
  }

  private static List<Ordered.Why> estimated(int[] order) {
    return Collections.nCopies(order.length, Ordered.Why.ESTIMATED);
  }

  private List<Considered> considered(ServicePart service, int[] order, List<Ordered.Why> why) {
    List<Considered> all = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      LabelPart label = service.label(order[i]);
      all.add(
          new Considered(labels.get(order[i]).id(), why.get(i), label.measured(), label.live()));
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
