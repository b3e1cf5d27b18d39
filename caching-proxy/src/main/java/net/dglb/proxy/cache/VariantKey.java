package net.dglb.proxy.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.Syntax;

/**
 * Which of the responses of one target URI this is: the request fields that Vary names, with the
 * values that the request had (RFC 9111, section 4.1). Equal keys are the same variant.
 *
 * @param selecting the fields by name
 */
public record VariantKey(List<Selecting> selecting) {
  /** The largest number of fields that Vary may name. */
  public static final int MAX_FIELDS = 32;

  /** Lists whose white space has no meaning, of members in any case. */
  private static final Set<String> LISTS =
      Set.of("accept-charset", "accept-encoding", "accept-language");

  /** Copies the list. */
  public VariantKey {
    selecting = List.copyOf(selecting);
  }

  /** The key of a response to a request; Vary must be one that {@link #isPossible}. */
  public static VariantKey of(Headers responseHeaders, RequestHead request) {
    if (!isPossible(responseHeaders)) {
      throw new IllegalArgumentException(
          "Vary: " + responseHeaders.all("Vary") + " (expected: up to " + MAX_FIELDS + " names)");
    }
    List<Selecting> selecting = new ArrayList<>();
    for (String name : new TreeSet<>(responseHeaders.tokens("Vary"))) {
      selecting.add(new Selecting(name, normalised(name, request.headers())));
    }
    return new VariantKey(selecting);
  }

  /**
   * Whether a later request can match at all: Vary names fields, not too many, and not {@code *}.
   */
  public static boolean isPossible(Headers responseHeaders) {
    List<String> names = responseHeaders.tokens("Vary");
    return names.size() <= MAX_FIELDS
        && names.stream().allMatch(name -> Syntax.isToken(name) && !name.equals("*"));
  }

  /** Whether the request has the same values in the selecting fields. */
  public boolean matches(RequestHead request) {
    return selecting.stream().allMatch(s -> s.value.equals(normalised(s.name, request.headers())));
  }

  /** Whether the response said Vary at all. */
  public boolean isSelective() {
    return !selecting.isEmpty();
  }

  private static Optional<String> normalised(String name, Headers headers) {
    if (!LISTS.contains(name)) {
      return headers.combined(name);
    }
    return headers.combined(name).map(value -> list(name, value));
  }

  private static String list(String name, String value) {
    Stream<String> members =
        Stream.of(value.toLowerCase(Locale.ROOT).split(",", -1))
            .map(member -> member.replace(" ", "").replace("\t", ""))
            .filter(member -> !member.isEmpty());
    // The order of languages is a preference to some origins; that of codings is none to any.
    Stream<String> ordered = name.equals("accept-encoding") ? members.sorted() : members;
    return ordered.collect(Collectors.joining(","));
  }

  /**
   * A request field that Vary names.
   *
   * @param name in lower case
   * @param value what the request said, normalised; empty if it did not have the field
   */
  public record Selecting(String name, Optional<String> value) {}
}
