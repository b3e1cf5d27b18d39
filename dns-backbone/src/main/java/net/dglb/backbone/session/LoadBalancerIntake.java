package net.dglb.backbone.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.Grants;
import net.dglb.backbone.announce.ResolverMap;
import net.dglb.backbone.duty.AddressChecks;
import net.dglb.backbone.duty.Duties;
import net.dglb.backbone.estimate.EstimateTable;
import net.dglb.backbone.secure.SecureLabels;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.mapping.convert.HeldZone;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.SignedLabel;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.convert.WireLabels;
import net.dglb.mapping.convert.WireLoad;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.wire.Announce;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.LabelKeys;
import net.dglb.mapping.wire.Withdraw;
import net.dglb.net.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what load balancers say: checks it, stores it, acknowledges it. */
public final class LoadBalancerIntake {

  private static final Logger LOG = LoggerFactory.getLogger(LoadBalancerIntake.class);

  private final LoadBalancerSessions sessions;
  private final ResolverMap resolverMap;
  private final Duties duties;
  private final AddressChecks checks;
  private final EstimateTable estimates;
  private final SecureLabels secure;
  private final Predicate<DomainName> isSigned;
  private final Supplier<Grants> grants;
  private final Consumer<Runnable> afterCommit;
  private final Runnable changed;

  /**
   * Stores into these.
   *
   * @param isSigned whether a service stands in a zone that is signed
   * @param grants as configured now
   * @param afterCommit runs a task on the control thread once everything so far is on disk
   * @param changed is called when answers may have to change
   */
  public LoadBalancerIntake(
      LoadBalancerSessions sessions,
      ResolverMap resolverMap,
      Duties duties,
      AddressChecks checks,
      EstimateTable estimates,
      SecureLabels secure,
      Predicate<DomainName> isSigned,
      Supplier<Grants> grants,
      Consumer<Runnable> afterCommit,
      Runnable changed) {
    this.sessions = sessions;
    this.resolverMap = resolverMap;
    this.duties = duties;
    this.checks = checks;
    this.estimates = estimates;
    this.secure = secure;
    this.isSigned = isSigned;
    this.grants = grants;
    this.afterCommit = afterCommit;
    this.changed = changed;
  }

