package net.dglb.lab.run;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;

/** Finds out which ports may be used. */
final class FreePort {

  private FreePort() {}

  /** The first of the ports that can be bound at every address, over UDP and TCP. */
  static int firstFree(Collection<InetAddress> addresses, int... ports) throws IOException {
    IOException last = new IOException("no ports to choose from");
    for (int port : ports) {
      try {
        for (InetAddress address : addresses) {
          tryBoth(address, port);
        }
        return port;
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static void tryBoth(InetAddress address, int port) throws IOException {
    InetSocketAddress at = new InetSocketAddress(address, port);
    try (DatagramSocket udp = new DatagramSocket(null);
        ServerSocket tcp = new ServerSocket()) {
      udp.bind(at);
      tcp.bind(at);
    } catch (IOException e) {
      throw new IOException(
          "%s port %d cannot be used: %s (does another lab run?)"
              .formatted(address.getHostAddress(), port, e.getMessage()),
          e);
    }
  }
}
