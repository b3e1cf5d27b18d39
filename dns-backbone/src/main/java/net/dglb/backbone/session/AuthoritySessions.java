package net.dglb.backbone.session;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dglb.backbone.announce.Grants;
import net.dglb.backbone.peers.BackbonePeer;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.Refusal;
import net.dglb.backbone.registry.Registration;
import net.dglb.backbone.registry.Removal;
import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.ZoneAssembler;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Ttls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions with authorities: registrations come up, delegations go down, again whenever the
 * backbone's name servers change. An authority sees only zones that it was granted, and changes
 * those of its enterprise.
 */
public final class AuthoritySessions {

  private static final Logger LOG = LoggerFactory.getLogger(AuthoritySessions.class);

  private static final class Link {
    private final Session session;
    private final ZoneAssembler pages = new ZoneAssembler();
    private final Map<DomainName, ZoneDelegation> told = new HashMap<>();

    Link(Session session) {
      this.session = session;
    }
  }

  private final ZoneRegistry registry;
  private final Supplier<Grants> grants;
  private final Supplier<List<BackbonePeer>> nameServers;
  private final Function<EnterpriseZone, List<DelegationSigner>> signers;
  private final Map<String, Link> links = new HashMap<>();
  private List<ZoneDelegation.NameServer> toldServers = List.of();
  private Grants toldGrants = Grants.NONE;

  /**
   * Registers into this registry.
   *
   * @param grants as configured now
   * @param nameServers the backbone nodes to tell of; none while that is not known
   * @param signers what the parent of a zone is to hold of its keys
   */
  public AuthoritySessions(
      ZoneRegistry registry,
      Supplier<Grants> grants,
      Supplier<List<BackbonePeer>> nameServers,
      Function<EnterpriseZone, List<DelegationSigner>> signers) {
    this.registry = registry;
    this.grants = grants;
    this.nameServers = nameServers;
    this.signers = signers;
  }

  void opened(Session session) {
    links.put(session.peer().id(), new Link(session));
    delegate();
  }

  void closed(Session session) {
    Link link = links.get(session.peer().id());
    if (link != null && link.session.equals(session)) {
      links.remove(session.peer().id());
    }
  }

  /** The authorities with an open session. */
  public List<String> ids() {
    return links.keySet().stream().sorted().toList();
  }

  /** As {@link #delegate}, but only if the backbone nodes or the grants are not what they were. */
  void backboneChanged() {
    if (!servers().equals(toldServers) || !grants.get().equals(toldGrants)) {
      delegate();
    }
  }

  /** Sends each authority the delegations that it does not have yet in this form. */
  public void delegate() {
    List<EnterpriseZone> zones = registry.list();
    Set<DomainName> origins = zones.stream().map(EnterpriseZone::origin).collect(toSet());
    toldServers = servers();
    toldGrants = grants.get();
    links.forEach((id, link) -> {
      link.told.keySet().retainAll(origins);
      for (EnterpriseZone zone : zones) {
        if (!toldServers.isEmpty() && toldGrants.isGranted(id, zone.origin())) {
          delegate(link, zone, toldServers);
        }
      }
    });
  }

  private List<ZoneDelegation.NameServer> servers() {
    return nameServers.get().stream()
        .limit(ZoneDelegation.MAX_NAME_SERVERS)
        .map(peer -> new ZoneDelegation.NameServer(peer.name(), peer.addresses()))
        .toList();
  }

  private void delegate(Link link, EnterpriseZone zone, List<ZoneDelegation.NameServer> servers) {
    Duration ttl =
        zone.services().stream()
            .map(Service::ttls)
            .map(Ttls::delegation)
            .min(Duration::compareTo)
            .orElse(Ttls.DEFAULT.delegation());
    ZoneDelegation delegation =
        new ZoneDelegation(zone.origin(), servers, ttl, signers.apply(zone));
    if (!delegation.equals(link.told.put(zone.origin(), delegation))) {
      link.session.send(Frame.newBuilder().setDelegation(WireDuties.toWire(delegation)).build());
    }
  }

