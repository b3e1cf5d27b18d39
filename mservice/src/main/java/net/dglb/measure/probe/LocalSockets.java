package net.dglb.measure.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.SocketFactory;

/** Makes sockets that leave from one local address. */
final class LocalSockets extends SocketFactory {

  private final Optional<InetAddress> local;

  LocalSockets(Optional<InetAddress> local) {
    this.local = local;
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      if (local.isPresent()) {
        socket.bind(new InetSocketAddress(local.get(), 0));
      }
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("names are not looked up here (expected an address)");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(address, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(address, port);
  }
}
