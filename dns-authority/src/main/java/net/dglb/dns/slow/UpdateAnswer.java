package net.dglb.dns.slow;

import java.util.Optional;
import org.xbill.DNS.ExtendedErrorCodeOption;

/**
 * What a dynamic update is answered.
 *
 * @param rcode the response code (RFC 2136 section 2.2)
 * @param why is told beside it to who speaks EDNS (RFC 8914); empty if the code says all
 */
public record UpdateAnswer(int rcode, Optional<ExtendedErrorCodeOption> why) {

  /** Longer texts are cut: an answer over UDP stays small, also one that a forger asks for. */
  private static final int TEXT_MAX = 200;

  /** A code that says all. */
  public static UpdateAnswer of(int rcode) {
    return new UpdateAnswer(rcode, Optional.empty());
  }

  /**
   * A code with a reason.
   *
   * @param error of {@link net.dglb.dns.wire.ExtendedError}
   * @param text for people; may be empty
   */
  public static UpdateAnswer of(int rcode, int error, String text) {
    String brief = text.substring(0, Math.min(text.length(), TEXT_MAX));
    return new UpdateAnswer(rcode, Optional.of(new ExtendedErrorCodeOption(error, brief)));
  }
}
