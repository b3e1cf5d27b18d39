package net.dglb.mapping.convert;

/**
 * A message whose bytes were fine but whose content cannot be; the text says what and where. Its
 * sender is defective, and the session ends; not so with {@link InvalidContentException}.
 */
public class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With a text for people that names the field, its value and what was expected. */
  public MalformedMessageException(String message) {
    super(message);
  }

  /** The same kind of exception with the place in front. */
  MalformedMessageException within(String where) {
    return new MalformedMessageException(where + ": " + getMessage());
  }
}
