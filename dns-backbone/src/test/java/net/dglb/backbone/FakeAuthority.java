package net.dglb.backbone;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.convert.ZonePages;
import net.dglb.mapping.session.ClientSettings;
import net.dglb.mapping.session.MappingClient;
import net.dglb.mapping.session.Peer;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.net.Endpoint;
import net.dglb.service.EnterpriseZone;
import net.dglb.time.ControlThread;

/** The protocol's side of an authority. */
final class FakeAuthority implements SessionListener, AutoCloseable {
  final List<Frame> received = new CopyOnWriteArrayList<>();
  private final EnterpriseZone zone;
  private final Vertx vertx = Vertx.vertx();
  private final ControlThread control = new ControlThread("control-authority");
  private final MappingClient client;
  private boolean closed;

  FakeAuthority(NodeIdentity identity, EnterpriseZone zone, Endpoint backbone) {
    this.zone = zone;
    client =
        new MappingClient(
            vertx,
            identity,
            ClientSettings.of(List.of(), Set.of(NodeRole.BACKBONE)),
            Hello::getDefaultInstance,
            this,
            control,
            new Random(1));
    client.setPeers(List.of(Peer.at(backbone)));
  }

  void register(EnterpriseZone changed) {
    client.sessions().forEach(session -> register(session, changed));
  }

  boolean has(Predicate<Frame> wanted) {
    return received.stream().anyMatch(wanted);
  }

  net.dglb.mapping.wire.Error lastError() {
    return received.stream().filter(Frame::hasError).toList().getLast().getError();
  }

  private static void register(Session session, EnterpriseZone zone) {
    ZonePages.registrations(zone)
        .forEach(
            page -> session.send(Frame.newBuilder().setCorrelation(1).setRegister(page).build()));
  }

  @Override
  public void opened(Session session) {
    register(session, zone);
  }

  @Override
  public void received(Session session, Frame frame) {
    received.add(frame);
    if (frame.getError().getCode() == ErrorCode.ERROR_UNAVAILABLE) {
      register(session, zone);
    }
  }

  @Override
  public void closed(Session session, String why) {}

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    client.close();
    control.close();
    vertx.close();
  }
}
