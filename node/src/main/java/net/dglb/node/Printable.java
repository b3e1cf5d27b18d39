package net.dglb.node;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Makes text from elsewhere (configuration, peers, DNS) safe for a terminal: what a terminal would
 * obey, or what hides or reorders text, is shown by its number.
 */
public final class Printable {

  private Printable() {}

  /** The text with line feeds and tabs shown as well: it stays on one line. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars().forEach(c -> show(shown, (char) c));
    return shown.toString();
  }

  /** A writer that shows such characters; line feeds and tabs pass. */
  public static Writer writer(Writer to) {
    return new Showing(to);
  }

  private static void show(StringBuilder shown, char c) {
    if (isObeyed(c)) {
      shown.append("\\u%04x".formatted((int) c));
    } else {
      shown.append(c);
    }
  }

  private static boolean isObeyed(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static final class Showing extends FilterWriter {

    Showing(Writer to) {
      super(to);
    }

    @Override
    public void write(int c) throws IOException {
      write(Character.toString(c), 0, 1);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      write(new String(text, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      StringBuilder shown = new StringBuilder(length);
      for (int i = offset; i < offset + length; i++) {
        char c = text.charAt(i);
        if (c == '\n' || c == '\t') {
          shown.append(c);
        } else {
          show(shown, c);
        }
      }
      out.write(shown.toString());
    }
  }
}
