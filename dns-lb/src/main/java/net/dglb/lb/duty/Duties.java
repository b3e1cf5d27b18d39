package net.dglb.lb.duty;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.dglb.mapping.convert.HeldZone;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.ZoneAssembler;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.DutyEnd;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.ZoneRemoved;
import net.dglb.mapping.wire.ZoneUpdate;
import net.dglb.net.DomainName;
import net.dglb.node.BoundedLines;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be answered here: the union of what the backbone nodes want. A session that is lost
 * takes nothing away; only an ended duty or a removed zone does, and then only after the time that
 * resolvers may still come. Used on the control thread only.
 */
public final class Duties implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(Duties.class);
  private static final int MAX_LABELS = 100_000;

  private final Timeline timeline;
  private final ServiceBook services = new ServiceBook();
  private final HeldLabels held = new HeldLabels();
  private final Map<Session, ZoneAssembler> assemblers = new HashMap<>();
  private final OwedAcks owed = new OwedAcks();
  private final AddressChecks checks = new AddressChecks();
  private final BoundedLines ended;
  private List<DutyListener> listeners = List.of();

  /** Starts with nothing to answer. */
  public Duties(Timeline timeline) {
    this.timeline = timeline;
    ended =
        new BoundedLines(
            timeline, rest -> LOG.info("and {} more labels are no longer answered", rest));
  }

  /** Names who hears of changes; to be called before the first one. */
  public void connect(List<DutyListener> others) {
    listeners = List.copyOf(others);
  }

  /** What is answered, by label. */
  public Collection<HeldDuty> held() {
    return held.all();
  }

  /** The duty for a label, if it is answered here. */
  public Optional<HeldDuty> held(LabelName label) {
    return held.find(label);
  }

  /** The labels of a service that are answered here. */
  public Set<LabelName> labelsOf(DomainName service) {
    return held.of(service);
  }

  /** The services that have labels here, in order, whether they are known or not. */
  public Set<DomainName> servicesHeld() {
    return held.services();
  }

  /** A service as it was registered last. */
  public Optional<KnownService> service(DomainName name) {
    return services.find(name);
  }

  /** The services that have labels here, as far as they are known. */
  public Collection<KnownService> answeredServices() {
    return held.services().stream().flatMap(name -> services.find(name).stream()).toList();
  }

  /** The texts to publish for address checks. */
  public List<TextCheck> checks() {
    return checks.current();
  }

  /** How many acknowledgements wait for their label to be answered. */
  public int owedAcknowledgements() {
    return owed.size();
  }

  /**
   * Sends the acknowledgements of what DNS answers now.
   *
   * @param changed labels of which it may have changed since the last call whether they are
   *     answered
   * @param answered whether a label is answered, for its own place from measurements
   * @param published the texts that DNS gives
   */
  public void acknowledge(
      Collection<LabelName> changed, Predicate<LabelName> answered, List<TextCheck> published) {
    owed.pay(changed, answered, this::acknowledgement);
    checks.acknowledge(published);
  }

  @Override
  public void opened(Session session) {
    assemblers.put(session, new ZoneAssembler());
    HeldZone.toWire(services.zones())
        .forEach(held -> session.send(Frame.newBuilder().setZonesHeld(held).build()));
    String node = session.peer().id();
    for (HeldDuty duty : held.all()) {
      if (duty.wantedBy().contains(node)) {
        owed.repeat(duty.label(), session);
      }
    }
    listeners.forEach(DutyListener::acknowledgementOwed);
  }

  @Override
  public void closed(Session session, String why) {
    owed.drop(session);
    checks.drop(session);
    assemblers.remove(session);
  }

  @Override
  public void received(Session session, Frame frame) {
    try {
      switch (frame.getMessageCase()) {
        case ZONE_UPDATE -> page(session, frame.getZoneUpdate());
        case ZONE_REMOVED -> removed(frame.getZoneRemoved());
        case DUTY -> assigned(session, frame);
        case DUTY_END -> ended(session, frame.getDutyEnd());
        case ADDRESS_CHECK -> checked(session, frame);
        default -> {}
      }
    } catch (MalformedMessageException e) {
      LOG.warn("{} from {} is refused: {}", frame.getMessageCase(), session.peer(), e.getMessage());
      session.refuse(frame, e);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} from {} is refused: {}", frame.getMessageCase(), session.peer(), e.getMessage());
      session.refuse(frame, ErrorCode.ERROR_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private void page(Session session, ZoneUpdate page) throws MalformedMessageException {
    ZoneAssembler assembler = assemblers.get(session);
    if (assembler != null) {
      assembler.add(page).ifPresent(this::update);
    }
  }

  private void update(EnterpriseZone zone) {
    Set<DomainName> changed = services.update(zone);
    services.dropUnneededOf(zone.origin(), this::isNeeded);
    changed.forEach(service -> held.of(service).forEach(this::tellChanged));
  }

  private void removed(ZoneRemoved message) throws MalformedMessageException {
    DomainName origin = WireDuties.name("zone removed", message.getOrigin());
    Instant end = timeline.now().plus(serveFor(message.getServeSeconds()));
    for (DomainName service : services.remove(origin, message.getVersion())) {
      for (LabelName label : List.copyOf(held.of(service))) {
        held.find(label).ifPresent(duty -> held.put(duty.endedByAll(end)));
        expireLater(label);
        tellChanged(label);
      }
    }
    services.dropUnneededOf(origin, this::isNeeded);
  }

  private void assigned(Session session, Frame frame) throws MalformedMessageException {
    HeldDuty duty =
        new HeldDuty(
            WireDuties.fromWire(frame.getDuty()),
            new TreeSet<>(Set.of(session.peer().id())),
            Optional.empty());
    LabelName label = duty.label();
    Optional<HeldDuty> before = held.find(label);
    if (before.isEmpty() && held.size() >= MAX_LABELS) {
      session.refuse(
          frame, ErrorCode.ERROR_TOO_MANY, "labels: " + MAX_LABELS + " are answered already");
      return;
    }
    HeldDuty now = before.map(duty::after).orElse(duty);
    held.put(now);
    owed.add(label, session, frame);
    if (before.filter(now::answersAs).isPresent()) {
      listeners.forEach(DutyListener::acknowledgementOwed); // repeated, since that is awaited
    } else {
      tellChanged(label);
    }
  }

  private void ended(Session session, DutyEnd message) throws MalformedMessageException {
    LabelName label =
        new LabelName(message.getLabel(), WireDuties.name("duty end", message.getService()));
    Optional<HeldDuty> duty = held.find(label);
    owed.drop(label, session.peer().id());
    if (duty.isPresent()) {
      Instant end = timeline.now().plus(serveFor(message.getServeSeconds()));
      held.put(duty.get().endedBy(session.peer().id(), end));
      expireLater(label);
      tellChanged(label);
    }
  }

  private void checked(Session session, Frame frame) throws MalformedMessageException {
    DomainName name = WireDuties.nameOf(frame.getAddressCheck());
    TextCheck check = new TextCheck(name, frame.getAddressCheck().getText());
    checks.add(check, session, frame.getCorrelation(), timeline.now());
    listeners.forEach(DutyListener::acknowledgementOwed);
  }

  private DutyAck acknowledgement(LabelName label) {
    long zoneVersion = services.find(label.service()).map(KnownService::zoneVersion).orElse(0L);
    return WireDuties.acknowledge(label.place(), label.service(), zoneVersion);
  }

  private void expireLater(LabelName label) {
    held(label)
        .flatMap(HeldDuty::ends)
        .ifPresent(
            end -> timeline.after(Duration.between(timeline.now(), end), () -> expire(label)));
  }

  private void expire(LabelName label) {
    Optional<Instant> end = held(label).flatMap(HeldDuty::ends);
    if (end.isPresent() && end.get().isAfter(timeline.now())) {
      expireLater(label); // it was put off, or the wall clock was set back
    } else if (end.isPresent()) {
      held.remove(label);
      owed.drop(label);
      services.dropIfUnneeded(label.service(), this::isNeeded);
      if (ended.admits()) {
        LOG.info(
            "{} is no longer answered: its duty ended and the time to serve on is over", label);
      }
      tellChanged(label);
    }
  }

  private void tellChanged(LabelName label) {
    listeners.forEach(listener -> listener.labelChanged(label));
  }

  private boolean isNeeded(DomainName service) {
    return !held.of(service).isEmpty();
  }

  private static Duration serveFor(int seconds) {
    return Duration.ofSeconds(Math.clamp(Integer.toUnsignedLong(seconds), 0, 8L * 86_400));
  }

  /** What is to be kept on disk. */
  SavedDuties.Content content() {
    return new SavedDuties.Content(
        services.zones(), services.dropped(), services.removedVersions(), held.all());
  }

  /** Takes back what was kept; to be called before anything else. */
  void restore(SavedDuties.Content content) {
    content.zones().forEach(services::update);
    content.dropped().forEach(services::restoreDropped);
    content.removedVersions().forEach(services::restoreRemoved);
    for (HeldDuty duty : content.held()) {
      held.put(duty);
      expireLater(duty.label());
      tellChanged(duty.label());
    }
    services.dropUnneeded(this::isNeeded);
  }
}
