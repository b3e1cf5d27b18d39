package net.dglb.authority;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dglb.mapping.convert.MalformedMessageException;
import net.dglb.mapping.convert.WireDuties;
import net.dglb.mapping.convert.WireServices;
import net.dglb.mapping.convert.ZoneDelegation;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Registered;
import net.dglb.mapping.wire.Unregistered;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;

/** A backbone node that remembers what is registered and says what a test tells it to say. */
final class BackboneSide implements SessionListener {

  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final List<String> registered = new CopyOnWriteArrayList<>();
  private final List<String> unregistered = new CopyOnWriteArrayList<>();
  private volatile boolean acknowledgingRemovals = true;
  private volatile String refusal = "";
  private volatile Frame delegation = Frame.getDefaultInstance();

  /** Each registration as its origin and its first site's address. */
  List<String> registered() {
    return registered;
  }

  /** The origin of each zone that was to be removed. */
  List<String> unregistered() {
    return unregistered;
  }

  /** From now on removals are heard and not answered, or answered again. */
  void acknowledgeRemovals(boolean acknowledging) {
    acknowledgingRemovals = acknowledging;
  }

  void refuseAll(String text) {
    refusal = text;
  }

  /** Tells every session, and those to come, how a zone is delegated. */
  void delegate(String origin, String server, String address) {
    ZoneDelegation said =
        new ZoneDelegation(
            DomainName.of(origin),
            List.of(
                new ZoneDelegation.NameServer(
                    DomainName.of(server), List.of(InetAddress.ofLiteral(address)))),
            Duration.ofDays(1),
            List.of());
    delegation = Frame.newBuilder().setDelegation(WireDuties.toWire(said)).build();
    sessions.forEach(session -> session.send(delegation));
  }

  @Override
  public void opened(Session session) {
    sessions.add(session);
    if (delegation.hasDelegation()) {
      session.send(delegation);
    }
  }

  @Override
  public void received(Session session, Frame frame) {
    if (frame.hasUnregister()) {
      unregister(session, frame);
    }
    if (!frame.hasRegister()) {
      return;
    }
    if (!refusal.isEmpty()) {
      session.refuse(frame, ErrorCode.ERROR_NOT_PERMITTED, refusal);
      return;
    }
    try {
      EnterpriseZone zone = WireServices.fromWire(frame.getRegister().getZone());
      registered.add(
          zone.origin()
              + " "
              + zone.services()
                  .getFirst()
                  .sites()
                  .getFirst()
                  .addresses()
                  .getFirst()
                  .getHostAddress());
      Registered answer =
          Registered.newBuilder().setOrigin(zone.origin().toString()).setVersion(1).build();
      session.send(
          Frame.newBuilder().setCorrelation(frame.getCorrelation()).setRegistered(answer).build());
    } catch (MalformedMessageException e) {
      session.refuse(frame, ErrorCode.ERROR_MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private void unregister(Session session, Frame frame) {
    String origin = frame.getUnregister().getOrigin();
    unregistered.add(origin);
    if (acknowledgingRemovals) {
      session.send(
          Frame.newBuilder()
              .setCorrelation(frame.getCorrelation())
              .setUnregistered(Unregistered.newBuilder().setOrigin(origin).setVersion(1))
              .build());
    }
  }

  @Override
  public void closed(Session session, String why) {
    sessions.remove(session);
  }
}
