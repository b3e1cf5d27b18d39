package net.dglb.proxy.cache;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.dglb.proxy.http.Syntax;

/** Gathers directives one by one and settles those said twice or malformed. Used by one thread. */
final class DirectiveCollector {
  private final Set<Directive> present = EnumSet.noneOf(Directive.class);
  private final Map<Directive, Long> seconds = new EnumMap<>(Directive.class);
  private final Map<Directive, Set<String>> fields = new EnumMap<>(Directive.class);

  void add(Directive directive, Argument argument) {
    switch (directive.shape()) {
      case FLAG -> present.add(directive);
      case PERMISSION -> {
        if (argument.kind == Argument.Kind.NONE) {
          present.add(directive);
        }
      }
      case FIELDS -> addFields(directive, argument);
      case LIFETIME, ALLOWANCE, DEMAND -> addSeconds(directive, argument);
    }
  }

  CacheControl collected(boolean targeted) {
    return new CacheControl(
        present,
        seconds,
        fields.getOrDefault(Directive.PRIVATE, Set.of()),
        fields.getOrDefault(Directive.NO_CACHE, Set.of()),
        targeted);
  }

  private void addFields(Directive directive, Argument argument) {
    Set<String> named = new HashSet<>();
    boolean valid = argument.kind == Argument.Kind.ANY || argument.kind == Argument.Kind.STRING;
    for (String member : argument.text.split(",", -1)) {
      String name = member.strip();
      valid &= name.isEmpty() || Syntax.isToken(name);
      if (!name.isEmpty()) {
        named.add(name.toLowerCase(Locale.ROOT));
      }
    }
    boolean wholeResponse = !valid || named.isEmpty();
    boolean saidOfWholeBefore = present.contains(directive) && !fields.containsKey(directive);
    present.add(directive);
    if (wholeResponse || saidOfWholeBefore) {
      fields.remove(directive);
    } else {
      fields.computeIfAbsent(directive, d -> new HashSet<>()).addAll(named);
    }
  }

  private void addSeconds(Directive directive, Argument argument) {
    long value;
    boolean number = argument.kind == Argument.Kind.ANY || argument.kind == Argument.Kind.INTEGER;
    if (number && Syntax.isDigits(argument.text)) {
      value = Syntax.number(argument.text, CacheControl.MAX_SECONDS);
    } else if (directive == Directive.MAX_STALE && argument.kind == Argument.Kind.NONE) {
      value = CacheControl.MAX_SECONDS;
    } else if (directive.shape() == Directive.Shape.LIFETIME) {
      value = 0;
    } else {
      return;
    }
    present.add(directive);
    boolean larger = directive.shape() == Directive.Shape.DEMAND;
    seconds.merge(directive, value, (a, b) -> larger ? Math.max(a, b) : Math.min(a, b));
  }

  /**
   * A directive's argument.
   *
   * @param text what it says, without quotation; empty if the kind has none
   */
  record Argument(Kind kind, String text) {
    enum Kind {
      /** No argument. */
      NONE,
      /** A token or a quoted string: Cache-Control takes either form for everything. */
      ANY,
      /** An integer of a structured field. */
      INTEGER,
      /** A string of a structured field. */
      STRING,
      /** The boolean false of a structured field. */
      FALSE,
      /** Anything else. */
      MALFORMED
    }

    static Argument none() {
      return new Argument(Kind.NONE, "");
    }

    static Argument any(String text) {
      return new Argument(Kind.ANY, text);
    }

    static Argument malformed() {
      return new Argument(Kind.MALFORMED, "");
    }
  }
}
