package net.dglb.backbone;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import net.dglb.backbone.keys.KeySeal;
import net.dglb.backbone.keys.ParentWatch;
import net.dglb.backbone.keys.Resealing;
import net.dglb.backbone.keys.ZoneKeyring;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.peers.Liveness;
import net.dglb.backbone.peers.PeerTable;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.registry.api.DnsLookup;
import net.dglb.backbone.registry.api.ParentSigners;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.backbone.sign.OnlineSigning;
import net.dglb.dns.keys.KeyRoutes;
import net.dglb.net.DomainName;
import net.dglb.node.AdminRoute;
import net.dglb.node.LiveParts;

/** What signing needs at this node, put together. Lives on the control thread. */
final class Dnssec {

  private static final Duration RENEW = Duration.ofMinutes(10);

  private final String id;
  private final Surroundings around;
  private final ZoneRegistry registry;
  private final PeerTable peers;
  private final Liveness liveness;
  private final OnlineSigning signing;
  private final ZoneKeyring keyring;
  private final SecureLabels labels;
  private final Resealing resealing;

  Dnssec(
      BackboneSettings settings,
      Surroundings around,
      ZoneRegistry registry,
      PeerTable peers,
      Liveness liveness) {
    this.id = settings.node().id();
    this.around = around;
    this.registry = registry;
    this.peers = peers;
    this.liveness = liveness;
    labels = new SecureLabels(around.journal().apply("signed-labels"), around.timeline());
    signing =
        new OnlineSigning(
            settings.signing(), around.timeline()::now, around.random(), System::nanoTime);
    KeySeal seal = new KeySeal(around.mapKeys());
    Caller self = new Caller("dglb://backbone/" + id, "itself");
    resealing = new Resealing(registry, seal, self, () -> rank() == 0, around.timeline());
    keyring =
        new ZoneKeyring(
            registry,
            seal,
            signing,
            self,
            this::rank,
            this::isEveryNodeHeard,
            settings.rolls(),
            settings.dns().infrastructureZone(),
            around.timeline());
  }

  /** What load balancers signed. */
  SecureLabels labels() {
    return labels;
  }

  /** Whether a service stands in a zone that is signed. */
  boolean isSigned(DomainName service) {
    return registry.answered().stream()
        .anyMatch(zone -> zone.dnssec() && zone.service(service).isPresent());
  }

  ZoneKeyring keyring() {
    return keyring;
  }

  OnlineSigning signing() {
    return signing;
  }

  /** Adds what takes changes of the configuration while it runs. */
  void follow(LiveParts<BackboneSettings> live) {
    live.part("dnssec", BackboneSettings::rolls, keyring::use)
        .part("dnssec", BackboneSettings::signing, signing::use)
        .part("dnssec", it -> it.signing().lifetime(), _ -> keyring.signAnew());
  }

  /** The zone of the name servers' names, which these keys sign too. */
  InfrastructureZone infrastructure(DomainName zone, Supplier<BackboneSettings> settings) {
    return new InfrastructureZone(
        zone,
        () -> settings.get().dns().referrals(),
        () -> settings.get().signing().lifetime(),
        keyring::own,
        around.random(),
        around.timeline());
  }

  /** How many secrets are sealed with a map key of before. */
  int sealedBefore() {
    return resealing.left();
  }

  void start() {
    resealing.start();
    keyring.onChange(() -> around.background().execute(signing::renew));
    around.timeline().every(RENEW, RENEW, () -> around.background().execute(signing::renew));
    around.timeline().every(RENEW, RENEW, () -> labels.retain(this::isSigned));
  }

  /** Looks up what the parents of zones have, from now on. */
  void watchParents(DnsLookup dns) {
    new ParentWatch(keyring, new ParentSigners(dns)::of, around.timeline()).start();
  }

  /** The routes about keys. */
  List<AdminRoute> routes(Supplier<Set<String>> operators) {
    return new KeyRoutes(keyring, operators).all();
  }

  void tick() {
    keyring.look(registry.list());
  }

  private boolean isEveryNodeHeard() {
    return peers.all().stream()
        .map(BackbonePeer::id)
        .allMatch(other -> other.equals(id) || liveness.isNodeHeard(other));
  }

  /** This node's place among the backbone nodes that live. */
  private int rank() {
    return (int)
        peers.all().stream()
            .map(BackbonePeer::id)
            .filter(other -> other.compareTo(id) < 0 && liveness.isNodeHeard(other))
            .count();
  }
}
