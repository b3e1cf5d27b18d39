package net.dglb.mapping.convert;

/** A message whose bytes were fine but whose content cannot be; the text says what and where. */
public final class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With a text for people that names the field, its value and what was expected. */
  public MalformedMessageException(String message) {
    super(message);
  }
}
