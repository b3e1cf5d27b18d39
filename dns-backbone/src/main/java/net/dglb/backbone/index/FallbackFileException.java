package net.dglb.backbone.index;

/** A fallback file that cannot be used; the text names file and line. */
public final class FallbackFileException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The text is for people. */
  public FallbackFileException(String message) {
    super(message);
  }
}
