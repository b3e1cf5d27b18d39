package net.dglb.backbone.explain;

/** Of the moment that is asked for nothing is known, or not any more. */
final class UnknownPastException extends RuntimeException {

  UnknownPastException(String message) {
    super(message);
  }
}
