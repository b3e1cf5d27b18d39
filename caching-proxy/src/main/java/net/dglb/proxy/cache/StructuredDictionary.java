package net.dglb.proxy.cache;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dglb.proxy.cache.DirectiveCollector.Argument;
import net.dglb.proxy.cache.DirectiveCollector.Argument.Kind;

/**
 * Reads a dictionary of structured fields as directives (RFC 9651, section 4.2.2; RFC 9213, section
 * 2.1). Parameters are checked and dropped; a member that is false is left out; of a repeated
 * member the last counts.
 */
final class StructuredDictionary {
  private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:([0-9]{1,12}\\.[0-9]{1,3})|([0-9]{1,15}))(?![0-9.])");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*");
  private static final Pattern BYTES = Pattern.compile(":([A-Za-z0-9+/=]*):");
  private static final Pattern BOOLEAN = Pattern.compile("\\?([01])");
  private static final Pattern DATE = Pattern.compile("@-?[0-9]{1,15}(?![0-9.])");
  private static final Pattern DISPLAY = Pattern.compile("%\"([\\x20\\x21\\x23-\\x7E]*+)\"");
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-f]{2})");

  private final String text;
  private int at;

  private StructuredDictionary(String text) {
    this.text = text;
  }

  /** The members with their values; empty if the text is no dictionary. */
  static Optional<Map<String, Argument>> parse(String text) {
    try {
      return Optional.of(new StructuredDictionary(text.strip()).dictionary());
    } catch (MalformedFieldException e) {
      return Optional.empty();
    }
  }

  private Map<String, Argument> dictionary() throws MalformedFieldException {
    Map<String, Argument> members = new LinkedHashMap<>();
    while (at < text.length()) {
      String key = take(KEY).group();
      members.remove(key);
      Argument value = member();
      if (value.kind() != Kind.FALSE) {
        members.put(key, value);
      }
      skipSpace();
      if (at < text.length()) {
        require(',');
        skipSpace();
        if (at == text.length()) {
          throw new MalformedFieldException("a comma at the end");
        }
      }
    }
    return members;
  }

  private Argument member() throws MalformedFieldException {
    Argument value = Argument.none();
    if (at < text.length() && text.charAt(at) == '=') {
      at++;
      value = at < text.length() && text.charAt(at) == '(' ? innerList() : bareItem();
    }
    parameters();
    return value;
  }

  private Argument innerList() throws MalformedFieldException {
    require('(');
    while (true) {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      if (at < text.length() && text.charAt(at) == ')') {
        at++;
        return Argument.malformed();
      }
      bareItem();
      parameters();
      if (at == text.length() || (text.charAt(at) != ' ' && text.charAt(at) != ')')) {
        throw new MalformedFieldException("a list that does not end");
      }
    }
  }

  private void parameters() throws MalformedFieldException {
    while (at < text.length() && text.charAt(at) == ';') {
      at++;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      take(KEY);
      if (at < text.length() && text.charAt(at) == '=') {
        at++;
        bareItem();
      }
    }
  }

  /**
   * An integer or a string is what directives take; every other kind is valid here but malformed as
   * an argument.
   */
  private Argument bareItem() throws MalformedFieldException {
    char first = at < text.length() ? text.charAt(at) : ' ';
    if (first == '"') {
      return string();
    }
    if (first == '-' || (first >= '0' && first <= '9')) {
      Matcher number = take(NUMBER);
      return number.group(2) == null
          ? Argument.malformed()
          : new Argument(Kind.INTEGER, number.group());
    }
    switch (first) {
      case '?' -> {
        boolean isTrue = take(BOOLEAN).group(1).equals("1");
        return isTrue ? Argument.none() : new Argument(Kind.FALSE, "");
      }
      case ':' -> requireBase64(take(BYTES).group(1));
      case '@' -> take(DATE);
      case '%' -> requireEscapes(take(DISPLAY).group(1));
      default -> take(TOKEN);
    }
    return Argument.malformed();
  }

  private Argument string() throws MalformedFieldException {
    StringBuilder content = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return new Argument(Kind.STRING, content.toString());
      }
      if (c == '\\') {
        i++;
        c = i < text.length() ? text.charAt(i) : ' ';
        if (c != '"' && c != '\\') {
          break;
        }
      }
      if (c < 0x20 || c > 0x7E) {
        break;
      }
      content.append(c);
    }
    throw new MalformedFieldException("a string that is not valid at character " + at);
  }

  private static void requireEscapes(String content) throws MalformedFieldException {
    if (BAD_ESCAPE.matcher(content).find()) {
      throw new MalformedFieldException("a display string with a bad escape");
    }
  }

  private static void requireBase64(String content) throws MalformedFieldException {
    try {
      Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw new MalformedFieldException("bytes that are not base64");
    }
  }

  private Matcher take(Pattern pattern) throws MalformedFieldException {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw new MalformedFieldException("unexpected text at character " + at);
    }
    at = matcher.end();
    return matcher;
  }

  private void require(char expected) throws MalformedFieldException {
    if (text.charAt(at) != expected) {
      throw new MalformedFieldException("no " + expected + " at character " + at);
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static final class MalformedFieldException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedFieldException(String message) {
      super(message);
    }
  }
}
