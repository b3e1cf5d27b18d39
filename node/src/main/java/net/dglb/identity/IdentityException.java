package net.dglb.identity;

/** A certificate, key or secret that cannot be used; the message names the file and says why. */
public final class IdentityException extends Exception {

  /** With a message for people. */
  public IdentityException(String message) {
    super(message);
  }

  /** With a message for people and what lies behind it. */
  public IdentityException(String message, Throwable cause) {
    super(message, cause);
  }
}
