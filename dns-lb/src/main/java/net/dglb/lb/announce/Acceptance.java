package net.dglb.lb.announce;

import net.dglb.mapping.convert.AnnouncementVersion;
import net.dglb.mapping.wire.ErrorCode;

/** What one backbone node made of the statements it was sent. */
final class Acceptance {

  private AnnouncementVersion acknowledged = AnnouncementVersion.NONE;
  private long serveSeconds;
  private String refusal = "";
  private String end = "";
  private boolean forbidden;

  void acknowledged(AnnouncementVersion version, long seconds) {
    acknowledged = version;
    serveSeconds = seconds;
    refusal = "";
    forbidden = false;
  }

  /** Takes a refusal; returns whether it is another one than the last. */
  boolean refused(ErrorCode code, String text) {
    String before = refusal;
    forbidden = code == ErrorCode.ERROR_NOT_PERMITTED;
    refusal =
        switch (code) {
          case ERROR_NOT_PERMITTED -> "refused: this identity may not announce that: " + text;
          case ERROR_INVALID -> "refused: the announcement is not valid: " + text;
          case ERROR_OLD_VERSION -> "refused: a later announcement is stored: " + text;
          case ERROR_UNAVAILABLE -> "not stored for now: " + text;
          case ERROR_TOO_MANY -> "refused: too many prefixes: " + text;
          default -> "refused (" + code + "): " + text;
        };
    return !refusal.equals(before);
  }

  void lost(String why) {
    end = why;
  }

  boolean isRefused() {
    return !refusal.isEmpty();
  }

  /** Whether the last statement was refused for want of a grant. */
  boolean isForbidden() {
    return forbidden;
  }

  boolean isAcknowledged(AnnouncementVersion version) {
    return acknowledged.equals(version);
  }

  long serveSeconds() {
    return serveSeconds;
  }

  String inWords(AnnouncementVersion version) {
    String session = end.isEmpty() ? "" : "; session over: " + end;
    if (isRefused()) {
      return refusal + session;
    }
    if (isAcknowledged(version)) {
      return "stored " + acknowledged + session;
    }
    return (acknowledged.equals(AnnouncementVersion.NONE)
            ? "not acknowledged yet"
            : "stored " + acknowledged + ", a later version not acknowledged yet")
        + session;
  }
}
