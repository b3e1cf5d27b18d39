package net.dglb.mapping.session;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.dglb.mapping.frame.FrameDecoder;
import net.dglb.mapping.frame.FrameEncoder;
import net.dglb.mapping.frame.FrameVerdict;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Role;
import net.dglb.net.Endpoint;

/** A peer that says exactly what a test wants, and does nothing by itself. */
final class RawPeer implements AutoCloseable {

  /** Kept, because Vert.x closes a client that nobody holds any more. */
  private final NetClient client;

  final NetSocket socket;
  final List<Frame> frames = new CopyOnWriteArrayList<>();
  volatile boolean closed;

  /** Why the connection failed, in the words of a node. */
  volatile String problem = "";

  private RawPeer(NetClient client, NetSocket socket) {
    this.client = client;
    this.socket = socket;
    FrameDecoder decoder = new FrameDecoder(SessionSettings.MAX_FRAME_BYTES);
    socket.exceptionHandler(failure -> problem = Tls.why(failure));
    socket.closeHandler(done -> closed = true);
    socket.handler(bytes -> {
      decoder.append(bytes);
      while (decoder.next() instanceof FrameVerdict.Complete(Frame frame, _)) {
        frames.add(frame);
      }
    });
  }

  static RawPeer connect(Vertx vertx, NetClientOptions options, Endpoint server) {
    NetClient client = vertx.createNetClient(options);
    return TestNetwork.await(
        client
            .connect(server.port(), server.address().getHostAddress())
            .map(socket -> new RawPeer(client, socket)));
  }

  static Hello.Builder goodHello(String id) {
    return Hello.newBuilder()
        .setVersionMin(1)
        .setVersionMax(1)
        .setRole(Role.ROLE_LOAD_BALANCER)
        .setId(id)
        .setPingIntervalMillis(5000)
        .setMaxFrameBytes(1024 * 1024);
  }

  void send(Frame.Builder frame) {
    send(FrameEncoder.encode(frame.build()));
  }

  void send(Buffer bytes) {
    var _ = socket.write(bytes);
  }

  void hello(Hello.Builder hello) {
    send(Frame.newBuilder().setHello(hello));
  }

  /** The fatal error that it was told, or a default one. */
  Error error() {
    return frames.stream()
        .filter(Frame::hasError)
        .map(Frame::getError)
        .findFirst()
        .orElse(Error.getDefaultInstance());
  }

  boolean welcomed() {
    return frames.stream().anyMatch(Frame::hasWelcome);
  }

  @Override
  public void close() {
    TestNetwork.await(socket.close().compose(done -> client.close()));
  }
}