  /** Takes one frame. */
  void receive(Session session, Frame frame) {
    try {
      switch (frame.getMessageCase()) {
        case ANNOUNCE -> announce(session, frame, frame.getAnnounce());
        case WITHDRAW -> withdraw(session, frame, frame.getWithdraw());
        case DUTY_ACK -> dutyAck(session, frame.getDutyAck());
        case ADDRESS_CHECK_ACK ->
            checks.acknowledged(
                session.peer().id(), WireDuties.name("name", frame.getAddressCheckAck().getName()));
        case ZONES_HELD ->
            sessions.held(session.peer().id(), HeldZone.fromWire(frame.getZonesHeld()));
        case LOAD -> sessions.load(session.peer().id(), WireLoad.fromWire(frame.getLoad()));
        case ESTIMATES -> estimates(session, frame);
        case SIGNED_SETS -> signedSets(session, frame);
        case LABEL_KEYS -> labelKeys(session, frame);
        case ERROR ->
            LOG.warn(
                "{} refused what it was told: {} {}",
                session.peer().id(),
                frame.getError().getCode(),
                frame.getError().getText());
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

  private void announce(Session session, Frame frame, Announce page)
      throws MalformedMessageException {
    Optional<LoadBalancerLink> link = sessions.find(session.peer().id());
    if (link.isPresent()) {
      Optional<Announcement> whole = link.get().pages().add(page);
      whole.ifPresent(announcement -> announce(session, frame, announcement));
    }
  }

  private void announce(Session session, Frame frame, Announcement announcement) {
    String id = announcement.loadBalancer();
    if (id.equals(Directory.BACKBONE_ID)) {
      session.refuse(
          frame,
          ErrorCode.ERROR_INVALID,
          "id: " + id + " is reserved for the backbone (expected another id)");
      return;
    }
    Optional<String> refusal = grants.get().refusal(announcement);
    if (refusal.isPresent()) {
      LOG.warn("announcement {} refused: {}", announcement.version(), refusal.get());
      session.refuse(frame, ErrorCode.ERROR_NOT_PERMITTED, refusal.get());
    } else if (resolverMap.announce(announcement)) {
      changed.run();
      afterCommit.accept(() -> session.send(Frames.announceAck(frame, announcement.version())));
    } else {
      oldVersion(session, frame, announcement.version());
    }
  }

  private void withdraw(Session session, Frame frame, Withdraw withdraw)
      throws MalformedMessageException {
    String id = session.peer().id();
    AnnouncementVersion version = AnnouncementVersion.fromWire(withdraw.getVersion());
    if (!resolverMap.withdraw(id, version)) {
      oldVersion(session, frame, version);
      return;
    }
    LOG.info("{} leaves: {}", id, withdraw.getReason());
    int serveSeconds = duties.withdrawn(id);
    changed.run();
    afterCommit.accept(() -> session.send(Frames.withdrawAck(frame, version, serveSeconds)));
  }

  private void oldVersion(Session session, Frame frame, AnnouncementVersion version) {
    AnnouncementVersion stored = resolverMap.highest(session.peer().id());
    session.send(
        Frames.oldVersion(
            frame,
            stored,
            "version: " + version + " (expected above the stored version " + stored + ")"));
  }

  private void dutyAck(Session session, DutyAck ack) throws MalformedMessageException {
    duties.acknowledged(
        session.peer().id(),
        WireDuties.name("service", ack.getService()),
        ack.getLabel(),
        ack.getZoneVersion());
    changed.run();
  }

  private void signedSets(Session session, Frame frame) throws MalformedMessageException {
    SignedLabel signed = WireLabels.fromWire(frame.getSignedSets());
    if (isOwn(session, frame, signed.label(), signed.service()) && secure.sets(signed)) {
      changed.run();
      passOn(signed.label(), frame.toBuilder().setCorrelation(0).build());
    }
  }

  private void labelKeys(Session session, Frame frame) throws MalformedMessageException {
    LabelKeys keys = frame.getLabelKeys();
    DomainName service = WireDuties.name("service", keys.getService());
    List<DelegationSigner> signers = WireDuties.signers(keys.getDsRdataList());
    if (!isOwn(session, frame, keys.getLabel(), service)) {
      return;
    }
    if (secure.keys(keys.getLabel(), service, signers)) {
      changed.run();
    }
    if (secure.refersWith(keys.getLabel(), service, signers)) {
      afterCommit.accept(() -> session.send(Frame.newBuilder().setLabelKeys(keys).build()));
    }
  }

  /** A load balancer speaks for its own labels, and only of services that are signed. */
  private boolean isOwn(Session session, Frame frame, String label, DomainName service) {
    String id = session.peer().id();
    if (!label.equals(id)) {
      session.refuse(
          frame,
          ErrorCode.ERROR_NOT_PERMITTED,
          "label: " + label + " (expected the label of " + id + " itself)");
    }
    return label.equals(id) && isSigned.test(service);
  }

  /** Gives those who hold a place's labels for others what its load balancer says. */
  private void passOn(String place, Frame frame) {
    for (String holder : sessions.ids()) {
      if (!holder.equals(place) && duties.holdsFor(holder, place)) {
        sessions.send(holder, frame);
      }
    }
  }

  private void estimates(Session session, Frame frame) throws MalformedMessageException {
    String id = session.peer().id();
    var report = WireEstimates.fromWire(frame.getEstimates(), sessions.now());
    if (!report.place().equals(id)) {
      session.refuse(
          frame,
          ErrorCode.ERROR_NOT_PERMITTED,
          "place: " + report.place() + " (expected the place of " + id + " itself)");
      return;
    }
    if (estimates.put(id, report.states())) {
      changed.run();
    }
    passOn(id, Frame.newBuilder().setEstimates(frame.getEstimates()).build());
  }
}
