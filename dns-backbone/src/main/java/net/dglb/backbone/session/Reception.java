package net.dglb.backbone.session;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.ResolverMap;
import net.dglb.backbone.duty.AddressChecks;
import net.dglb.backbone.duty.Duties;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.peers.Liveness;
import net.dglb.identity.NodeRole;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.convert.WireNodes;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.session.WelcomeSource;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Version;
import net.dglb.mapping.wire.Welcome;
import net.dglb.net.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Greets every peer and hands its frames to who is in charge of its role; tells all of them where
 * the backbone's nodes are, and load balancers who their neighbours are.
 */
public final class Reception implements SessionListener, WelcomeSource {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final int NEIGHBOURS = 3;

  private final LoadBalancerSessions loadBalancers;
  private final LoadBalancerIntake intake;
  private final AuthoritySessions authorities;
  private final ResolverMap resolverMap;
  private final Duties duties;
  private final AddressChecks checks;
  private final Liveness liveness;
  private final Supplier<List<BackbonePeer>> backbone;
  private final Runnable changed;
  private final Map<String, Session> open = new TreeMap<>();
  private final Map<String, Frame> neighbours = new HashMap<>();
  private List<LoadBalancer> neighboursOf = List.of();
  private Frame nodes = Frame.getDefaultInstance();

  /**
   * Hands on to these.
   *
   * @param backbone the backbone nodes to tell of; none while that is not known
   * @param changed is called when answers may have to change
   */
  public Reception(
      LoadBalancerSessions loadBalancers,
      LoadBalancerIntake intake,
      AuthoritySessions authorities,
      ResolverMap resolverMap,
      Duties duties,
      AddressChecks checks,
      Liveness liveness,
      Supplier<List<BackbonePeer>> backbone,
      Runnable changed) {
    this.loadBalancers = loadBalancers;
    this.intake = intake;
    this.authorities = authorities;
    this.resolverMap = resolverMap;
    this.duties = duties;
    this.checks = checks;
    this.liveness = liveness;
    this.backbone = backbone;
    this.changed = changed;
  }

  @Override
  public Welcome welcome(PeerIdentity peer, Hello hello) {
    AnnouncementVersion highest = resolverMap.highest(peer.id());
    Welcome.Builder welcome = Welcome.newBuilder();
    if (peer.role() == NodeRole.LOAD_BALANCER && highest.isAbove(AnnouncementVersion.NONE)) {
      welcome.setHighestVersion(highest.toWire());
    }
    return welcome.build();
  }

  @Override
  public void opened(Session session) {
    String id = session.peer().id();
    LOG.info("{} connected from {}", session.peer(), session.remote());
    open.put(session.peer().toString(), session);
    if (nodes.hasBackboneNodes()) {
      session.send(nodes);
    }
    switch (session.peer().role()) {
      case LOAD_BALANCER -> {
        loadBalancers.add(session);
        liveness.opened(id);
        checks.connected(id);
        boolean lostItsState =
            Version.getDefaultInstance().equals(session.hello().getHighestVersion());
        duties.connected(id, lostItsState);
      }
      case AUTHORITY -> authorities.opened(session);
      default -> LOG.debug("nothing to tell {}", session.peer());
    }
    changed.run();
  }

  @Override
  public void received(Session session, Frame frame) {
    switch (session.peer().role()) {
      case LOAD_BALANCER -> intake.receive(session, frame);
      case AUTHORITY -> authorities.receive(session, frame);
      default -> LOG.debug("{} from {} is not used", frame.getMessageCase(), session.peer());
    }
  }

  @Override
  public void closed(Session session, String why) {
    LOG.info("{} is gone: {}", session.peer(), why);
    open.remove(session.peer().toString(), session);
    switch (session.peer().role()) {
      case LOAD_BALANCER -> {
        if (loadBalancers.remove(session)) {
          liveness.closed(session.peer().id());
        }
      }
      case AUTHORITY -> authorities.closed(session);
      default -> LOG.debug("nothing was told to {}", session.peer());
    }
    changed.run();
  }

  /**
   * Tells every peer where the backbone's nodes are, and authorities how to delegate to them,
   * unless they were told just that.
   */
  public void backboneChanged() {
    List<BackbonePeer> known = backbone.get();
    Frame next = known.isEmpty() ? nodes : nodesFrame(known);
    if (!next.equals(nodes)) {
      nodes = next;
      open.values().forEach(session -> session.send(next));
    }
    authorities.backboneChanged();
  }

  /** Tells every load balancer who stands nearest to it, unless it was told just that. */
  public void neighboursChanged(List<LoadBalancer> all) {
    if (!all.equals(neighboursOf)) {
      neighboursOf = all;
      neighbours.clear();
    }
    for (LoadBalancer receiver : all) {
      if (loadBalancers.isConnected(receiver.id())) {
        loadBalancers.tellNeighbours(
            receiver.id(),
            neighbours.computeIfAbsent(receiver.id(), _ -> neighbours(receiver, all)));
      }
    }
  }

  private static Frame neighbours(LoadBalancer receiver, List<LoadBalancer> all) {
    List<NodeEndpoints> nearest =
        all.stream()
            .filter(lb -> lb.inService() && !lb.isBackbone() && !lb.id().equals(receiver.id()))
            .filter(lb -> !mapping(lb).isEmpty())
            .sorted(Comparator.comparingDouble(lb -> lb.kilometresTo(receiver.location())))
            .limit(NEIGHBOURS)
            .map(lb -> new NodeEndpoints(lb.id(), mapping(lb), lb.location()))
            .toList();
    return Frame.newBuilder().setNeighbours(WireNodes.neighbours(nearest)).build();
  }

  private static List<Endpoint> mapping(LoadBalancer lb) {
    return lb.announcement().announcement().mapping();
  }

  private static Frame nodesFrame(List<BackbonePeer> known) {
    List<NodeEndpoints> endpoints =
        known.stream()
            .map(peer -> new NodeEndpoints(peer.id(), peer.mapping(), Optional.empty()))
            .toList();
    return Frame.newBuilder().setBackboneNodes(WireNodes.backboneNodes(endpoints)).build();
  }
}
