package net.dglb.dns.serve;

import java.nio.charset.StandardCharsets;
import net.dglb.config.ConfigSection;

/**
 * What the server tells of itself.
 *
 * @param id told by NSID (RFC 5001), {@code id.server} and {@code hostname.bind} (RFC 4892); empty
 *     for nothing
 * @param version told by {@code version.bind} and {@code version.server}; empty for nothing
 */
public record ServerIdentity(String id, String version) {

  /** Tells nothing. */
  public static final ServerIdentity NONE = new ServerIdentity("", "");

  private static final int MAX_OCTETS = 128;

  /** Checks the lengths. */
  public ServerIdentity {
    Ranges.check("octets of the server's id", octets(id).length, 0, MAX_OCTETS);
    Ranges.check("octets of the server's version", octets(version).length, 0, MAX_OCTETS);
  }

  static ServerIdentity read(ConfigSection dns) {
    return new ServerIdentity(text(dns, "server-id"), text(dns, "server-version"));
  }

  private static String text(ConfigSection dns, String key) {
    String text = dns.optionalString(key).orElse("");
    if (octets(text).length > MAX_OCTETS) {
      dns.problem(key, "value: " + text + " (expected: at most " + MAX_OCTETS + " octets)");
      return "";
    }
    return text;
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
