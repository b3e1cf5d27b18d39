package net.dglb.backbone.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dglb.backbone.duty.DutyOutbox;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;

/** This node's open sessions with load balancers, and what goes down through them. */
public final class LoadBalancerSessions implements DutyOutbox {

  private final ZoneRegistry registry;
  private final EstimateTable estimates;
  private final Map<String, LoadBalancerLink> links = new HashMap<>();

  /**
   * No session is open yet.
   *
   * @param estimates what is passed down to those who back a place up
   */
  public LoadBalancerSessions(ZoneRegistry registry, EstimateTable estimates) {
    this.registry = registry;
    this.estimates = estimates;
  }

  /** A session is open; what an earlier one was told no longer counts. */
  void add(Session session) {
    links.put(session.peer().id(), new LoadBalancerLink(session));
  }

  /** Forgets a session, unless a newer one took its place. */
  boolean remove(Session session) {
    LoadBalancerLink link = links.get(session.peer().id());
    return link != null
        && link.session().equals(session)
        && links.remove(session.peer().id(), link);
  }

  Optional<LoadBalancerLink> find(String id) {
    return Optional.ofNullable(links.get(id));
  }

  /** The load balancers with an open session. */
  public Set<String> ids() {
    return Set.copyOf(links.keySet());
  }

  /** Sends a frame to a load balancer if there is a session. */
  public boolean send(String id, Frame frame) {
    LoadBalancerLink link = links.get(id);
    if (link != null) {
      link.session().send(frame);
    }
    return link != null;
  }

  /** Tells a load balancer what to answer for an address check. */
  public boolean sendAddressCheck(String id, DomainName name, String text) {
    return send(id, Frames.addressCheck(name, text));
  }

  @Override
  public boolean isConnected(String holder) {
    return links.containsKey(holder);
  }

  @Override
  public void order(String holder, DomainName origin, LabelDuty order) {
    LoadBalancerLink link = links.get(holder);
    if (link != null) {
      registry.answered(origin).ifPresent(link::tell);
      link.session().send(Frames.duty(order));
      if (order.backup()) {
        WireEstimates.toWire(new PlaceEstimates(order.label(), estimates.all(order.label())))
            .forEach(page -> link.session().send(Frame.newBuilder().setEstimates(page).build()));
      }
    }
  }

  @Override
  public void end(String holder, String label, DomainName service, int serveSeconds) {
    send(holder, Frames.dutyEnd(label, service, serveSeconds));
  }

  /** Sends new versions of zones to whoever has an older one, and tells of those that are gone. */
  public void zonesChanged() {
    for (LoadBalancerLink link : links.values()) {
      for (DomainName origin : link.known()) {
        Optional<EnterpriseZone> zone = registry.answered(origin);
        zone.ifPresent(link::tell);
        if (zone.isEmpty()) {
          link.tellRemoved(origin);
        }
      }
    }
  }

  /** Sends who its neighbours are, unless it was told just that. */
  void tellNeighbours(String id, Frame neighbours) {
    LoadBalancerLink link = links.get(id);
    if (link != null) {
      link.tellNeighbours(neighbours);
    }
  }
}
