package net.dglb.proxy.http;

/** Characters and numbers of HTTP fields (RFC 9110, section 5.6). */
public final class Syntax {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private Syntax() {}

  /** Whether the text is a token. */
  public static boolean isToken(String text) {
    return !text.isEmpty() && tokenEnd(text, 0) == text.length();
  }

  /** The position after the token characters that begin at {@code from}. */
  public static int tokenEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isTokenCharacter(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Whether this is a digit 0 to 9. */
  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether the text is one digit or more and nothing else. */
  public static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isDigit((char) c));
  }

  /**
   * The number that digits say, or {@code limit} if it is larger (RFC 9111, section 1.2.2 for
   * delta-seconds).
   *
   * @param digits only digits, any number of them
   */
  public static long number(String digits, long limit) {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (value > (limit - digit) / 10) {
        return limit;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static boolean isTokenCharacter(char c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }
}