  void receive(Session session, Frame frame) {
    Link link = links.get(session.peer().id());
    if (link == null) {
      return;
    }
    try {
      switch (frame.getMessageCase()) {
        case REGISTER ->
            link.pages.add(frame.getRegister()).ifPresent(zone -> register(link, frame, zone));
        case UNREGISTER ->
            unregister(link, frame, WireDuties.name("origin", frame.getUnregister().getOrigin()));
        default -> LOG.debug("{} from {} is not used", frame.getMessageCase(), session.peer().id());
      }
    } catch (MalformedMessageException e) {
      LOG.warn("{} was refused: {}", session.peer().id(), e.getMessage());
      session.refuse(frame, e);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} was refused: {}", session.peer().id(), e.getMessage());
      session.refuse(frame, ErrorCode.ERROR_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private void register(Link link, Frame frame, EnterpriseZone zone) {
    if (isPermitted(link, frame, "put-zone", zone.origin(), grants.get().refusal(id(link), zone))) {
      registry.register(
          Registration.granted(zone, caller(link)),
          outcome -> answer(link, frame, zone.origin(), outcome, true));
    }
  }

  private void unregister(Link link, Frame frame, DomainName origin) {
    Optional<String> refusal =
        registry
            .get(origin)
            .map(zone -> grants.get().refusal(id(link), zone))
            .orElseGet(() -> grants.get().refusal(id(link), origin));
    if (isPermitted(link, frame, "remove-zone", origin, refusal)) {
      registry.remove(
          new Removal(origin, caller(link), OptionalLong.empty(), true),
          outcome -> answer(link, frame, origin, outcome, false));
    }
  }

  private static Caller caller(Link link) {
    return new Caller(link.session.peer().toString(), link.session.remote().toString());
  }

  private static String id(Link link) {
    return link.session.peer().id();
  }

  private boolean isPermitted(
      Link link, Frame frame, String action, DomainName origin, Optional<String> refusal) {
    refusal.ifPresent(text -> {
      registry.refused(new Refusal(action, origin.toString(), text, caller(link)));
      LOG.warn("{} was refused: {}", id(link), text);
      link.session.refuse(frame, ErrorCode.ERROR_NOT_PERMITTED, text);
    });
    return refusal.isEmpty();
  }

  /** A zone that is not there counts as removed. */
  private static void refused(
      Link link, Frame frame, DomainName origin, ZoneRegistry.Outcome.Refused refused) {
    if (refused.reason() == ZoneRegistry.Reason.UNKNOWN) {
      link.session.send(Frames.unregistered(frame, origin, 0));
    } else {
      link.session.refuse(frame, code(refused.reason()), refused.text());
    }
  }

  /** What the other side is to do about it: ask for leave, register less, or correct it. */
  static ErrorCode code(ZoneRegistry.Reason reason) {
    return switch (reason) {
      case OWNED, QUARANTINED, UNPROVED, UNKNOWN, IN_USE -> ErrorCode.ERROR_NOT_PERMITTED;
      case QUOTA -> ErrorCode.ERROR_TOO_MANY;
      case INVALID -> ErrorCode.ERROR_INVALID;
    };
  }

  private void answer(
      Link link,
      Frame frame,
      DomainName origin,
      ZoneRegistry.Outcome outcome,
      boolean registering) {
    switch (outcome) {
      case ZoneRegistry.Outcome.Stored stored -> {
        link.session.send(
            registering
                ? Frames.registered(frame, origin, stored.version())
                : Frames.unregistered(frame, origin, stored.version()));
        delegate();
      }
      case ZoneRegistry.Outcome.OldVersion old ->
          link.session.send(
              Frames.oldVersion(frame, new AnnouncementVersion(old.stored(), 0), old.text()));
      case ZoneRegistry.Outcome.Refused refused -> refused(link, frame, origin, refused);
      case ZoneRegistry.Outcome.Unavailable unavailable ->
          link.session.refuse(frame, ErrorCode.ERROR_UNAVAILABLE, unavailable.text());
    }
  }
}
