package net.dglb.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.refer.ReferralZone;
import net.dglb.backbone.refer.Referrals;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.zone.StaticZone;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.node.Published;
import net.dglb.service.ZoneTexts;

/** What the main addresses and the label addresses serve. Written on the control thread. */
final class Catalogs {

  private final Published<Catalog> main = new Published<>(Catalog.empty());
  private final Published<Catalog> labels = new Published<>(Catalog.empty());
  private final InfrastructureZone infrastructure;
  private Optional<StaticZone> served = Optional.empty();
  private Map<DomainName, ZoneTexts> texts = Map.of();

  Catalogs(InfrastructureZone infrastructure) {
    this.infrastructure = infrastructure;
  }

  Published<Catalog> main() {
    return main;
  }

  Published<Catalog> labels() {
    return labels;
  }

  /** Whether the names of just these nodes are served, with signatures that hold. */
  boolean isOf(List<BackbonePeer> now) {
    return !infrastructure.isDue(now);
  }

  /** Whether these zones are served with just these TXT records. */
  boolean hasTexts(Referrals referrals, Function<DomainName, ZoneTexts> now) {
    return texts.equals(texts(referrals, now));
  }

  private static Map<DomainName, ZoneTexts> texts(
      Referrals referrals, Function<DomainName, ZoneTexts> now) {
    return referrals.zones().stream()
        .map(ReferralZone::apex)
        .collect(Collectors.toUnmodifiableMap(Function.identity(), now));
  }

  /** Has the names of the nodes written anew the next time. */
  void forgetNodes() {
    infrastructure.forget();
  }

  /**
   * Serves these from now on.
   *
   * @param textsOf the TXT records of a zone
   * @param serial of the infrastructure zone
   */
  void publish(
      Referrals referrals,
      Function<DomainName, ZoneTexts> textsOf,
      List<BackbonePeer> now,
      long serial) {
    if (served.isEmpty() || !isOf(now)) {
      served = Optional.of(infrastructure.compile(now, serial));
    }
    texts = texts(referrals, textsOf);
    List<Zone> all = new ArrayList<>();
    referrals
        .zones()
        .forEach(zone -> all.add(zone.with(texts.getOrDefault(zone.apex(), ZoneTexts.NONE))));
    all.add(served.get());
    main.publish(Catalog.of(all));
    labels.publish(Catalog.of(referrals.labelZones()));
  }
}
