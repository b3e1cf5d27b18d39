package net.dglb.proxy.cache;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.dglb.proxy.http.Headers;

/**
 * The cache directives of one message (RFC 9111, section 5.2; RFC 9213).
 *
 * <p>Whatever is malformed is read to the safe side: a restriction counts, a permission does not, a
 * lifetime is 0.
 *
 * @param directives those present
 * @param seconds the arguments in seconds, 0 to {@value #MAX_SECONDS}
 * @param privateFields fields that {@code private} names, in lower case; empty if it is about the
 *     whole response
 * @param noCacheFields fields that {@code no-cache} names, in lower case; empty if it is about the
 *     whole response
 * @param targeted whether a targeted field said this, so that Expires does not count (RFC 9213,
 *     section 2.2)
 */
public record CacheControl(
    Set<Directive> directives,
    Map<Directive, Long> seconds,
    Set<String> privateFields,
    Set<String> noCacheFields,
    boolean targeted) {
  /** What a larger number of seconds is cut to (RFC 9111, section 1.2.2). */
  public static final long MAX_SECONDS = Integer.MAX_VALUE;

  /** A field longer than this, in characters of all its lines, is read as {@code no-store}. */
  public static final int MAX_LENGTH = 8192;

  private static final String FIELD = "Cache-Control";

  /** Copies the collections. */
  public CacheControl {
    directives = Set.copyOf(directives);
    seconds = Map.copyOf(seconds);
    privateFields = Set.copyOf(privateFields);
    noCacheFields = Set.copyOf(noCacheFields);
  }

  /** The directives of a request. */
  public static CacheControl ofRequest(Headers headers) {
    return ofField(headers.all(FIELD));
  }

  /**
   * The directives of a response that count for this cache: those of the first targeted field that
   * is valid and not empty, else those of Cache-Control.
   *
   * @param targetedFields names of fields, the most specific first (RFC 9213, section 2.2)
   */
  public static CacheControl ofResponse(Headers headers, List<String> targetedFields) {
    for (String name : targetedFields) {
      Optional<CacheControl> targeted = ofTargetedField(headers.all(name));
      if (targeted.isPresent()) {
        return targeted.get();
      }
    }
    return ofField(headers.all(FIELD));
  }

  /** Whether the directive is there, with or without argument. */
  public boolean has(Directive directive) {
    return directives.contains(directive);
  }

  /** The directive's argument; empty if it is not there. */
  public OptionalLong secondsOf(Directive directive) {
    Long value = seconds.get(directive);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Whether {@code private} is about the whole response. */
  public boolean isPrivate() {
    return has(Directive.PRIVATE) && privateFields.isEmpty();
  }

  /** Whether {@code no-cache} is about the whole message. */
  public boolean isNoCache() {
    return has(Directive.NO_CACHE) && noCacheFields.isEmpty();
  }

  private static CacheControl ofField(List<String> lines) {
    DirectiveCollector collector = new DirectiveCollector();
    if (length(lines) > MAX_LENGTH) {
      collector.add(Directive.NO_STORE, DirectiveCollector.Argument.none());
    } else {
      lines.forEach(line -> CacheControlSyntax.read(line, collector));
    }
    return collector.collected(false);
  }

  private static Optional<CacheControl> ofTargetedField(List<String> lines) {
    DirectiveCollector collector = new DirectiveCollector();
    if (length(lines) > MAX_LENGTH) {
      collector.add(Directive.NO_STORE, DirectiveCollector.Argument.none());
      return Optional.of(collector.collected(true));
    }
    Optional<Map<String, DirectiveCollector.Argument>> members =
        StructuredDictionary.parse(String.join(",", lines));
    if (members.isEmpty() || members.get().isEmpty()) {
      return Optional.empty();
    }
    members
        .get()
        .forEach(
            (name, argument) -> Directive.named(name).ifPresent(d -> collector.add(d, argument)));
    return Optional.of(collector.collected(true));
  }

  private static int length(List<String> lines) {
    return lines.stream().mapToInt(String::length).sum();
  }
}
