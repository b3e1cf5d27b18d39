package net.dglb.dns.serve;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.locks.LockSupport;
import net.dglb.net.Endpoint;

/**
 * Waits until a TCP address is free again: a selector gives a closed listening socket back to the
 * system only when it looks the next time, after the close was reported as done.
 */
final class PortRelease {

  private static final int ATTEMPTS = 2_000;
  private static final long PAUSE_NANOS = 1_000_000;

  private PortRelease() {}

  static void await(Endpoint endpoint) {
    for (int i = 0; i < ATTEMPTS && !isFree(endpoint); i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean isFree(Endpoint endpoint) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(endpoint.toSocketAddress());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
