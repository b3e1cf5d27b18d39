package net.dglb.net;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;

/** An address that cannot be listened on: says which key names it, why, and what to do. */
public final class BindFailure extends IOException {

  private static final long serialVersionUID = 1;
  private static final int LAST_PRIVILEGED_PORT = 1023;
  private static final String NO_IPV6 = "this machine has no IPv6";

  private BindFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** Something that listens. */
  public interface Listening<T> {
    T start() throws IOException;
  }

  /**
   * Makes a failure.
   *
   * @param protocol such as {@code UDP}
   * @param failure what the system or a library said
   */
  public static BindFailure of(String protocol, Endpoint endpoint, Throwable failure) {
    String reason = reason(failure);
    return new BindFailure(
        "cannot listen on %s over %s: %s (%s)"
            .formatted(endpoint, protocol, reason, advice(endpoint, reason)),
        failure);
  }

  /** The same with the configuration key in front that names the address. */
  public BindFailure at(String key) {
    return new BindFailure(key + ": " + getMessage(), this);
  }

  /**
   * Starts to listen where a configuration key says.
   *
   * @throws IOException if that fails; a failed address is named with the key
   */
  public static <T> T at(String key, Listening<T> listening) throws IOException {
    try {
      return listening.start();
    } catch (BindFailure e) {
      throw e.at(key);
    }
  }

  /**
   * Tries whether this process could listen on an address now.
   *
   * @throws BindFailure if it could not
   */
  public static void probe(String protocol, Endpoint endpoint) throws BindFailure {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(endpoint.toSocketAddress());
    } catch (IOException e) {
      throw of(protocol, endpoint, e);
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof SocketException)) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof UnsupportedAddressTypeException
        || text.contains("ipv6")
        || text.contains("unsupported address type")) {
      return NO_IPV6;
    }
    if (text.contains("permission")) {
      return "permission denied";
    }
    if (text.contains("in use")) {
      return "address already in use";
    }
    return text.contains("assign") ? "no interface of this machine has the address" : text;
  }

  private static String advice(Endpoint endpoint, String reason) {
    if (reason.contains("permission") && endpoint.port() <= LAST_PRIVILEGED_PORT) {
      return "ports below 1024 need root or CAP_NET_BIND_SERVICE, or another port";
    }
    if (reason.contains("in use")) {
      return "another process or server has this address: stop it, or listen elsewhere";
    }
    if (reason.contains("no interface")) {
      return "add it, or listen elsewhere";
    }
    if (reason.equals(NO_IPV6)) {
      return "switch it on, or listen at IPv4 addresses alone";
    }
    return "check the address and the port";
  }
}
