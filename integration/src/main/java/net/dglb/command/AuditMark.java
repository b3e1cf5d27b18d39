package net.dglb.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dglb.audit.AuditLine;

/**
 * Up to where somebody has the audit already.
 *
 * @param number of the last record; 0 before the first
 * @param hash of that record; empty if it is not known
 */
record AuditMark(long number, String hash) {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})(?::([0-9a-fA-F]{64}))?");

  /** Reads {@code NUMBER} or {@code NUMBER:HASH}. */
  static AuditMark parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "--after: %s (expected: the NUMBER of a record, or NUMBER:HASH with the 64 digits of its hash)"
              .formatted(text));
    }
    long number = Long.parseLong(parts.group(1));
    String hash = parts.group(2) == null ? "" : parts.group(2).toLowerCase(Locale.ROOT);
    if (number == 0 && !hash.isEmpty() && !hash.equals(AuditLine.FIRST)) {
      throw new IllegalArgumentException(
          "--after: %s (expected: 0 alone, or with 64 zeros: no record is before the first)"
              .formatted(text));
    }
    return new AuditMark(number, hash);
  }

  /** Whether a record may be the next one. */
  boolean isBefore(AuditLine record) {
    String expected = number == 0 ? AuditLine.FIRST : hash;
    return record.number() == number + 1
        && (expected.isEmpty() || record.previousHash().equals(expected));
  }

  @Override
  public String toString() {
    return hash.isEmpty() ? Long.toString(number) : number + ":" + hash;
  }
}
