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

  private final Session session;
  private final AnnouncementAssembler pages;
  private final Map<DomainName, Long> zonesTold = new HashMap<>();

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
    if (zonesTold.getOrDefault(zone.origin(), -1L) < zone.version()) {
      zonesTold.put(zone.origin(), zone.version());
      ZonePages.updates(zone)
          .forEach(page -> session.send(Frame.newBuilder().setZoneUpdate(page).build()));
    }
  }

  /** Sends who its neighbours are, unless that was the last thing said of them. */
  void tellNeighbours(Frame frame) {
    if (!frame.equals(neighboursTold)) {
      neighboursTold = frame;
      session.send(frame);
    }
  }

  /** Tells that a zone is no longer registered, if it was sent. */
  void tellRemoved(DomainName origin, int serveSeconds) {
    Long version = zonesTold.remove(origin);
    if (version != null) {
      session.send(
          Frame.newBuilder()
              .setZoneRemoved(
                  ZoneRemoved.newBuilder()
                      .setOrigin(origin.toString())
                      .setVersion(version)
                      .setServeSeconds(serveSeconds))
              .build());
    }
  }

  /** The zones that were sent. */
  Iterable<DomainName> known() {
    return List.copyOf(zonesTold.keySet());
  }
}
