package net.dglb.backbone.update;

/** An update that is not made, as a whole; the message says why, for the node's log. */
final class RefusedUpdateException extends Exception {

  private static final long serialVersionUID = 1;

  private final int rcode;

  RefusedUpdateException(int rcode, String message) {
    super(message);
    this.rcode = rcode;
  }

  /** What is answered. */
  int rcode() {
    return rcode;
  }
}
