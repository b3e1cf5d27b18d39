package net.dglb.node;

/** Durable state that cannot be opened or written; the message names the file and says why. */
public final class StateException extends RuntimeException {

  StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
