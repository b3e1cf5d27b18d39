package net.dglb.mapping.convert;

/**
 * A well-formed message that is against the rules of the service model, or says something that only
 * a newer version knows. Its sender is told, and the session goes on.
 */
public final class InvalidContentException extends MalformedMessageException {

  private static final long serialVersionUID = 1L;

  /** With a text for people that names the field, its value and what was expected. */
  public InvalidContentException(String message) {
    super(message);
  }

  @Override
  InvalidContentException within(String where) {
    return new InvalidContentException(where + ": " + getMessage());
  }
}
