package net.dglb.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A record of the audit as a line of text, whose SHA-256 is the record's hash. Defined in
 * docs/registering.md, so that anybody can check a chain: the form never changes.
 *
 * @param previousHash of the record before, in hexadecimal digits; {@link #FIRST} before the first
 * @param number from 1, without a gap
 * @param at when, as {@link java.time.Instant#toString} writes it
 * @param actor who
 * @param source from where
 * @param action what was asked for
 * @param subject of what
 * @param outcome what became of it
 */
public record AuditLine(
    String previousHash,
    long number,
    String at,
    String actor,
    String source,
    String action,
    String subject,
    String outcome) {

  /** What stands for the hash of a record before the first. */
  public static final String FIRST = "0".repeat(64);

  /** The line, without the line feed that ends it: eight fields with tabs between them. */
  public String text() {
    return String.join(
        "\t",
        plain(previousHash),
        Long.toString(number),
        plain(at),
        plain(actor),
        plain(source),
        plain(action),
        plain(subject),
        plain(outcome));
  }

  /** SHA-256 of the line and the line feed, in lower-case hexadecimal digits. */
  public String hash() {
    return HexFormat.of()
        .formatHex(sha256().digest((text() + "\n").getBytes(StandardCharsets.US_ASCII)));
  }

  /** Printable ASCII: a backslash is doubled, any other UTF-16 code unit written as its number. */
  private static String plain(String field) {
    StringBuilder line = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char unit = field.charAt(i);
      if (unit == '\\') {
        line.append("\\\\");
      } else if (unit >= ' ' && unit <= '~') {
        line.append(unit);
      } else {
        line.append("\\u").append(HexFormat.of().toHexDigits(unit));
      }
    }
    return line.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
