package net.dglb.proxy.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Header fields in the order received; names are compared without regard to case and may repeat
 * (RFC 9110, section 5).
 *
 * @param fields the field lines, at most {@value #MAX_FIELDS}
 */
public record Headers(List<Field> fields) {
  /** The largest number of field lines of one message. */
  public static final int MAX_FIELDS = 1024;

  /** No fields at all. */
  public static final Headers NONE = new Headers(List.of());

  /** Copies the list. */
  public Headers {
    fields = List.copyOf(fields);
    if (fields.size() > MAX_FIELDS) {
      throw new IllegalArgumentException(
          "header fields: " + fields.size() + " (expected: at most " + MAX_FIELDS + ")");
    }
  }

  /** Fields from alternating names and values. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header field name without a value");
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(fields);
  }

  /** Every value of this field, one per line, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /** The value of the first line of this field. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** All lines of this field as one list, joined as RFC 9110, section 5.3 says. */
  public Optional<String> combined(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** The members of a field that is a list of tokens, in lower case; empty members are left out. */
  public List<String> tokens(String name) {
    List<String> tokens = new ArrayList<>();
    for (String line : all(name)) {
      for (String member : line.split(",", -1)) {
        String token = member.strip();
        if (!token.isEmpty()) {
          tokens.add(token.toLowerCase(Locale.ROOT));
        }
      }
    }
    return tokens;
  }

  /** Whether there is a line of this field. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** The names in use, in lower case. */
  public Set<String> names() {
    return fields.stream()
        .map(f -> f.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** These fields with every line of {@code name} replaced by one. */
  public Headers with(String name, String value) {
    List<Field> kept = new ArrayList<>(without(Set.of(name.toLowerCase(Locale.ROOT))).fields);
    kept.add(new Field(name, value));
    return new Headers(kept);
  }

  /** These fields less those named (in lower case). */
  public Headers without(Collection<String> lowerCaseNames) {
    return new Headers(
        fields.stream()
            .filter(f -> !lowerCaseNames.contains(f.name().toLowerCase(Locale.ROOT)))
            .toList());
  }

  /** These fields, with each field that {@code newer} has replaced by all of its lines there. */
  public Headers updatedBy(Headers newer) {
    List<Field> merged = new ArrayList<>(without(newer.names()).fields);
    merged.addAll(newer.fields);
    return new Headers(merged);
  }

  /**
   * One field line.
   *
   * @param name a token
   * @param value without CR, LF and NUL; surrounding white space is removed
   */
  public record Field(String name, String value) {
    /** Checks that neither part can be mistaken for another line. */
    public Field {
      value = value.strip();
      if (!Syntax.isToken(name)) {
        throw new IllegalArgumentException("header field name: '" + name + "' (expected: a token)");
      }
      if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "header field " + name + ": a value with CR, LF or NUL (expected: none of them)");
      }
    }
  }
}
