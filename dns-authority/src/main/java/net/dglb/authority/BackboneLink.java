package net.dglb.authority;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.NodeEndpoints;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireNodes;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.mapping.convert.ZonePages;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Register;
import net.dglb.mapping.wire.Registered;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authority's side of its sessions with the backbone nodes: registers every zone on each new
 * session and takes delegations. Belongs to the control thread.
 */
final class BackboneLink implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(BackboneLink.class);

  private final Supplier<Collection<EnterpriseZone>> zones;
  private final BackboneWord word;
  private final Map<Session, Map<DomainName, EnterpriseZone>> sessions = new LinkedHashMap<>();
  private final Map<Long, DomainName> asked = new TreeMap<>();
  private final Map<DomainName, Long> versions = new TreeMap<>();
  private final Map<DomainName, String> refusals = new TreeMap<>();
  private long correlation;

  /**
   * A link without sessions.
   *
   * @param zones what is to be registered now
   * @param delegated is told how a zone is to be delegated, by all backbone nodes together
   * @param nodes is told which backbone nodes there are, by all of them together
   */
  BackboneLink(
      Supplier<Collection<EnterpriseZone>> zones,
      Consumer<ZoneDelegation> delegated,
      Consumer<List<NodeEndpoints>> nodes) {
    this.zones = zones;
    this.word = new BackboneWord(delegated, nodes);
  }

  /** Registers zones with every connected backbone node that was not sent them in this form. */
  void registerAll() {
    sessions.keySet().forEach(this::register);
  }

  /** The ids of the backbone nodes with an open session. */
  List<String> connected() {
    return sessions.keySet().stream().map(session -> session.peer().id()).sorted().toList();
  }

  /** The version under which the backbone keeps each zone. */
  Map<DomainName, Long> versions() {
    return versions;
  }

  /** Why a zone was refused, where it was. */
  Map<DomainName, String> refusals() {
    return refusals;
  }

  @Override
  public void opened(Session session) {
    LOG.info("connected to {} at {}", session.peer(), session.remote());
    sessions.put(session, new HashMap<>());
    register(session);
  }

  @Override
  public void received(Session session, Frame frame) {
    try {
      switch (frame.getMessageCase()) {
        case DELEGATION -> word.delegation(session, WireDuties.fromWire(frame.getDelegation()));
        case BACKBONE_NODES -> word.nodes(session, WireNodes.fromWire(frame.getBackboneNodes()));
        case REGISTERED -> registered(frame.getCorrelation(), frame.getRegistered());
        case ERROR -> refused(session, frame.getCorrelation(), frame.getError());
        default -> LOG.debug("{} sent {}, of no use here", session.peer(), frame.getMessageCase());
      }
    } catch (MalformedMessageException e) {
      session.close(ErrorCode.ERROR_MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void closed(Session session, String why) {
    LOG.warn("the session with {} ended: {}", session.peer(), why);
    sessions.remove(session);
    word.ended(session);
  }

  private void register(Session session) {
    Map<DomainName, EnterpriseZone> sent = sessions.getOrDefault(session, new HashMap<>());
    for (EnterpriseZone zone : zones.get()) {
      if (!zone.equals(sent.put(zone.origin(), zone))) {
        long number = ++correlation;
        asked.put(number, zone.origin());
        for (Register page : ZonePages.registrations(zone)) {
          session.send(Frame.newBuilder().setCorrelation(number).setRegister(page).build());
        }
      }
    }
  }

  private void registered(long number, Registered registered) throws MalformedMessageException {
    asked.remove(number);
    DomainName origin = WireDuties.name("origin", registered.getOrigin());
    refusals.remove(origin);
    Long former = versions.put(origin, registered.getVersion());
    if (former == null || former != registered.getVersion()) {
      LOG.info("{}: registered, version {}", origin, registered.getVersion());
    }
  }

  private void refused(Session session, long number, Error error) {
    DomainName origin = asked.remove(number);
    if (origin == null) {
      LOG.warn("{} says {}: {}", session.peer(), error.getCode(), error.getText());
      return;
    }
    sessions.getOrDefault(session, new HashMap<>()).remove(origin);
    refusals.put(origin, error.getText());
    LOG.error("{}: {} refused the registration: {}", origin, session.peer(), error.getText());
  }
}
