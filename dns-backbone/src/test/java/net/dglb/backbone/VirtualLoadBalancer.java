package net.dglb.backbone;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.dglb.decision.Estimate;
import net.dglb.decision.Health;
import net.dglb.decision.SiteState;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.Announcement;
import net.dglb.mapping.convert.AnnouncementPages;
import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.convert.PlaceEstimates;
import net.dglb.mapping.convert.WireEstimates;
import net.dglb.mapping.session.InMemorySession;
import net.dglb.mapping.wire.AddressCheckAck;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Withdraw;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import net.dglb.service.ProbeTarget;
import net.dglb.service.Service;

/** The protocol's side of a load balancer in virtual time: does what it is told, unless lazy. */
final class VirtualLoadBalancer {

  final String id;
  final InetAddress address;
  private final Optional<Location> location;
  private final ControlPlane backbone;
  private AnnouncementVersion version = AnnouncementVersion.NONE;
  private InMemorySession session;
  private int answered;
  private boolean open;

  /** When it says that it announces; empty as those did that came before this field. */
  Optional<Instant> announced = Optional.of(Instant.parse("2025-12-31T23:59:59.5Z"));

  /** Whether it announces that it wants every service before it is asked for one. */
  boolean inAdvance;

  /** Whether it acknowledges nothing. */
  boolean lazy;

  VirtualLoadBalancer(
      String id, InetAddress address, Optional<Location> location, ControlPlane backbone) {
    this.id = id;
    this.address = address;
    this.location = location;
    this.backbone = backbone;
    session = new InMemorySession(NodeRole.LOAD_BALANCER, id);
  }

  void connect() {
    if (!open) {
      session = new InMemorySession(NodeRole.LOAD_BALANCER, id);
      answered = 0;
      open = true;
      backbone.reception().opened(session);
    }
  }

  void die() {
    if (open) {
      open = false;
      backbone.reception().closed(session, "gone");
    }
  }

  void announce(List<Prefix> resolvers, List<Prefix> clients) {
    version = version.next();
    Announcement said =
        new Announcement(
            id,
            version,
            announced,
            List.of(address),
            53,
            resolvers,
            clients,
            location,
            inAdvance,
            List.of());
    AnnouncementPages.split(said)
        .forEach(page -> say(Frame.newBuilder().setCorrelation(1).setAnnounce(page)));
  }

  void withdraw() {
    version = version.next();
    say(
        Frame.newBuilder()
            .setCorrelation(2)
            .setWithdraw(Withdraw.newBuilder().setVersion(version.toWire()).setReason("test")));
  }

  /** Reports random estimates of a service's targets, some of them down. */
  void report(Service service, Instant now, Random random) {
    Map<ProbeTarget, SiteState> states = new HashMap<>();
    service
        .targets()
        .forEach(target -> {
          Health health = random.nextInt(4) == 0 ? Health.DOWN : Health.UP;
          Estimate estimate = new Estimate(1 + random.nextInt(200), 0, 3, now);
          states.put(target, new SiteState(Optional.of(estimate), health));
        });
    report(states);
  }

  /** Reports what it measured. */
  void report(Map<ProbeTarget, SiteState> states) {
    WireEstimates.toWire(new PlaceEstimates(id, states))
        .forEach(message -> say(Frame.newBuilder().setEstimates(message)));
  }

  /** Does what it was told since the last time. */
  void react() {
    List<Frame> told = session.sent();
    for (Frame frame : told.subList(answered, told.size())) {
      if (frame.hasAddressCheck() && !lazy) {
        String name = frame.getAddressCheck().getName();
        say(Frame.newBuilder().setAddressCheckAck(AddressCheckAck.newBuilder().setName(name)));
      } else if (frame.hasDuty() && !lazy) {
        say(
            Frame.newBuilder()
                .setDutyAck(
                    DutyAck.newBuilder()
                        .setLabel(frame.getDuty().getLabel())
                        .setService(frame.getDuty().getService())
                        .setZoneVersion(frame.getDuty().getZoneVersion())));
      }
    }
    answered = told.size();
  }

  private void say(Frame.Builder frame) {
    if (open) {
      backbone.reception().received(session, frame.build());
    }
  }
}
