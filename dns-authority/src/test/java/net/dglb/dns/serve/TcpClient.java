package net.dglb.dns.serve;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import net.dglb.net.Endpoint;
import org.xbill.DNS.Message;

/** A DNS client over TCP that can send anything. */
final class TcpClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;

  TcpClient(Endpoint server) throws IOException {
    socket = new Socket(server.address(), server.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** From a source address of its own. */
  TcpClient(Endpoint server, InetAddress source) throws IOException {
    socket = new Socket(server.address(), server.port(), source, 0);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  static byte[] frame(Message... messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Message message : messages) {
      byte[] wire = message.toWire();
      bytes.write(wire.length >>> 8);
      bytes.write(wire.length);
      bytes.writeBytes(wire);
    }
    return bytes.toByteArray();
  }

  void send(Message... messages) throws IOException {
    send(frame(messages));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Closes this direction alone. */
  void sendNoMore() throws IOException {
    socket.shutdownOutput();
  }

  Message receive() throws IOException {
    byte[] wire = new byte[in.readUnsignedShort()];
    in.readFully(wire);
    return new Message(wire);
  }

  /** Waits for the server to close; true if it did so without another octet. */
  boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true; // a reset is an end as well
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
