package net.dglb.mapping.session;

import net.dglb.mapping.wire.Error;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;

/** Makes frames that say what was wrong. */
final class Errors {

  /** The longest text that is sent, in characters. */
  static final int MAX_TEXT = 1_000;

  private Errors() {}

  static Frame of(long correlation, ErrorCode code, String text) {
    return frame(correlation, code, text, false);
  }

  static Frame fatal(ErrorCode code, String text) {
    return frame(0, code, text, true);
  }

  private static Frame frame(long correlation, ErrorCode code, String text, boolean fatal) {
    return Frame.newBuilder()
        .setCorrelation(correlation)
        .setError(Error.newBuilder().setCode(code).setText(shortened(text)).setFatal(fatal))
        .build();
  }

  static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }
}
