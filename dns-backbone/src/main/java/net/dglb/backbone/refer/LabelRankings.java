package net.dglb.backbone.refer;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.dglb.decision.Basis;
import net.dglb.decision.Estimates;
import net.dglb.decision.Place;
import net.dglb.decision.RankedSite;
import net.dglb.decision.Ranker;
import net.dglb.decision.Ranking;
import net.dglb.dns.wire.RecordSet;
import net.dglb.net.AddressFamily;
import net.dglb.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the sites of a service for the place of a label, and remembers the last ranking of each, so
 * that a place whose load balancer is gone keeps its order. Lives on the control thread.
 */
final class LabelRankings {

  private record Key(Service service, String place) {}

  /** The last rankings of a label and the answers that were made of them. */
  private record Ranked(Ranking ipv4, Ranking ipv6, List<Best> best, SiteAddresses addresses) {}

  /** All of a ranking that shows in an answer. */
  private record Best(List<InetAddress> addresses, int ttlSeconds) {}

  private final Function<String, Estimates> estimates;
  private final int shortTtlSeconds;
  private Map<Key, Ranked> last = new HashMap<>();
  private Map<Key, Ranked> next = new HashMap<>();

  /**
   * Ranks by these estimates.
   *
   * @param estimates what is known at a place, by its id
   * @param shortTtlSeconds of addresses whose order rests on no measurement
   */
  LabelRankings(Function<String, Estimates> estimates, int shortTtlSeconds) {
    this.estimates = estimates;
    this.shortTtlSeconds = shortTtlSeconds;
  }

  /**
   * What the label address answers for a service at a place: the same object as the last time if
   * the answer is the same.
   */
  SiteAddresses addresses(Service service, Place place, Instant now) {
    Key key = new Key(service, place.id());
    Optional<Ranked> before = Optional.ofNullable(last.get(key));
    Ranking ipv4 = rank(service, AddressFamily.IPV4, place, before.map(Ranked::ipv4), now);
    Ranking ipv6 = rank(service, AddressFamily.IPV6, place, before.map(Ranked::ipv6), now);
    List<Best> best = List.of(best(service, ipv4), best(service, ipv6));
    SiteAddresses addresses =
        before
            .filter(it -> it.best().equals(best))
            .map(Ranked::addresses)
            .orElseGet(() -> compile(best));
    next.put(key, new Ranked(ipv4, ipv6, best, addresses));
    return addresses;
  }

  /** Forgets rankings that were not asked for since the last call: their labels are gone. */
  void forgetUnused() {
    last = next;
    next = new HashMap<>();
  }

  private Ranking rank(
      Service service, AddressFamily family, Place place, Optional<Ranking> previous, Instant now) {
    return Ranker.rank(service, family, place, estimates.apply(place.id()), previous, now);
  }

  private Best best(Service service, Ranking ranking) {
    int ttlSeconds = (int) service.ttls().answer().toSeconds();
    if (ranking.basis() == Basis.UNMEASURED) {
      ttlSeconds = Math.min(ttlSeconds, shortTtlSeconds);
    }
    return new Best(ranking.best().map(RankedSite::address).stream().toList(), ttlSeconds);
  }

  private static SiteAddresses compile(List<Best> best) {
    return new SiteAddresses(
        compile(AddressFamily.IPV4, best.getFirst()), compile(AddressFamily.IPV6, best.getLast()));
  }

  private static @Nullable RecordSet compile(AddressFamily family, Best best) {
    return LoadBalancerPart.addresses(family, best.addresses(), best.ttlSeconds());
  }
}
