package net.dglb.backbone.duty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.service.Service;
import net.dglb.service.Ttls;
import org.jspecify.annotations.Nullable;

/** One label in use and all who hold it. */
final class Label {

  private final LabelKey key;
  private final Map<String, Holding> holdings = new LinkedHashMap<>();
  private OptionalLong retiresAtNanos = OptionalLong.empty();
  private Set<String> counted = Set.of();
  private @Nullable ServedLabel served;
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

  /**
   * When the last resolver that knows the label has forgotten it, by the timeline's {@code
   * nanoTime}; empty while it is in use.
   */
  OptionalLong retiresAtNanos() {
    return retiresAtNanos;
  }

  void retireAt(OptionalLong nanoTime) {
    retiresAtNanos = nanoTime;
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

  /** Whether it is the label of one of these load balancers, or one of them holds it. */
  boolean isHeldByAny(Set<String> loadBalancers) {
    return loadBalancers.contains(key.label())
        || holdings.keySet().stream().anyMatch(loadBalancers::contains);
  }

  /** Takes who is counted as its holder from now on; gives who was before. */
  Set<String> counted(Set<String> now) {
    Set<String> before = counted;
    counted = now;
    return before;
  }

  /**
   * Who serves it, found out once until {@link #forgetServed}. Named to resolvers are those who are
   * verified and in service, own first, then the nearest. One whose addresses fail is left out
   * unless nobody else is there. What another backbone node sees counts until this node has seen
   * for itself.
   */
  ServedLabel served(
      LoadBalancer own, Map<String, LoadBalancer> all, AddressTrust trust, SharedLabels shared) {
    if (served == null) {
      List<String> named =
          verdicts(own, all, trust, shared).stream()
              .filter(it -> it.named().isNamed())
              .map(it -> it.holder().id())
              .toList();
      boolean verified = isVerifiedFor(own.id()) || shared.hasVerified(key, own.id());
      served = new ServedLabel(key.service(), own.id(), verified && !own.withdrawn(), named);
    }
    return served;
  }

  /** Something that it depends on has changed. */
  void forgetServed() {
    served = null;
  }

  /** Whether a holder is named to resolvers. */
  record Verdict(LoadBalancer holder, Named named) {}

  /** The verdict on each holder, in the order in which they are named. */
  List<Verdict> verdicts(
      LoadBalancer own, Map<String, LoadBalancer> all, AddressTrust trust, SharedLabels shared) {
    List<Verdict> verdicts = new ArrayList<>();
    holdings.keySet().stream()
        .map(all::get)
        .filter(lb -> lb != null)
        .sorted(
            Comparator.comparing((LoadBalancer lb) -> !lb.id().equals(own.id()))
                .thenComparing(HolderChoice.nearestTo(own)))
        .forEach(lb -> verdicts.add(new Verdict(lb, verdict(lb, trust, shared))));
    if (verdicts.stream().noneMatch(it -> it.named().isNamed())) {
      verdicts.replaceAll(this::forWantOfBetter);
    }
    return verdicts;
  }

  private Verdict forWantOfBetter(Verdict verdict) {
    LoadBalancer lb = verdict.holder();
    return lb.inService() && isVerifiedFor(lb.id())
        ? new Verdict(lb, Named.FOR_WANT_OF_BETTER)
        : verdict;
  }

  private Named verdict(LoadBalancer lb, AddressTrust trust, SharedLabels shared) {
    Holding holding = Objects.requireNonNull(holdings.get(lb.id()));
    if (!lb.inService()) {
      return Named.OUT_OF_SERVICE;
    }
    if (holding.isVerified() && trust.isTrusted(lb.id())) {
      return Named.YES;
    }
    if (holding.isLeaving()) {
      return Named.LEAVING;
    }
    if (trust.isFailing(lb.id())) {
      return Named.SILENT;
    }
    if (shared.isAnswering(key, lb.id())) {
      return Named.BY_OTHERS;
    }
    return holding.state() instanceof HolderState.Assigned
        ? Named.UNACKNOWLEDGED
        : Named.UNVERIFIED;
  }

  /** A holder for an explanation. */
  HolderView view(Verdict verdict, LoadBalancer own) {
    LoadBalancer lb = verdict.holder();
    Holding holding = Objects.requireNonNull(holdings.get(lb.id()));
    return new HolderView(
        lb.id(), holding.stateWord(), verdict.named(), lb.kilometresTo(own.location()));
  }

  /** The state of each holder, for people. */
  Map<String, String> describe() {
    Map<String, String> holders = new LinkedHashMap<>();
    holdings.forEach((id, holding) -> holders.put(id, holding.stateWord()));
    return holders;
  }

  /** Who was told so often and has not acknowledged. */
  List<String> overdue(int times) {
    return holdings.values().stream()
        .filter(holding -> holding.isOverdue(times))
        .map(Holding::holder)
        .toList();
  }

  /**
   * When it must be looked at although nothing happens, by the timeline's {@code nanoTime}: an
   * order was not acknowledged, a holder or the label itself has been served for long enough.
   */
  OptionalLong due(Predicate<String> isConnected, long retryNanos) {
    LongStream holders =
        holdings.values().stream()
            .filter(it -> it.isLeaving() || isConnected.test(it.holder()))
            .flatMapToLong(it -> it.due(retryNanos).stream());
    return LongStream.concat(holders, retiresAtNanos.stream()).reduce((a, b) -> a - b < 0 ? a : b);
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

  /**
   * How long resolvers may still come to this label: as its service says, or said before it was
   * removed.
   */
  int serveSeconds(@Nullable RegisteredService registered) {
    if (registered != null) {
      lastServeSeconds = serveSeconds(registered.service());
    }
    return lastServeSeconds;
  }

  /** How long resolvers may still come after nobody names a holder any more: NS and CNAME TTL. */
  static int serveSeconds(Service service) {
    return 2 * (int) service.ttls().referral().toSeconds();
  }
}
