package net.dglb.proxy.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entity tag (RFC 9110, section 8.8.3).
 *
 * @param weak whether it is marked {@code W/}
 * @param opaque what stands between the quotes
 */
public record EntityTag(boolean weak, String opaque) {
  /** Reads exactly one tag; empty if the text is anything else. */
  public static Optional<EntityTag> parse(String text) {
    List<EntityTag> tags = parseList(text);
    boolean one = tags.size() == 1 && tags.getFirst().toString().equals(text.strip());
    return one ? Optional.of(tags.getFirst()) : Optional.empty();
  }

  /** Reads a list of tags as in If-None-Match, up to the first thing that is none. */
  public static List<EntityTag> parseList(String text) {
    List<EntityTag> tags = new ArrayList<>();
    int at = next(text, 0);
    while (at < text.length()) {
      boolean weak = text.startsWith("W/", at);
      int open = weak ? at + 2 : at;
      int close =
          open < text.length() && text.charAt(open) == '"' ? text.indexOf('"', open + 1) : -1;
      if (close < 0 || !isOpaque(text, open + 1, close)) {
        break;
      }
      tags.add(new EntityTag(weak, text.substring(open + 1, close)));
      at = next(text, close + 1);
    }
    return tags;
  }

  /** Both strong and equal: the bytes are the same. */
  public boolean strongMatches(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** Equal but for the mark: the meaning is the same. */
  public boolean weakMatches(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + "\"";
  }

  private static int next(String text, int from) {
    int at = from;
    while (at < text.length()
        && (text.charAt(at) == ',' || text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static boolean isOpaque(String text, int from, int to) {
    return text.substring(from, to).chars().allMatch(c -> c > 0x20 && c != 0x7F);
  }
}
