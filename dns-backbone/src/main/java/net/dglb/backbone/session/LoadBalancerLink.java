package net.dglb.backbone.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.mapping.convert.AnnouncementAssembler;
import net.dglb.mapping.convert.ZonePages;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.ZoneRemoved;
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
  private static int serveSeconds(EnterpriseZone zone) {
    return zone.services().stream()
        .mapToInt(service -> 2 * (int) service.ttls().referral().toSeconds())
        .max()
        .orElse(0);
  }

  /** Sends who its neighbours are, unless that was the last thing said of them. */
  void tellNeighbours(Frame frame) {
    if (!frame.equals(neighboursTold)) {
      neighboursTold = frame;
      session.send(frame);
    }
  }

  /** Tells that a zone is no longer registered, if it was sent. */
  void tellRemoved(DomainName origin) {
    ZoneTold told = zonesTold.remove(origin);
    if (told != null) {
      session.send(
          Frame.newBuilder()
              .setZoneRemoved(
                  ZoneRemoved.newBuilder()
                      .setOrigin(origin.toString())
                      .setVersion(told.version())
                      .setServeSeconds(told.serveSeconds()))
              .build());
    }
  }

  /** The zones that were sent. */
  Iterable<DomainName> known() {
    return List.copyOf(zonesTold.keySet());
  }
}
