package net.dglb.backbone.update;

import net.dglb.dns.slow.UpdateAnswer;
import net.dglb.dns.wire.ExtendedError;
import org.xbill.DNS.Rcode;

/**
 * An update that is not made, as a whole; the message says why, to who asked and to the node's log.
 */
final class RefusedUpdateException extends Exception {

  private static final long serialVersionUID = 1;

  private final int rcode;

  RefusedUpdateException(int rcode, String message) {
    super(message);
    this.rcode = rcode;
  }

  int rcode() {
    return rcode;
  }

  /** What is answered. */
  UpdateAnswer answer() {
    int error =
        switch (rcode) {
          case Rcode.REFUSED -> ExtendedError.PROHIBITED;
          case Rcode.NOTAUTH -> ExtendedError.NOT_AUTHORITATIVE;
          default -> ExtendedError.OTHER_ERROR;
        };
    return UpdateAnswer.of(rcode, error, String.valueOf(getMessage()));
  }
}
