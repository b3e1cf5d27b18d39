package net.dglb.backbone;

import io.vertx.core.buffer.Buffer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import net.dglb.identity.NodeIdentity;
import net.dglb.identity.NodeRole;
import net.dglb.mapping.frame.FrameDecoder;
import net.dglb.mapping.frame.FrameEncoder;
import net.dglb.mapping.frame.FrameVerdict;
import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.mapping.wire.Role;
import net.dglb.net.Endpoint;

/** A load balancer by its certificate that sends whatever octets a test wants. */
final class RawPeer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final SSLSocket socket;
  private final FrameDecoder decoder = new FrameDecoder(1 << 20);

  private RawPeer(SSLSocket socket) {
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param shown whose certificate to show
   * @param member of the network that the server belongs to
   */
  static RawPeer connect(NodeIdentity shown, NodeIdentity member, Endpoint server)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(
        new KeyManager[] {shown.keyManager()},
        new TrustManager[] {member.trust(NodeRole.BACKBONE)},
        null);
    Socket connection = new Outspoken();
    connection.connect(server.toSocketAddress());
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(connection, server.address().getHostAddress(), server.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"dglb-mapping/1"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new RawPeer(socket);
  }

  /** Whoever is hung up on while it still talks does not notice, and reads the last word. */
  private static final class Outspoken extends Socket {

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] octets, int from, int count) {
          try {
            out.write(octets, from, count);
          } catch (IOException e) {
            // What was said before that waits to be read.
          }
        }
      };
    }
  }

  void hello(String id) throws IOException {
    send(
        FrameEncoder.encode(
                Frame.newBuilder()
                    .setHello(
                        Hello.newBuilder()
                            .setVersionMin(1)
                            .setVersionMax(1)
                            .setRole(Role.ROLE_LOAD_BALANCER)
                            .setId(id)
                            .setPingIntervalMillis(5000)
                            .setMaxFrameBytes(1 << 20))
                    .build())
            .getBytes());
  }

  void send(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    socket.getOutputStream().flush();
  }

  /** Reads until the server says Welcome. */
  void awaitWelcome() throws IOException {
    Frame frame = next();
    while (!frame.hasWelcome()) {
      frame = next();
    }
  }

  /** Reads until the server ends the session, and gives its last word. */
  Error awaitFatalError() throws IOException {
    Frame frame = next();
    while (!frame.getError().getFatal()) {
      frame = next();
    }
    return frame.getError();
  }

  /** What TLS says when nothing comes but the end. */
  String awaitRefusal() throws IOException {
    try {
      int octet = socket.getInputStream().read();
      return octet < 0 ? "closed" : "an octet came";
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (SSLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Frame next() throws IOException {
    InputStream in = socket.getInputStream();
    byte[] octets = new byte[4096];
    while (true) {
      if (decoder.next() instanceof FrameVerdict.Complete(Frame frame, _)) {
        return frame;
      }
      int count = in.read(octets);
      if (count < 0) {
        throw new IOException("the server closed without a last word");
      }
      decoder.append(Buffer.buffer(Arrays.copyOf(octets, count)));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
