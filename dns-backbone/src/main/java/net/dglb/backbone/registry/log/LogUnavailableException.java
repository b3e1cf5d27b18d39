package net.dglb.backbone.registry.log;

import java.io.Serial;

/** No majority of the voters confirmed a command in time. The message is for people. */
public final class LogUnavailableException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  /** With a text for people. */
  public LogUnavailableException(String message) {
    super(message);
  }
}
