package net.dglb.lb;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.session.MappingServer;
import net.dglb.mapping.session.ServerSettings;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.AnnounceAck;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Welcome;
import net.dglb.mapping.wire.WithdrawAck;
import net.dglb.net.Endpoint;
import net.dglb.time.ControlThread;

/**
 * The mapping protocol's real server side, with the test in place of a backbone node's decisions.
 */
final class BackboneInMemory implements SessionListener {

  private final Vertx vertx = Vertx.vertx();
  private final ControlThread control = new ControlThread("backbone");
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final List<Frame> received = new CopyOnWriteArrayList<>();
  private final MappingServer server;

  BackboneInMemory(NodeIdentity identity) throws Exception {
    server =
        MappingServer.listen(
                vertx,
                identity,
                ServerSettings.of(
                    List.of(Endpoint.parse("127.0.0.1:0")), Set.of(NodeRole.LOAD_BALANCER)),
                (peer, hello) -> Welcome.getDefaultInstance(),
                this,
                control)
            .toCompletionStage()
            .toCompletableFuture()
            .get();
  }

  Endpoint endpoint() {
    return server.endpoints().getFirst();
  }

  List<Frame> received(Predicate<Frame> which) {
    return received.stream().filter(which).toList();
  }

  /** Where sessions came from so far. */
  List<String> peers() {
    return sessions.stream().map(it -> it.remote().address().getHostAddress()).toList();
  }

  void send(Frame frame) {
    sessions.getLast().send(frame);
  }

  @Override
  public void opened(Session session) {
    sessions.add(session);
  }

  @Override
  public void received(Session session, Frame frame) {
    received.add(frame);
    switch (frame.getMessageCase()) {
      case ANNOUNCE ->
          session.send(
              Frame.newBuilder()
                  .setCorrelation(frame.getCorrelation())
                  .setAnnounceAck(
                      AnnounceAck.newBuilder().setVersion(frame.getAnnounce().getVersion()))
                  .build());
      case WITHDRAW ->
          session.send(
              Frame.newBuilder()
                  .setWithdrawAck(
                      WithdrawAck.newBuilder()
                          .setVersion(frame.getWithdraw().getVersion())
                          .setServeSeconds(0))
                  .build());
      default -> {}
    }
  }

  @Override
  public void closed(Session session, String why) {}

  void stop() throws Exception {
    server.close().toCompletionStage().toCompletableFuture().get();
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }
}
