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

  private record Key(Service service, String place, AddressFamily family) {}

  private final Function<String, Estimates> estimates;
  private final int shortTtlSeconds;
  private Map<Key, Ranking> last = new HashMap<>();
  private Map<Key, Ranking> next = new HashMap<>();

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

  /** What the label address answers for a service at a place. */
  SiteAddresses addresses(Service service, Place place, Instant now) {
    return new SiteAddresses(
        best(service, place, AddressFamily.IPV4, now),
        best(service, place, AddressFamily.IPV6, now));
  }

  /** Forgets rankings that were not asked for since the last call: their labels are gone. */
  void forgetUnused() {
    last = next;
    next = new HashMap<>();
  }

  private @Nullable RecordSet best(
      Service service, Place place, AddressFamily family, Instant now) {
    Key key = new Key(service, place.id(), family);
    Ranking ranking =
        Ranker.rank(
            service,
            family,
            place,
            estimates.apply(place.id()),
            Optional.ofNullable(last.get(key)),
            now);
    next.put(key, ranking);
    int ttlSeconds = (int) service.ttls().answer().toSeconds();
    if (ranking.basis() == Basis.UNMEASURED) {
      ttlSeconds = Math.min(ttlSeconds, shortTtlSeconds);
    }
    List<InetAddress> first = ranking.best().map(RankedSite::address).stream().toList();
    return LoadBalancerPart.addresses(family, first, ttlSeconds);
  }
}
