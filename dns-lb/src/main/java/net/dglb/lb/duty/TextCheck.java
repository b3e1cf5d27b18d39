package net.dglb.lb.duty;

import net.dglb.net.DomainName;

/**
 * A name at which a backbone node looks for a text, to see that DNS works here.
 *
 * @param name where
 * @param text the text, 1 to 255 octets
 */
public record TextCheck(DomainName name, String text) {

  /** Checks that the text fits one character string (RFC 1035 section 3.3). */
  public TextCheck {
    if (!text.matches("[ -~]{1,255}")) {
      throw new IllegalArgumentException("text: (expected 1 to 255 printable ASCII characters)");
    }
  }
}
