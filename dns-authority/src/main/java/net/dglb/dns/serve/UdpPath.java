package net.dglb.dns.serve;

import java.io.IOException;
import net.dglb.dns.linux.NativeAccess;
import net.dglb.net.Endpoint;

/** How UDP messages are moved; {@code dns.udp} in the configuration. */
public enum UdpPath {
  /** {@link #NATIVE} where that works, else {@link #PORTABLE}. */
  AUTO,
  /** Many messages per system call: Linux, with native access allowed; else an error. */
  NATIVE,
  /** One message per system call, on any system. */
  PORTABLE;

  /**
   * Binds a socket.
   *
   * @throws IOException if it cannot be bound, or if the native path is wanted and does not work
   *     here
   */
  UdpTransport bind(Endpoint endpoint, boolean shared) throws IOException {
    if (this == PORTABLE || (this == AUTO && !NativeAccess.isAvailable())) {
      return NioUdpTransport.bind(endpoint, shared);
    }
    if (!NativeAccess.isAvailable()) {
      throw new IOException("no native UDP path: " + NativeAccess.obstacle());
    }
    return LinuxUdpTransport.bind(endpoint, shared);
  }
}
