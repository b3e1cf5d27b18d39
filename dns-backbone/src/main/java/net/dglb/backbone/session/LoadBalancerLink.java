package net.dglb.backbone.session;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import net.dglb.mapping.convert.AnnouncementAssembler;
import net.dglb.mapping.convert.NetworkSayings;
import net.dglb.mapping.convert.WireProbers;
import net.dglb.mapping.convert.WireSayings;
import net.dglb.mapping.convert.ZonePages;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;

/** One session with a load balancer and what it was told in it. */
final class LoadBalancerLink {

  /**
   * What went out of a zone.
   *
   * @param serveSeconds the longest for which any of its versions' referrals may be cached
   */
  private record ZoneTold(long version, int serveSeconds) {}

  private final Session session;
  private final AnnouncementAssembler pages;
  private final Map<DomainName, ZoneTold> zonesTold = new HashMap<>();

  private Frame neighboursTold = Frame.getDefaultInstance();
  private final Map<DomainName, Integer> probersTold = new HashMap<>();
  private long saidTold;
  private SortedMap<String, Double> load = Collections.emptySortedMap();

  LoadBalancerLink(Session session) {
    this.session = session;
    pages = new AnnouncementAssembler(session.peer().id());
  }

  Session session() {
    return session;
  }

  AnnouncementAssembler pages() {
    return pages;
  }

  /** Sends a zone unless this version of it went out already. */
  void tell(EnterpriseZone zone) {
    ZoneTold before = zonesTold.get(zone.origin());
    if (before == null || before.version() < zone.version()) {
      int serve = Math.max(serveSeconds(zone), before == null ? 0 : before.serveSeconds());
      zonesTold.put(zone.origin(), new ZoneTold(zone.version(), serve));
      ZonePages.updates(zone)
          .forEach(page -> session.send(Frame.newBuilder().setZoneUpdate(page).build()));
    }
  }

  /**
   * For how long resolvers may come to a label after the zone was removed: the CNAME's TTL and then
   * the NS set's, both of them the service's referral TTL.
   */
  static int serveSeconds(EnterpriseZone zone) {
    return zone.services().stream()
        .mapToInt(service -> 2 * (int) service.ttls().referral().toSeconds())
        .max()
        .orElse(0);
  }

  /** How busy the other side is, as it said last; empty if it has not said. */
  SortedMap<String, Double> load() {
    return load;
  }

  void load(SortedMap<String, Double> measures) {
    load = Collections.unmodifiableSortedMap(measures);
  }

  /** Takes that the other side keeps a version of a zone; it gets the newer one if there is. */
  void holds(EnterpriseZone zone, long version) {
    ZoneTold before = zonesTold.get(zone.origin());
    if (before == null && version <= zone.version()) {
      zonesTold.put(zone.origin(), new ZoneTold(version, serveSeconds(zone)));
      tell(zone);
    }
  }

  /** Sends who its neighbours are, unless that was the last thing said of them. */
  void tellNeighbours(Frame frame) {
    if (!frame.equals(neighboursTold)) {
      neighboursTold = frame;
      session.send(frame);
    }
  }

  /** Sends what operators say of sites, unless this version of it went out already. */
  void tell(NetworkSayings said) {
    if (said.version() > saidTold) {
      saidTold = said.version();
      WireSayings.toWire(said)
          .forEach(page -> session.send(Frame.newBuilder().setSitesSaid(page).build()));
    }
  }

  /** Sends how many load balancers probe, of those services where that is not what it was told. */
  void tellProbers(Map<DomainName, Integer> counts) {
    Map<DomainName, Integer> news = new HashMap<>(counts);
    news.entrySet().removeIf(it -> it.getValue().equals(probersTold.get(it.getKey())));
    probersTold.putAll(news);
    WireProbers.toWire(news)
        .forEach(message -> session.send(Frame.newBuilder().setProbers(message).build()));
  }

  /** Tells that a zone is no longer registered, if it was sent. */
  void tellRemoved(DomainName origin) {
    ZoneTold told = zonesTold.remove(origin);
    if (told != null) {
      session.send(Frames.zoneRemoved(origin, told.version(), told.serveSeconds()));
    }
  }

  /** The zones that were sent. */
  Iterable<DomainName> known() {
    return List.copyOf(zonesTold.keySet());
  }
}
