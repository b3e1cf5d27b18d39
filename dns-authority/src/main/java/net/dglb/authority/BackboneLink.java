package net.dglb.authority;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
import net.dglb.mapping.wire.Registered;
import net.dglb.mapping.wire.Unregister;
import net.dglb.mapping.wire.Unregistered;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authority's side of its sessions with the backbone nodes: registers every zone on each new
 * session, removes those that leave, and takes delegations. Belongs to the control thread.
 */
final class BackboneLink implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(BackboneLink.class);

  /** What the link speaks for: the registrations and whoever publishes them. */
  interface Side {

    /** What is to be registered now. */
    Collection<EnterpriseZone> zones();

    /** The zones to be removed, by origin. */
    Set<DomainName> leaving();

    /** How a zone is to be delegated, by all backbone nodes together. */
    void delegated(ZoneDelegation delegation);

    /** A removal is stored. */
    void removed(DomainName origin);

    /** Which backbone nodes there are, by all of them together. */
    void learned(List<NodeEndpoints> nodes);
  }

  private record Asked(Session session, DomainName origin) {}

  private final Side side;
  private final BackboneWord word;

  /** What each session was sent and did not refuse since: a zone, or nothing for its removal. */
  private final Map<Session, Map<DomainName, Optional<EnterpriseZone>>> sessions =
      new LinkedHashMap<>();

  private final Map<Long, Asked> asked = new TreeMap<>();
  private final Map<DomainName, Long> versions = new TreeMap<>();
  private final Map<DomainName, String> refusals = new TreeMap<>();
  private long correlation;
  private boolean againDue;
  private boolean forbiddenDue;

  /** A link without sessions. */
  BackboneLink(Side side) {
    this.side = side;
    this.word = new BackboneWord(side::delegated, side::learned);
  }

  /**
   * Registers zones, and removes those that leave, with every connected backbone node that was not
   * sent just that.
   */
  void registerAll() {
    sessions.keySet().forEach(this::register);
  }

  /** Registers again what backbone nodes could not take for want of a majority. */
  void registerAgain() {
    if (againDue) {
      againDue = false;
      registerAll();
    }
  }

  /** Registers again what was not granted: it may be by now. To be called seldom. */
  void registerWhatWasForbidden() {
    if (forbiddenDue) {
      forbiddenDue = false;
      registerAll();
    }
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
        case UNREGISTERED -> unregistered(frame.getCorrelation(), frame.getUnregistered());
        case ERROR -> refused(session, frame.getCorrelation(), frame.getError());
        default -> LOG.debug("{} sent {}, of no use here", session.peer(), frame.getMessageCase());
      }
    } catch (MalformedMessageException e) {
      session.refuse(frame, e);
    }
  }

  @Override
  public void closed(Session session, String why) {
    LOG.warn("the session with {} ended: {}", session.peer(), why);
    sessions.remove(session);
    asked.values().removeIf(question -> question.session().equals(session));
    word.ended(session);
  }

  private void register(Session session) {
    Map<DomainName, Optional<EnterpriseZone>> sent =
        sessions.getOrDefault(session, new HashMap<>());
    for (EnterpriseZone zone : side.zones()) {
      Optional<EnterpriseZone> now = Optional.of(zone);
      if (!now.equals(sent.put(zone.origin(), now))) {
        long number = question(session, zone.origin());
        ZonePages.registrations(zone)
            .forEach(page ->
                session.send(Frame.newBuilder().setCorrelation(number).setRegister(page).build()));
      }
    }
    for (DomainName origin : side.leaving()) {
      if (!Optional.empty().equals(sent.put(origin, Optional.empty()))) {
        Unregister removal = Unregister.newBuilder().setOrigin(origin.toString()).build();
        session.send(
            Frame.newBuilder()
                .setCorrelation(question(session, origin))
                .setUnregister(removal)
                .build());
      }
    }
  }

  private long question(Session session, DomainName origin) {
    asked.put(++correlation, new Asked(session, origin));
    return correlation;
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

  private void unregistered(long number, Unregistered unregistered)
      throws MalformedMessageException {
    asked.remove(number);
    DomainName origin = WireDuties.name("origin", unregistered.getOrigin());
    if (side.leaving().contains(origin)) {
      LOG.info("{}: removed", origin);
      refusals.remove(origin);
      versions.remove(origin);
      side.removed(origin);
    }
  }

  private void refused(Session session, long number, Error error) {
    Asked question = asked.remove(number);
    if (question == null) {
      LOG.warn("{} says {}: {}", session.peer(), error.getCode(), error.getText());
      return;
    }
    DomainName origin = question.origin();
    sessions.getOrDefault(session, new HashMap<>()).remove(origin);
    boolean known = error.getText().equals(refusals.put(origin, error.getText()));
    if (error.getCode() == ErrorCode.ERROR_UNAVAILABLE) {
      againDue = true;
      LOG.warn("{}: {} cannot take it now: {}", origin, session.peer(), error.getText());
      return;
    }
    forbiddenDue |= error.getCode() == ErrorCode.ERROR_NOT_PERMITTED;
    if (!known) {
      LOG.error("{}: {} refused: {}", origin, session.peer(), error.getText());
    }
  }
}
