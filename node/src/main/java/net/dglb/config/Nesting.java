package net.dglb.config;

/**
 * How deep a HOCON text nests, told before it is parsed: the parser recurses without a bound, and a
 * stack that overflows surfaces as whatever was running then, at worst as a class that can never be
 * used again.
 */
final class Nesting {

  /** More levels than any file needs; the parser manages several times as many. */
  static final int MOST_LEVELS = 200;

  private static final String LONG_QUOTE = "\"\"\"";

  private final String text;
  private final int[] around = new int[MOST_LEVELS + 1];
  private int brackets;
  private int levels;
  private boolean lineEnded;
  private int at;

  private Nesting(String text) {
    this.text = text;
  }

  /** Whether brackets and the elements of keys nest more than {@link #MOST_LEVELS} levels. */
  static boolean isTooDeep(String text) {
    return new Nesting(text).exceeds();
  }

  private boolean exceeds() {
    for (at = 0; at < text.length() && levels <= MOST_LEVELS; at++) {
      take(text.charAt(at));
    }
    return levels > MOST_LEVELS;
  }

  private void take(char character) {
    switch (character) {
      case ' ', '\t', '\r' -> {}
      case '\n' -> lineEnded = true;
      case '#' -> at = endOfLine();
      case '/' -> at = text.startsWith("//", at) ? endOfLine() : at;
      case '{', '[' -> open();
      case '}', ']' -> close();
      case ',' -> levels = around[brackets];
      case '=', ':', '+' -> lineEnded = false;
      default -> inWord(character);
    }
  }

  /** A key and its value may stand on different lines; other lines begin anew. */
  private void inWord(char character) {
    if (lineEnded) {
      levels = around[brackets];
      lineEnded = false;
    }
    if (character == '.') {
      levels++;
    } else if (character == '"') {
      at = endOfQuote();
    }
  }

  private void open() {
    lineEnded = false;
    levels++;
    if (levels <= MOST_LEVELS) {
      brackets++;
      around[brackets] = levels;
    }
  }

  private void close() {
    brackets = Math.max(0, brackets - 1);
    levels = around[brackets];
  }

  private int endOfQuote() {
    if (text.startsWith(LONG_QUOTE, at)) {
      return endOfLongQuote();
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return end;
  }

  /** Quotes that follow the third one belong to the text in quotes. */
  private int endOfLongQuote() {
    int end = text.indexOf(LONG_QUOTE, at + LONG_QUOTE.length());
    if (end < 0) {
      return text.length();
    }
    end += LONG_QUOTE.length();
    while (end < text.length() && text.charAt(end) == '"') {
      end++;
    }
    return end - 1;
  }

  /** The last character of this line. */
  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end - 1;
  }
}
