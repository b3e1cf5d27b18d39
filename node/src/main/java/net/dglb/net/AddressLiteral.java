package net.dglb.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Reads IP addresses from text, and writes them. Stricter than the JDK, which takes {@code 10.1}
 * and {@code 010.0.0.1} for 10.0.0.1, where other programs read 8.0.0.1 in the latter.
 */
public final class AddressLiteral {

  private static final String OCTET = "(0|[1-9]\\d{0,2})";
  private static final Pattern IPV4 =
      Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);

  private AddressLiteral() {}

  /**
   * Reads four decimal octets or an IPv6 address (RFC 4291 section 2.2). Never looks a name up.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static InetAddress parse(String text) {
    if (!text.contains(":") && !IPV4.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "address: " + text + " (expected an IP address, such as 192.0.2.1 or 2001:db8::1)");
    }
    return InetAddress.ofLiteral(text);
  }

  /** The text of an address for people and programs, IPv6 in the short form of RFC 5952. */
  public static String text(InetAddress address) {
    return NetUtil.toAddressString(address);
  }
}
