package net.dglb.backbone.duty;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Ttls;
import org.jspecify.annotations.Nullable;

/** One label in use and all who hold it. */
final class Label {

  private final LabelKey key;
  private final Map<String, Holding> holdings = new LinkedHashMap<>();
  private Optional<Instant> retiresAt = Optional.empty();
  private int lastServeSeconds = 2 * (int) Ttls.DEFAULT.referral().toSeconds();

  Label(LabelKey key) {
    this.key = key;
  }

  LabelKey key() {
    return key;
  }

  Map<String, Holding> holdings() {
    return holdings;
  }

  /** When the last resolver that knows the label has forgotten it; empty while it is in use. */
  Optional<Instant> retiresAt() {
    return retiresAt;
  }

  void retireAt(Optional<Instant> moment) {
    retiresAt = moment;
  }

  /** Whether a holder was verified and has neither lost nor ended its duty since. */
  boolean isVerifiedFor(String holder) {
    Holding holding = holdings.get(holder);
    return holding != null && holding.isVerified();
  }

  /** Gives a duty to whoever has none yet, or is asked back while leaving. */
  void assign(String holder) {
    Holding present = holdings.get(holder);
    if (present == null || present.isLeaving()) {
      holdings.put(holder, new Holding(holder, new HolderState.Assigned()));
    }
  }

  /** Takes a holder for verified of which nothing else is known yet. */
  Optional<Holding> restore(String holder) {
    if (holdings.containsKey(holder)) {
      return Optional.empty();
    }
    Holding holding = new Holding(holder, new HolderState.Verified(0));
    holdings.put(holder, holding);
    return Optional.of(holding);
  }

  /**
   * Who is named to resolvers: verified and in service, own first, then the nearest. One whose
   * addresses fail is left out unless nobody else is there. What another backbone node sees counts
   * until this node has seen for itself.
   */
  List<LoadBalancer> named(
      LoadBalancer own, Map<String, LoadBalancer> all, AddressTrust trust, SharedLabels shared) {
    List<LoadBalancer> answering =
        inService(own, all, holding -> isAnswering(holding, trust, shared));
    return ownFirst(
        own, answering.isEmpty() ? inService(own, all, Holding::isVerified) : answering);
  }

  private boolean isAnswering(Holding holding, AddressTrust trust, SharedLabels shared) {
    String id = holding.holder();
    return (holding.isVerified() && trust.isTrusted(id))
        || (!holding.isLeaving() && !trust.isFailing(id) && shared.isAnswering(key, id));
  }

  private List<LoadBalancer> inService(
      LoadBalancer own, Map<String, LoadBalancer> all, Predicate<Holding> condition) {
    return holdings.values().stream()
        .filter(condition)
        .map(holding -> all.get(holding.holder()))
        .filter(lb -> lb != null && lb.inService())
        .sorted(HolderChoice.nearestTo(own))
        .toList();
  }

  /** What this node has seen of the label, for the others. */
  Sighting sighting(AddressTrust trust) {
    Map<Boolean, Set<String>> verified =
        holdings.values().stream()
            .filter(Holding::isVerified)
            .map(Holding::holder)
            .collect(Collectors.partitioningBy(trust::isTrusted, Collectors.toSet()));
    return new Sighting(
        verified.getOrDefault(true, Set.of()), verified.getOrDefault(false, Set.of()));
  }

  private static List<LoadBalancer> ownFirst(LoadBalancer own, List<LoadBalancer> named) {
    return named.stream()
        .sorted(Comparator.comparing((LoadBalancer lb) -> !lb.id().equals(own.id())))
        .toList();
  }

  /**
   * How long resolvers may still come to this label: as its service says, or said before it was
   * removed.
   */
  int serveSeconds(@Nullable EnterpriseZone zone) {
    if (zone != null) {
      zone.service(key.service()).ifPresent(service -> lastServeSeconds = serveSeconds(service));
    }
    return lastServeSeconds;
  }

  /** How long resolvers may still come after nobody names a holder any more: NS and CNAME TTL. */
  static int serveSeconds(Service service) {
    return 2 * (int) service.ttls().referral().toSeconds();
  }
}
