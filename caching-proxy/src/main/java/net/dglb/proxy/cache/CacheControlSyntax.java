package net.dglb.proxy.cache;

import net.dglb.proxy.cache.DirectiveCollector.Argument;
import net.dglb.proxy.http.Syntax;

/**
 * Reads one line of Cache-Control: directives with tokens or quoted strings as arguments, separated
 * by commas.
 */
final class CacheControlSyntax {
  private final String text;
  private final DirectiveCollector collector;
  private int at;

  private CacheControlSyntax(String text, DirectiveCollector collector) {
    this.text = text;
    this.collector = collector;
  }

  static void read(String line, DirectiveCollector collector) {
    CacheControlSyntax syntax = new CacheControlSyntax(line, collector);
    while (syntax.at < line.length()) {
      syntax.directive();
    }
  }

  private void directive() {
    at = afterSpace(at);
    int nameEnd = Syntax.tokenEnd(text, at);
    String name = text.substring(at, nameEnd);
    at = nameEnd;
    Argument argument = Argument.none();
    if (at < text.length() && text.charAt(at) == '=') {
      at++;
      argument = argument();
    }
    int end = afterSpace(at);
    if (end < text.length() && text.charAt(end) != ',') {
      argument = Argument.malformed();
      end = text.indexOf(',', end);
    }
    at = end < 0 ? text.length() : end + 1;
    Argument found = argument;
    Directive.named(name).ifPresent(known -> collector.add(known, found));
  }

  private Argument argument() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int end = Syntax.tokenEnd(text, at);
    Argument argument = end == at ? Argument.malformed() : Argument.any(text.substring(at, end));
    at = end;
    return argument;
  }

  /**
   * A quotation that does not end is left alone, so that it cannot hide the directives behind it.
   */
  private Argument quoted() {
    StringBuilder content = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        at = i + 1;
        return Argument.any(content.toString());
      }
      if (c == '\\' && i + 1 < text.length()) {
        i++;
      }
      content.append(text.charAt(i));
    }
    return Argument.malformed();
  }

  private int afterSpace(int from) {
    int position = from;
    while (position < text.length()
        && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
      position++;
    }
    return position;
  }
}
