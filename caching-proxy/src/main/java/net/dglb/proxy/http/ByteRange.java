package net.dglb.proxy.http;

/** What a Range field asks of a content of known length (RFC 9110, section 14). */
public sealed interface ByteRange {
  /**
   * The field is to be ignored: another unit, not valid, or several ranges, which are not sent as
   * multipart.
   */
  record Whole() implements ByteRange {}

  /** No byte of the content lies in the range. */
  record Unsatisfiable() implements ByteRange {}

  /**
   * One run of bytes.
   *
   * @param first the first byte, from 0
   * @param last the last byte, included
   */
  record Part(long first, long last) implements ByteRange {}

  /**
   * Reads a Range field.
   *
   * @param length bytes of the content, at least 0
   */
  static ByteRange parse(String text, long length) {
    String field = text.strip();
    if (!field.regionMatches(true, 0, "bytes=", 0, 6)) {
      return new Whole();
    }
    String range = field.substring(6).strip();
    int dash = range.indexOf('-');
    if (dash < 0) {
      return new Whole();
    }
    String from = range.substring(0, dash);
    String to = range.substring(dash + 1);
    boolean valid =
        (from.isEmpty() || Syntax.isDigits(from))
            && (to.isEmpty() || Syntax.isDigits(to))
            && !(from.isEmpty() && to.isEmpty());
    if (!valid) {
      return new Whole();
    }
    return from.isEmpty() ? suffix(to, length) : part(from, to, length);
  }

  private static ByteRange suffix(String count, long length) {
    long wanted = Syntax.number(count, Long.MAX_VALUE);
    if (wanted == 0) {
      return new Unsatisfiable();
    }
    // The last bytes of nothing are nothing, which Content-Range cannot say.
    return length == 0 ? new Whole() : new Part(Math.max(0, length - wanted), length - 1);
  }

  private static ByteRange part(String from, String to, long length) {
    long first = Syntax.number(from, Long.MAX_VALUE);
    long last = to.isEmpty() ? Long.MAX_VALUE : Syntax.number(to, Long.MAX_VALUE);
    if (last < first) {
      return new Whole();
    }
    return first >= length ? new Unsatisfiable() : new Part(first, Math.min(last, length - 1));
  }
}
