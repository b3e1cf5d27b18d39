package net.dglb.service;

import java.util.List;

/**
 * What HTTPS records (RFC 9460) say of a service, besides the addresses of its sites.
 *
 * @param alpn protocol ids such as {@code h2} and {@code h3}, at most {@link #MAX_ALPN}; none to
 *     say nothing of them
 * @param defaultAlpn whether HTTP/1.1 is spoken as well; otherwise {@code no-default-alpn} is said
 * @param port 1 to 65535; 0 for the usual one
 */
public record HttpsBinding(List<String> alpn, boolean defaultAlpn, int port) {

  /** The most protocol ids. */
  public static final int MAX_ALPN = 16;

  /** Checks the ranges. */
  public HttpsBinding {
    alpn = List.copyOf(alpn);
    Limits.range("number of alpn ids", alpn.size(), 0, MAX_ALPN);
    for (String id : alpn) {
      if (!id.matches("[A-Za-z0-9./_+-]{1,255}")) {
        throw new IllegalArgumentException(
            "alpn: \"" + id + "\" (expected protocol ids such as h2, h3 and http/1.1)");
      }
    }
    if (alpn.stream().distinct().count() != alpn.size()) {
      throw new IllegalArgumentException("alpn: an id stands twice (expected each once)");
    }
    if (!defaultAlpn && alpn.isEmpty()) {
      throw new IllegalArgumentException(
          "default-alpn: without it and without alpn no protocol is left (expected alpn ids)");
    }
    Limits.range("port", port, 0, 65535);
  }
}
