package net.dglb.backbone.map;

/** A value in a shared map that no node of this backbone put there. */
public final class BadSealException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The text says what is wrong with the value. */
  public BadSealException(String message) {
    super(message);
  }
}
