package net.dglb.backbone.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.dglb.backbone.duty.DutyOutbox;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.mapping.convert.HeldZone;
import net.dglb.mapping.convert.LabelDuty;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireAsked;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/** This node's open sessions with load balancers, and what goes down through them. */
public final class LoadBalancerSessions implements DutyOutbox {

  private final ZoneRegistry registry;
  private final EstimateTable estimates;
  private final SecureLabels secure;
  private final InstantSource clock;
  private final Map<String, LoadBalancerLink> links = new HashMap<>();

  /**
   * No session is open yet.
   *
   * @param estimates what is passed down to those who back a place up
   * @param secure the same of what is signed
   * @param clock for how long removed zones may still be asked for
   */
  public LoadBalancerSessions(
      ZoneRegistry registry, EstimateTable estimates, SecureLabels secure, InstantSource clock) {
    this.registry = registry;
    this.estimates = estimates;
    this.secure = secure;
    this.clock = clock;
  }

  /** A session is open; what an earlier one was told no longer counts. */
  void add(Session session) {
    LoadBalancerLink link = new LoadBalancerLink(session);
    links.put(session.peer().id(), link);
    link.tell(registry.said());
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

  /** Tells a load balancer what this node was asked for and answers from its measurements. */
  public boolean sendAsked(String id, Set<DomainName> services) {
    return WireAsked.toWire(services).stream()
        .allMatch(message -> send(id, Frame.newBuilder().setAsked(message).build()));
  }

  @Override
  public boolean isConnected(String holder) {
    return links.containsKey(holder);
  }

  @Override
  public void order(String holder, DomainName origin, Service service, LabelDuty order) {
    LoadBalancerLink link = links.get(holder);
    if (link != null) {
      registry.answered(origin).ifPresent(link::tell);
      if (order.backup()) { // before the duty: once that is acknowledged, both are answered
        secure.frame(order.service(), order.label()).ifPresent(link.session()::send);
      }
      link.session().send(Frames.duty(order));
    }
  }

  @Override
  public void estimates(String holder, String place, Service service) {
    LoadBalancerLink link = links.get(holder);
    if (link != null) {
      PlaceEstimates known = new PlaceEstimates(place, estimates.of(place, service));
      WireEstimates.toWire(known, clock.instant())
          .forEach(page -> link.session().send(Frame.newBuilder().setEstimates(page).build()));
    }
  }

  /** What this node's clock shows. */
  Instant now() {
    return clock.instant();
  }

  @Override
  public void probers(String holder, Map<DomainName, Integer> loadBalancers) {
    LoadBalancerLink link = links.get(holder);
    if (link != null) {
      link.tellProbers(loadBalancers);
    }
  }

  @Override
  public void end(String holder, String label, DomainName service, int serveSeconds) {
    send(holder, Frames.dutyEnd(label, service, serveSeconds));
  }

  /**
   * A load balancer says which zones it keeps: it is told of what it missed. Nothing is said of a
   * zone that is not known here at all.
   */
  void held(String id, List<HeldZone> zones) {
    LoadBalancerLink link = links.get(id);
    if (link == null) {
      return;
    }
    for (HeldZone held : zones) {
      Optional<EnterpriseZone> answered = registry.answered(held.origin());
      answered.ifPresent(zone -> link.holds(zone, held.version()));
      if (answered.isEmpty()) {
        registry.removed(held.origin()).ifPresent(gone -> link.session().send(removed(held, gone)));
      }
    }
  }

  private Frame removed(HeldZone held, ZoneRegistry.Leaving gone) {
    Instant end = gone.until().plusSeconds(LoadBalancerLink.serveSeconds(gone.zone()));
    long rest = Math.max(0, Duration.between(clock.instant(), end).toSeconds());
    long version = Math.max(held.version(), gone.zone().version());
    return Frames.zoneRemoved(held.origin(), version, (int) rest);
  }

  /**
   * Sends new versions of zones to whoever has an older one, tells of those that are gone, and what
   * operators say now.
   */
  public void zonesChanged() {
    for (LoadBalancerLink link : links.values()) {
      link.tell(registry.said());
      for (DomainName origin : link.known()) {
        Optional<EnterpriseZone> zone = registry.answered(origin);
        zone.ifPresent(link::tell);
        if (zone.isEmpty()) {
          link.tellRemoved(origin);
        }
      }
    }
  }

  /** A load balancer says how busy it is. */
  void load(String id, SortedMap<String, Double> measures) {
    find(id).ifPresent(link -> link.load(measures));
  }

  /** How busy each load balancer with a session is, by its id and the measure's name. */
  public SortedMap<String, SortedMap<String, Double>> loads() {
    SortedMap<String, SortedMap<String, Double>> loads = new TreeMap<>();
    links.forEach((id, link) -> loads.put(id, link.load()));
    return loads;
  }

  /** Sends who its neighbours are, unless it was told just that. */
  void tellNeighbours(String id, Frame neighbours) {
    LoadBalancerLink link = links.get(id);
    if (link != null) {
      link.tellNeighbours(neighbours);
    }
  }
}
