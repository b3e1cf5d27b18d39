package net.dglb.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An address and a port to listen on or to connect to.
 *
 * @param address a literal address; names are never looked up
 * @param port 0 to 65535; 0 lets the system choose when listening
 */
public record Endpoint(InetAddress address, int port) {

  /** Checks the range of the port. */
  public Endpoint {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " (expected 0 to 65535)");
    }
  }

  /**
   * Reads {@code 127.0.0.1:53} or {@code [::1]:53}.
   *
   * @throws IllegalArgumentException if the text has another form; the message says which is
   *     expected
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String port = text.substring(colon + 1);
    if (host.isEmpty() || !port.matches("\\d{1,5}") || (host.contains(":") && !bracketed)) {
      throw new IllegalArgumentException(
          "endpoint: "
              + text
              + " (expected an address and a port, such as 127.0.0.1:53 or [::1]:53)");
    }
    String literal = bracketed ? host.substring(1, host.length() - 1) : host;
    return new Endpoint(AddressLiteral.parse(literal), Integer.parseInt(port));
  }

  /** The same for the socket API. */
  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(address, port);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    String host = AddressLiteral.text(address);
    return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
  }
}
