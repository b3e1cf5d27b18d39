package net.dglb.dns.serve;

import java.io.IOException;
import java.net.SocketException;
import java.util.Locale;
import net.dglb.net.Endpoint;

/** Says which address could not be bound, why, and what to do. */
final class BindFailure {

  private static final int LAST_PRIVILEGED_PORT = 1023;

  private BindFailure() {}

  static IOException of(String protocol, Endpoint endpoint, IOException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof SocketException)) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage());
    return new IOException(
        "cannot listen on "
            + endpoint
            + " over "
            + protocol
            + ": "
            + reason
            + " ("
            + advice(endpoint, reason.toLowerCase(Locale.ROOT))
            + ")",
        failure);
  }

  private static String advice(Endpoint endpoint, String reason) {
    if (reason.contains("permission") && endpoint.port() <= LAST_PRIVILEGED_PORT) {
      return "ports below 1024 need root or CAP_NET_BIND_SERVICE, or another port";
    }
    if (reason.contains("in use")) {
      return "another process or server has this address: stop it, or listen elsewhere";
    }
    if (reason.contains("assign")) {
      return "no interface of this machine has the address: add it, or listen elsewhere";
    }
    return "check the address and the port";
  }
}
